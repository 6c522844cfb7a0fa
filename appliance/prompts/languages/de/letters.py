"""What is written in German: the subject and the text of each letter, by its kind.

A blank that a letter has no fact for stays empty, and a line of which nothing but empty blanks would be left is left
out. Words of the fields `when` and `sound` are entries of their own.
"""

from __future__ import annotations

from typing import Final

LETTERS: Final[dict[str, str]] = {
    "message-subject": "Neue Nachricht: {caller}",
    "message-text": (
        "Guten Tag {name}, Sie haben eine neue Nachricht.\n\nVon: {caller}\nEmpfangen: {when}\nLänge: "
        "{length}\nMailbox: {mailbox}\n\n{words}\n{mark}\n{sound}\n\n"
        "Eine Maschine hat sie aufgeschrieben und kann sich verhört haben. Sie ist sich zu {sure} Prozent sicher:\n"
        "{text}"
    ),
    "written-subject": "Nachricht für Sie von {caller}",
    "written-text": (
        "Guten Tag {name}, das Büro hat eine Nachricht für Sie entgegengenommen.\n\n"
        "Von: {caller}\nEmpfangen: {when}\nMailbox: {mailbox}\n\n{mark}\n\n{words}"
    ),
    "new-fax-subject": "Neues Fax von {caller}",
    "new-fax-text": (
        "Ein neues Fax ist da.\n\n"
        "Von: {caller}\nFaxgerät: {identity}\nEmpfangen: {when}\nSeiten: {pages}\nFür: {mailbox}"
        "\n\n{incomplete}\n{sound}"
    ),
    "fax-incomplete": "Es ist abgebrochen: Seiten können fehlen.",
    "fax-attached": "Das Fax ist angehängt.",
    "fax-too-large": "Das Fax ist zu groß, um angehängt zu werden. Sie finden es auf der Seite der Telefonanlage.",
    "fax-not-attached": "Sie finden es auf der Seite der Telefonanlage.",
    "urgent": "Sie ist als dringend gekennzeichnet.",
    "private": "Sie ist als vertraulich gekennzeichnet. Um sie zu hören, rufen Sie bitte Ihre Mailbox an.",
    "attached": "Die Nachricht ist angehängt.",
    "too-large": "Die Nachricht ist zu lang, um angehängt zu werden. Um sie zu hören, rufen Sie bitte Ihre Mailbox an.",
    "not-attached": "Um sie zu hören, rufen Sie bitte Ihre Mailbox an.",
    "unknown-caller": "unbekannte Nummer",
    "private-caller": "unterdrückte Nummer",
    "lost-caller-subject": "Niemanden erreicht: {caller}",
    "lost-caller-text": (
        "Guten Tag {name}, jemand hat angerufen und aufgelegt, ohne mit jemandem gesprochen zu haben.\n\nVon: "
        "{caller}\nAngerufen: {when}\nWie weit: {got_to}\n\n{asks}"
    ),
    "asks": "Es wird um Rückruf gebeten.",
    "emergency-subject": "Notruf von {telephone}",
    "emergency-text": (
        "Es wird ein Notruf geführt.\n\nNummer: {number}\nTelefon: {telephone}\nOrt: {place}\nWann: {when}"
    ),
    "first-abroad-subject": "Erster Anruf ins Ausland bei Nacht",
    "first-abroad-text": (
        "Zum ersten Mal wurde nachts im Ausland angerufen. Wenn im Büro niemand davon weiß, sperren Sie das "
        "Telefon.\n\nNummer: {number}\nTelefon: {telephone}\nVon wem: {who}\nWann: {when}"
    ),
    "limit-reached-subject": "Eine Grenze für Anrufe nach draußen ist erreicht",
    "limit-reached-text": (
        "Vorerst gibt es keine weiteren Anrufe nach draußen. Notrufe sind immer möglich.\n\nGrenze: {limit}\nTelefon: "
        "{telephone}\nVon wem: {who}\nWann: {when}"
    ),
    "fault-subject": "Copperdesk: Etwas stimmt nicht",
    "fault-text": "Die Telefonanlage von {office} meldet einen Fehler.\n\nFehler: {fault}\nWann: {when}",
    "password-reset-subject": "Ein Passwort wurde neu gesetzt",
    "password-reset-text": (
        "Für die Seite der Telefonanlage von {office} wurde ein neues Passwort gesetzt, mit einem "
        "Code von einem ihrer Telefone und dem Aufkleber des Geräts. Wenn das niemand aus dem Büro "
        "war, sagen Sie sofort Bescheid, wer sich um die Anlage kümmert.\n"
        "\n"
        "Konto: {account}\n"
        "Wann: {when}"
    ),
    "test-subject": "Copperdesk: Ein Test",
    "test-text": "Wenn Sie dies lesen können, kommen E-Mails der Telefonanlage von {office} an.",
    "fax-sent-subject": "Ihr Fax an {number} ist zugestellt",
    "fax-sent-text": (
        "Das Fax ist zugestellt: Die Gegenstelle hat jede Seite bestätigt.\n\n"
        "An: {to}\nNummer: {number}\nWas: {what}\nSeiten: {pages}\nWann: {when}\nGrund: {reason}\n\n{proof}"
    ),
    "fax-not-sent-subject": "Ihr Fax an {number} ist nicht zugestellt",
    "fax-not-sent-text": (
        "Das Fax wird nicht mehr versucht.\n\n"
        "An: {to}\nNummer: {number}\nWas: {what}\nSeiten: {pages}\nWann: {when}\nGrund: {reason}\n\n{proof}"
    ),
    "fax-proof-attached": "Der Nachweis ist angehängt.",
    "fax-cover": (
        "Fax\n{office}\n\n"
        "An: {to}\nFaxnummer: {number}\nVon: {from}\nDatum: {date}\nSeiten, mit dieser: {pages}\n\n{note}"
    ),
    "fax-page": "Seite {n} von {m}",
    "fax-delivered": "Fax zugestellt",
    "fax-unsure": "Fax: alle Seiten bestätigt, das Ende nicht",
    "fax-not-delivered": "Fax nicht zugestellt",
    "fax-number": "Nummer",
    "fax-to": "An",
    "fax-answered-as": "Gegenstelle",
    "fax-from": "Von",
    "fax-what": "Was",
    "fax-pages": "Bestätigte Seiten",
    "fax-queued": "Aufgegeben",
    "fax-began": "Beginn des letzten Anrufs",
    "fax-ended": "Ende",
    "fax-tries": "Anrufe",
    "fax-speed": "Geschwindigkeit",
    "fax-id": "Kennung",
}

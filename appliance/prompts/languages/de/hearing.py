"""What is said in German to who hears messages."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural

HEARING: Final[dict[str, CatalogueEntry]] = {
    # Coming into a mailbox
    "try-again-in": "Leider wurde zu oft eine falsche PIN eingegeben. Bitte warten Sie {count:seconds}.",
    "urgent-among-them": Plural(
        "count",
        one="Eine Nachricht ist dringend.",
        other="{count} Nachrichten sind dringend.",
    ),
    "mailbox-nearly-full": Plural(
        "count",
        one="Ihre Mailbox ist fast voll. Es ist noch Platz für eine Nachricht.",
        other="Ihre Mailbox ist fast voll. Es ist noch Platz für {count} Nachrichten.",
    ),
    "own-mailbox-full": (
        "Ihre Mailbox ist voll. Niemand kann Ihnen eine Nachricht hinterlassen, bis Sie welche löschen."
    ),
    "heard-are-deleted": Plural(
        "count",
        one="Gehörte Nachrichten werden einen Tag lang aufbewahrt.",
        other="Gehörte Nachrichten werden {count} Tage lang aufbewahrt.",
    ),
    # The menu of a mailbox
    "mailbox-menu": (
        "Um Ihre neuen Nachrichten zu hören, drücken Sie die 1. Um Ihre gespeicherten Nachrichten zu hören, drücken "
        "Sie die 2. Für alle Möglichkeiten drücken Sie die 0."
    ),
    "choice-greetings": "Um die Ansagen zu ändern, drücken Sie die 3.",
    "choice-greetings-and-name": "Um Ihre Ansagen oder Ihren Namen zu ändern, drücken Sie die 3.",
    "choice-do-not-disturb": "Um den Anrufschutz ein- oder auszuschalten, drücken Sie die 6.",
    "choice-forwarding": "Um Ihre Anrufe weiterzuleiten, drücken Sie die 7.",
    "choice-send": "Um jemandem im Büro eine Nachricht zu senden, drücken Sie die 8.",
    "choice-lost-callers": "Um zu hören, wer angerufen und keine Nachricht hinterlassen hat, drücken Sie die 9.",
    "choice-deleted": "Um zu hören, was Sie in diesem Anruf gelöscht haben, drücken Sie die Rautetaste.",
    "nothing-deleted": "Sie haben in diesem Anruf keine Nachricht gelöscht.",
    # A message
    "urgent-message-number": "Dringende Nachricht {count},",
    "deleted-message-number": "Gelöschte Nachricht {count},",
    "forwarded-by": "Weitergeleitet von {name}.",
    "message-is-private": "Diese Nachricht ist vertraulich.",
    "heard-by": "{name} hat sie {when} gehört.",
    "heard-by-name": "{name} hat sie gehört.",
    "message-ends": "Sie wird {when} gelöscht.",
    "message-menu": (
        "Um sie noch einmal zu hören, drücken Sie die 1. Um sie zu behalten, drücken Sie die 2. Um sie zu löschen, "
        "drücken Sie die 3. Für weitere Möglichkeiten drücken Sie die 0."
    ),
    "deleted-message-menu": (
        "Um sie noch einmal zu hören, drücken Sie die 1. Um sie zurückzuholen, drücken Sie die 2. Für die nächste "
        "drücken Sie die Rautetaste."
    ),
    "message-choices": (
        "Um auf diese Nachricht zu antworten, drücken Sie die 1. Um sie weiterzuleiten, drücken Sie die 2. Um sie "
        "wieder als neu zu kennzeichnen, drücken Sie die 3. Um die Tasten beim Anhören kennenzulernen, drücken Sie die "
        "4. Um zurückzugehen, drücken Sie die Sterntaste."
    ),
    "listening-keys": (
        "Um beim Anhören fünf Sekunden zurückzugehen, drücken Sie die 4. Um vorzugehen, drücken Sie die 6. Für eine "
        "Pause drücken Sie die 5. Um langsamer zu hören, drücken Sie die 7. Um schneller zu hören, drücken Sie die 9. "
        "Um zu hören, von wem und von wann die Nachricht ist, drücken Sie die 8. Für die nächste Nachricht drücken Sie "
        "die Rautetaste. Für die vorige drücken Sie die 1 und dann noch einmal die 1."
    ),
    "paused": "Pause. Um weiterzuhören, drücken Sie die 5.",
    "marked-new": "Diese Nachricht ist wieder neu.",
    "brought-back": "Die Nachricht ist wieder da.",
    "deleted-elsewhere": "Jemand anderes hat diese Nachricht gerade gelöscht.",
    # Answering a message
    "answer-menu": (
        "Um zurückzurufen, drücken Sie die 1. Um {name} eine Nachricht zu senden, drücken Sie die 2. Um zurückzugehen, "
        "drücken Sie die Sterntaste."
    ),
    "call-back-menu": "Um zurückzurufen, drücken Sie die 1. Um zurückzugehen, drücken Sie die Sterntaste.",
    "no-number-to-answer": "Diese Nachricht kam ohne Nummer, deshalb können Sie nicht darauf antworten.",
    "may-not-call-back": "Diese Nummer kann von hier leider nicht angerufen werden.",
    # Sending and forwarding a message
    "record-introduction": (
        "Sie können nach dem Ton eine Einleitung aufnehmen. Wenn Sie fertig sind, drücken Sie die Rautetaste. Um die "
        "Nachricht ohne Einleitung weiterzuleiten, drücken Sie nur die Rautetaste."
    ),
    "private-not-forwarded": "Diese Nachricht ist vertraulich und kann deshalb nicht weitergeleitet werden.",
    "send-review-menu": (
        "Um Ihre Nachricht zu senden, drücken Sie die 1. Um sie anzuhören, drücken Sie die 2. Um sie neu aufzunehmen, "
        "drücken Sie die 3. Um sie zu verwerfen, drücken Sie die Sterntaste."
    ),
    "enter-recipient": (
        "Wer soll sie bekommen? Bitte geben Sie die Durchwahl ein. Um abzubrechen, drücken Sie die Sterntaste."
    ),
    "everybody-gets-it": "Für alle im Büro drücken Sie die 0.",
    "recipient-added": "{name}. Geben Sie eine weitere Durchwahl ein. Um zu senden, drücken Sie die Rautetaste.",
    "no-such-recipient": "Leider gibt es keine Mailbox mit dieser Durchwahl.",
    "recipients-mailbox-full": "Die Mailbox von {name} ist voll. Dorthin wurde nicht gesendet.",
    "message-sent": Plural(
        "count",
        one="Ihre Nachricht wurde gesendet.",
        other="Ihre Nachricht wurde an {count} Mailboxen gesendet.",
    ),
    "message-not-sent": "Es wurde nichts gesendet.",
    "days-until-deleted": (
        "Nach wie vielen Tagen soll sie gelöscht werden, wenn sie bis dahin nicht gehört wurde? Geben Sie die Zahl "
        "ein, und drücken Sie dann die Rautetaste. Um sie zu behalten, drücken Sie nur die Rautetaste."
    ),
}

"""What the system says in German. Everybody is addressed with "Sie"."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural
from appliance.prompts.languages.de.dialling import DIALLING
from appliance.prompts.languages.de.features import FEATURES
from appliance.prompts.languages.de.hearing import HEARING
from appliance.prompts.languages.de.leaving import LEAVING
from appliance.prompts.languages.de.notices import NOTICES
from appliance.prompts.languages.de.telephone import TELEPHONE

CATALOGUE: Final[dict[str, CatalogueEntry]] = {
    # The attendant
    "builtin-greeting": "Vielen Dank für Ihren Anruf. Bitte bleiben Sie am Apparat, wir suchen jemanden für Sie.",
    "dial-extension-any-time": "Wenn Sie die Durchwahl kennen, können Sie sie jederzeit eingeben.",
    "for-operator": "Für die Zentrale drücken Sie die 0.",
    "did-not-hear": "Leider haben wir nichts gehört.",
    "not-valid": "Diese Auswahl gibt es leider nicht.",
    "connecting-operator": "Sie werden mit der Zentrale verbunden.",
    "one-moment": "Einen Moment, bitte.",
    "line-test-hang-up": "Danke für Ihren Anruf zum Leitungstest. Bitte legen Sie jetzt auf.",
    "line-test-stay": "Danke. Bitte bleiben Sie jetzt in der Leitung. Es wird still, und Sie hören vielleicht Töne.",
    "line-test-thanks": "Der Leitungstest ist fertig. Danke und auf Wiederhören.",
    "system-fault": (
        "Leider haben wir eine Störung an unseren Telefonen. Bitte rufen Sie in einigen Minuten noch einmal an."
    ),
    "goodbye": "Auf Wiederhören.",
    "thank-you-goodbye": "Vielen Dank für Ihren Anruf. Auf Wiederhören.",
    "no-line-free": "Leider sind alle unsere Leitungen belegt. Bitte versuchen Sie es in einigen Minuten noch einmal.",
    # Information, hours, fax
    "information-menu": "Um das noch einmal zu hören, drücken Sie die 1. Um zurückzugehen, drücken Sie die Sterntaste.",
    "closed-now": "Unser Büro ist zurzeit geschlossen.",
    "away-for-a-break": "Wir machen gerade eine kurze Pause.",
    "closed-for-a-holiday": "Unser Büro ist wegen des Feiertags geschlossen.",
    "no-fax": "Leider können wir auf dieser Leitung kein Fax empfangen.",
    "fax-is-coming": "Es kommt ein Fax. Sie können auflegen.",
    # Night mode
    "managers-only": "Das kann leider nur die Büroleitung ändern.",
    "night-mode-automatic": "Das Büro öffnet und schließt nach seinen Öffnungszeiten.",
    "night-mode-closed": "Das Büro ist geschlossen, bis Sie es wieder öffnen.",
    "night-mode-open": "Das Büro ist geöffnet, bis Sie es wieder schließen.",
    "night-mode-menu": (
        "Um das Büro zu schließen, drücken Sie die 1. Um es zu öffnen, drücken Sie die 2. Damit es nach den "
        "Öffnungszeiten geht, drücken Sie die 3."
    ),
    "not-changed": "Das konnte leider nicht gespeichert werden. Es wurde nichts geändert.",
    # Recording what callers hear
    "enter-prompt-number": "Bitte geben Sie die Nummer der Ansage ein, und drücken Sie dann die Rautetaste.",
    "no-such-prompt": "Es gibt keine Ansage mit dieser Nummer.",
    "nothing-recorded": "Es wurde noch nichts aufgenommen.",
    "prompt-menu": (
        "Um sie noch einmal zu hören, drücken Sie die 1. Um sie aufzunehmen, drücken Sie die 2. Um die vorige Fassung "
        "zurückzuholen, drücken Sie die 3. Für eine andere Ansage drücken Sie die Sterntaste."
    ),
    "record-prompt-after-tone": "Bitte sprechen Sie nach dem Ton. Wenn Sie fertig sind, drücken Sie die Rautetaste.",
    "prompt-review-menu": (
        "Um diese Aufnahme zu behalten, drücken Sie die 1. Um sie anzuhören, drücken Sie die 2. Um sie neu "
        "aufzunehmen, drücken Sie die 3."
    ),
    "prompt-saved": "Ihre Aufnahme wurde gespeichert.",
    "prompt-too-short": "Diese Aufnahme war zu kurz.",
    "no-version-before": "Es gibt keine frühere Fassung.",
    "version-before-is-back": "Die vorige Fassung ist wieder da. Anrufer hören jetzt diese.",
    # The announcement that overrides all
    "announcement-on": "Die Durchsage ist eingeschaltet. Alle Anrufer hören sie zuerst.",
    "announcement-off": "Die Durchsage ist ausgeschaltet.",
    "announcement-menu": (
        "Um sie einzuschalten, drücken Sie die 1. Um sie auszuschalten, drücken Sie die 2. Um sie zu hören, drücken "
        "Sie die 3. Um sie aufzunehmen, drücken Sie die 4. Um die vorige Fassung zurückzuholen, drücken Sie die 5."
    ),
    # Callers known and unwanted
    "call-refused": "Leider nimmt dieser Anschluss Ihren Anruf nicht an.",
    "challenge": "Um verbunden zu werden, drücken Sie bitte die {key}.",
    "enter-your-number": "Bitte geben Sie Ihre Telefonnummer mit Vorwahl ein, und drücken Sie dann die Rautetaste.",
    "no-last-caller": "Es gibt keinen letzten Anrufer mit Nummer.",
    "last-caller": "Der letzte Anruf kam von {number}.",
    "block-menu": "Um diese Nummer zu sperren, drücken Sie die 1. Um nichts zu ändern, drücken Sie die Sterntaste.",
    "caller-blocked": "Diese Nummer ist jetzt gesperrt.",
    # The directory
    "directory-spell": (
        "Bitte buchstabieren Sie den Nachnamen auf den Telefontasten, dann den Vornamen. Oft genügen drei Buchstaben. "
        "Um zurückzugehen, drücken Sie die Sterntaste."
    ),
    "directory-several": "Es gibt mehrere Personen. Bitte buchstabieren Sie weiter.",
    "directory-nobody": "Leider haben wir niemanden mit diesem Namen gefunden.",
    "directory-choice": "Drücken Sie die {key} für {name}, Durchwahl {extension}.",
    # The same around a name in the person's own voice:
    "directory-choice-before": "Drücken Sie die {key} für",
    "directory-choice-behind": "Durchwahl {extension}.",
    "directory-more": "Für weitere Namen drücken Sie die 9.",
    "directory-another": "Um einen anderen Namen zu buchstabieren, drücken Sie die Sterntaste.",
    # Reaching a person
    "not-available": "{name} ist leider nicht erreichbar.",
    "on-the-phone": "{name} telefoniert gerade.",
    "nobody-available": "Leider kann im Moment niemand Ihren Anruf entgegennehmen.",
    "connecting-operator-again": "{name} hat sich nicht gemeldet. Sie werden wieder mit der Zentrale verbunden.",
    # What a caller hears who waits while somebody is looked for
    "still-trying": "Wir versuchen weiter, {name} zu erreichen.",
    "still-looking": "Danke, dass Sie warten. {name} hat sich noch nicht gemeldet, aber wir versuchen es weiter.",
    "still-nobody": "Es hat sich noch niemand gemeldet, aber wir versuchen es weiter.",
    "while-waiting": (
        "Um eine Nachricht zu hinterlassen, drücken Sie die Rautetaste. Für die Zentrale drücken Sie die 0."
    ),
    "while-waiting-for-operator": "Um eine Nachricht zu hinterlassen, drücken Sie die Rautetaste.",
    "is-coming": "{name} ist gleich für Sie da. Bitte bleiben Sie am Apparat.",
    "say-your-name": "Bitte sagen Sie nach dem Ton Ihren Namen.",
    "trying-to-connect": "Vielen Dank. Bitte bleiben Sie am Apparat, wir versuchen, Sie zu verbinden.",
    "line-will-be-silent": "Es kann jetzt einen Moment still sein.",
    "back-again": "Danke, dass Sie gewartet haben.",
    # Whoever is called outside is told who calls, and presses a key
    "call-for": "Ein Anruf für {company}.",
    "call-for-from": "Ein Anruf für {company} von {name}.",
    "call-for-from-number": "Ein Anruf für {company} von {number}.",
    # The same in front of a name in the caller's own voice:
    "call-for-from-before": "Ein Anruf für {company} von",
    "screening-accept": "Um den Anruf anzunehmen, drücken Sie die 1.",
    "screening-menu": (
        "Um den Anruf anzunehmen, drücken Sie die 1. Um ihn auf Ihre Mailbox zu leiten, drücken Sie die 2. Um das noch "
        "einmal zu hören, drücken Sie die 3. Um den Anruf abzulehnen und den Anrufer zu sperren, drücken Sie die 4. "
        "Wenn Sie noch einen Moment brauchen, drücken Sie die 5."
    ),
    "caller-waits": "Sie werden am Telefon erwartet. Um den Anruf anzunehmen, drücken Sie die 1.",
    "sent-to-voicemail": "Der Anruf geht auf Ihre Mailbox. Auf Wiederhören.",
    "caller-turned-away": "Der Anruf wurde abgelehnt. Auf Wiederhören.",
    "call-taken": "Jemand anderes hat den Anruf schon angenommen. Auf Wiederhören.",
    "caller-has-left": "Der Anrufer hat aufgelegt. Auf Wiederhören.",
    # Not to be disturbed
    "cannot-take-calls": "{name} kann im Moment keine Anrufe entgegennehmen.",
    "for-help-dial": "Wenn Sie Hilfe brauchen, wählen Sie bitte die Durchwahl {extension}.",
    "do-not-disturb-on": "Der Anrufschutz ist eingeschaltet. Anrufer hören Ihre Ansage für den Anrufschutz.",
    "do-not-disturb-until": "Ihr Telefon klingelt {when} wieder.",
    "do-not-disturb-off": "Der Anrufschutz ist ausgeschaltet. Anrufer hören Ihre normale Ansage.",
    "do-not-disturb-hours": (
        "Damit der Anrufschutz von selbst endet, geben Sie die Zahl der Stunden ein. Damit er bleibt, bis Sie ihn "
        "ausschalten, drücken Sie die Rautetaste."
    ),
    # Forwarding
    "enter-forward-number": (
        "Bitte geben Sie die Nummer für die Weiterleitung ein, und drücken Sie dann die Rautetaste. Wählen Sie sie so "
        "wie im Büro. Für Ihr Handy drücken Sie die Sterntaste."
    ),
    "forward-menu": (
        "Um alle Anrufe weiterzuleiten, drücken Sie die 1. Um Anrufe weiterzuleiten, die Sie nicht annehmen, drücken "
        "Sie die 2. Um Anrufe weiterzuleiten, während Sie telefonieren, drücken Sie die 3. Damit beide Telefone "
        "klingeln, drücken Sie die 4."
    ),
    "forwarded-to": "Ihre Anrufe werden jetzt an {number} weitergeleitet.",
    "forwarded-no-more": "Ihre Anrufe werden nicht mehr weitergeleitet.",
    "forward-refused": "An diese Nummer können Anrufe leider nicht weitergeleitet werden.",
    # Being at the office, and departments
    "you-are-here": "Willkommen. Sie sind jetzt als anwesend gemeldet.",
    "you-are-away": "Sie sind jetzt als abwesend gemeldet.",
    "member-of-none": "Sie gehören zu keiner Abteilung.",
    "member-in": "Sie sind in der Abteilung {name} angemeldet. Ihr Telefon klingelt mit.",
    "member-out": "Sie sind in der Abteilung {name} abgemeldet. Ihr Telefon klingelt nicht mit.",
    "member-menu": "Um das zu ändern, drücken Sie die 1. Um nichts zu ändern, drücken Sie die Rautetaste.",
    # Leaving a message
    "greeting-default": "Sie haben die Mailbox von {name} erreicht.",
    "greeting-default-general": "Sie haben unsere allgemeine Mailbox erreicht.",
    "leave-message": (
        "Bitte hinterlassen Sie eine Nachricht nach dem Ton. Wenn Sie fertig sind, legen Sie auf, oder drücken Sie die "
        "Rautetaste für weitere Möglichkeiten."
    ),
    "mailbox-full": "Diese Mailbox ist leider voll und kann keine weitere Nachricht aufnehmen.",
    "message-saved": "Ihre Nachricht wurde gespeichert.",
    "message-too-short": "Das war zu kurz. Bitte sprechen Sie Ihre Nachricht nach dem Ton.",
    "message-not-recorded": "Leider wurde nichts aufgenommen.",
    "recording-stopped-disk-full": (
        "Leider ist kein Platz mehr für die Aufnahme. Was Sie bisher gesagt haben, wurde gespeichert."
    ),
    # Coming into a mailbox
    "enter-mailbox": "Bitte geben Sie Ihre Durchwahl ein.",
    "enter-pin": "Bitte geben Sie Ihre PIN ein.",
    "wrong-pin": "Diese PIN ist leider falsch.",
    # Hearing messages
    "you-have-no-messages": "Sie haben keine Nachrichten.",
    "you-have-new": Plural("count", one="Sie haben eine neue Nachricht.", other="Sie haben {count} neue Nachrichten."),
    "you-have-saved": Plural(
        "count",
        one="Sie haben eine gespeicherte Nachricht.",
        other="Sie haben {count} gespeicherte Nachrichten.",
    ),
    "you-have-new-and-saved": (
        "Sie haben ",
        Plural("new", one="eine neue", other="{new} neue"),
        " und ",
        Plural("saved", one="eine gespeicherte Nachricht.", other="{saved} gespeicherte Nachrichten."),
    ),
    "message-number": "Nachricht {count},",
    "from-number": "von {number}.",
    "from-unknown": "von einer unbekannten Nummer.",
    "from-private": "von einer unterdrückten Nummer.",
    "received": "Empfangen {when}.",
    "message-length": "Sie dauert {count:seconds}.",
    "message-unreadable": "Diese Nachricht kann leider nicht abgespielt werden.",
    "message-written": "Diese Nachricht wurde für Sie aufgeschrieben. Bitte lesen Sie sie auf der Webseite des Büros.",
    "kept": "Die Nachricht bleibt gespeichert.",
    "deleted": "Die Nachricht wurde gelöscht.",
    "no-more-messages": "Es gibt keine weiteren Nachrichten.",
    # A person's own greeting
    "greeting-menu": (
        "Um Ihre Ansage zu hören, drücken Sie die 1. Um eine neue Ansage aufzunehmen, drücken Sie die 2. Um Ihre "
        "Ansage zu entfernen, drücken Sie die 3. Um zurückzugehen, drücken Sie die Sterntaste."
    ),
    "no-greeting": "Sie haben keine Ansage aufgenommen. Anrufer hören die Standardansage.",
    "record-greeting-after-tone": (
        "Sprechen Sie Ihre Ansage nach dem Ton. Wenn Sie fertig sind, drücken Sie die Rautetaste."
    ),
    "greeting-review-menu": (
        "Um diese Ansage zu behalten, drücken Sie die 1. Um sie anzuhören, drücken Sie die 2. Um sie neu aufzunehmen, "
        "drücken Sie die 3."
    ),
    "greeting-saved": "Ihre Ansage wurde gespeichert.",
    "greeting-removed": "Ihre Ansage wurde entfernt.",
    "greeting-too-short": "Diese Ansage war zu kurz.",
    # A person's greeting for when the person does not want to be disturbed
    "unavailable-menu": (
        "Um Ihre Ansage für den Anrufschutz zu hören, drücken Sie die 1. Um sie aufzunehmen, drücken Sie die 2. Um sie "
        "zu entfernen, drücken Sie die 3. Um zurückzugehen, drücken Sie die Sterntaste."
    ),
    "no-unavailable": "Sie haben keine Ansage für den Anrufschutz aufgenommen. Anrufer hören die Standardansage.",
    "record-unavailable-after-tone": (
        "Sprechen Sie Ihre Ansage für den Anrufschutz nach dem Ton. Wenn Sie fertig sind, drücken Sie die Rautetaste."
    ),
    # A person's own name, as callers hear it in the directory
    "name-menu": (
        "Um Ihren Namen zu hören, drücken Sie die 1. Um ihn aufzunehmen, drücken Sie die 2. Um Ihre Aufnahme zu "
        "entfernen, drücken Sie die 3. Um zurückzugehen, drücken Sie die Sterntaste."
    ),
    "no-name": "Sie haben Ihren Namen nicht aufgenommen. Ich spreche ihn für Sie.",
    "record-name-after-tone": (
        "Bitte sagen Sie nach dem Ton Ihren Vor- und Nachnamen, und drücken Sie dann die Rautetaste."
    ),
    "name-review-menu": (
        "Um diesen Namen zu behalten, drücken Sie die 1. Um ihn anzuhören, drücken Sie die 2. Um ihn neu aufzunehmen, "
        "drücken Sie die 3."
    ),
    "name-saved": "Ihr Name wurde gespeichert.",
    "name-removed": "Ihre Aufnahme wurde entfernt.",
    "name-too-short": "Leider habe ich keinen Namen gehört.",
    "name-too-long": "Das war zu lang. Bitte sagen Sie nur Ihren Namen.",
    **TELEPHONE,
    **FEATURES,
    **DIALLING,
    **LEAVING,
    **HEARING,
    **NOTICES,
}

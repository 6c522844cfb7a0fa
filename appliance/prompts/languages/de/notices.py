"""What is said in German of messages and lost callers, by calls and in mailboxes."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry, Plural

NOTICES: Final[dict[str, CatalogueEntry]] = {
    # Callers who got nobody
    "lost-callers-none": "Alle, die angerufen haben, haben jemanden erreicht.",
    "lost-callers": Plural(
        "count",
        one="Eine Person hat angerufen und niemanden erreicht.",
        other="{count} Personen haben angerufen und niemanden erreicht.",
    ),
    "lost-callers-besides": Plural(
        "count",
        one="Und eine Person hat angerufen, ohne eine Nachricht zu hinterlassen.",
        other="Und {count} Personen haben angerufen, ohne eine Nachricht zu hinterlassen.",
    ),
    "new-faxes-besides": Plural(
        "count",
        one="Und es gibt ein neues Fax.",
        other="Und es gibt {count} neue Faxe.",
    ),
    "lost-caller-number": "{number} hat {when} angerufen.",
    "lost-caller-private": "Eine unterdrückte Nummer hat {when} angerufen.",
    "lost-caller-unknown": "Eine unbekannte Nummer hat {when} angerufen.",
    "lost-caller-often": Plural(
        "count",
        one="Es war ein Anruf.",
        other="Es waren {count} Anrufe.",
    ),
    "lost-caller-asks": "Es wird um Rückruf gebeten.",
    "lost-caller-menu": (
        "Um zurückzurufen, drücken Sie die 1. Wenn das erledigt ist, drücken Sie die 2. Für den nächsten Anruf drücken "
        "Sie die 3."
    ),
    "lost-caller-menu-no-number": "Wenn das erledigt ist, drücken Sie die 2. Für den nächsten Anruf drücken Sie die 3.",
    "lost-caller-done": "Erledigt.",
    "lost-callers-no-more": "Das waren alle.",
    # The call about a message
    "message-call": "Guten Tag. Hier ist die Mailbox von {name}. Es gibt eine neue Nachricht.",
    "web-wish": "Guten Tag. Hier ist {name}. Sie haben uns auf unserer Internetseite um einen "
    "Anruf gebeten. Um mit uns zu sprechen, drücken Sie die 1.",
}

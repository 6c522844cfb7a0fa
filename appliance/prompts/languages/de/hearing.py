"""What is said in German to who hears messages."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

HEARING: Final[dict[str, CatalogueEntry]] = {
    "message-menu": (
        "Um sie noch einmal zu hören, drücken Sie die 1. Um sie zu behalten, drücken Sie die 2. Um sie zu löschen, "
        "drücken Sie die 3."
    ),
    "mailbox-menu": (
        "Um Ihre neuen Nachrichten zu hören, drücken Sie die 1. Um Ihre gespeicherten Nachrichten zu hören, drücken "
        "Sie die 2. Um Ihre Ansage zu ändern, drücken Sie die 3. Um Ihren Namen aufzunehmen, drücken Sie die 4. Um "
        "Ihre Ansage für den Anrufschutz zu ändern, drücken Sie die 5. Um den Anrufschutz ein- oder auszuschalten, "
        "drücken Sie die 6. Um Ihre Anrufe weiterzuleiten, drücken Sie die 7."
    ),
}

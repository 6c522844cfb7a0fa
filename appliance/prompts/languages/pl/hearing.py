"""What is said in Polish to who hears messages."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

HEARING: Final[dict[str, CatalogueEntry]] = {
    "message-menu": "Aby wysłuchać jej ponownie, naciśnij 1. Aby ją zachować, naciśnij 2. Aby ją usunąć, naciśnij 3.",
    "mailbox-menu": (
        "Aby wysłuchać nowych wiadomości, naciśnij 1. Aby wysłuchać zachowanych wiadomości, naciśnij 2. Aby zmienić "
        "powitanie, naciśnij 3. Aby nagrać swoje imię i nazwisko, naciśnij 4. Aby zmienić powitanie dla trybu nie "
        "przeszkadzać, naciśnij 5. Aby włączyć lub wyłączyć ten tryb, naciśnij 6. Aby przekierować połączenia, "
        "naciśnij 7."
    ),
}

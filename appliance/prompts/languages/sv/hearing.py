"""What is said in Swedish to who hears messages."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

HEARING: Final[dict[str, CatalogueEntry]] = {
    "message-menu": "För att höra det igen, tryck 1. För att behålla det, tryck 2. För att radera det, tryck 3.",
    "mailbox-menu": (
        "För nya meddelanden, tryck 1. För sparade meddelanden, tryck 2. För att ändra din hälsning, tryck 3. För att "
        "spela in ditt namn, tryck 4. För att ändra din hälsning för stör ej, tryck 5. För att slå på eller stänga av "
        "stör ej, tryck 6. För att vidarekoppla dina samtal, tryck 7."
    ),
}

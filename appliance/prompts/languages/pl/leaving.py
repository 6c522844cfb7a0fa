"""What is said in Polish to who leaves a message, and to who records what such callers hear."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

LEAVING: Final[dict[str, CatalogueEntry]] = {
    "review-menu": (
        "Aby zachować wiadomość, proszę nacisnąć 1. Aby jej wysłuchać, proszę nacisnąć 2. Aby nagrać ją od nowa, "
        "proszę nacisnąć 3."
    ),
}

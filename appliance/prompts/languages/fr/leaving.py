"""What is said in French to who leaves a message, and to who records what such callers hear."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

LEAVING: Final[dict[str, CatalogueEntry]] = {
    "review-menu": "Pour enregistrer votre message, tapez 1. Pour l'écouter, tapez 2. Pour le recommencer, tapez 3.",
}

"""What is said in Spanish to who leaves a message, and to who records what such callers hear."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

LEAVING: Final[dict[str, CatalogueEntry]] = {
    "review-menu": "Para guardar su mensaje, marque 1. Para escucharlo, marque 2. Para grabarlo de nuevo, marque 3.",
}

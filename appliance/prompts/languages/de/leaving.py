"""What is said in German to who leaves a message, and to who records what such callers hear."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

LEAVING: Final[dict[str, CatalogueEntry]] = {
    "review-menu": (
        "Um Ihre Nachricht zu speichern, drücken Sie die 1. Um sie anzuhören, drücken Sie die 2. Um sie neu "
        "aufzunehmen, drücken Sie die 3."
    ),
}

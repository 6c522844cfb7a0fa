"""What is said in Swedish to who leaves a message, and to who records what such callers hear."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

LEAVING: Final[dict[str, CatalogueEntry]] = {
    "review-menu": (
        "För att spara meddelandet, tryck 1. För att lyssna på det, tryck 2. För att spela in det på nytt, tryck 3."
    ),
}

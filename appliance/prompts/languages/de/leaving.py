"""What is said in German to who leaves a message, and to who records what such callers hear."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

LEAVING: Final[dict[str, CatalogueEntry]] = {}

"""What is said in Polish to who hears messages."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

HEARING: Final[dict[str, CatalogueEntry]] = {}

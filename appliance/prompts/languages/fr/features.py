"""What is said in French by the codes that a telephone dials: numbers, pages, wake-up calls, conferences, help."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

FEATURES: Final[dict[str, CatalogueEntry]] = {}

"""What is said in Spanish to who puts somebody on hold, parks, picks up, or is called besides."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

TELEPHONE: Final[dict[str, CatalogueEntry]] = {}

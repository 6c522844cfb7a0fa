"""What is said in Spanish to who dials outside: classes of service, accounts, limits."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

DIALLING: Final[dict[str, CatalogueEntry]] = {}

"""What is said in English of messages and lost callers, by calls and in mailboxes."""

from __future__ import annotations

from typing import Final

from appliance.prompts.language import CatalogueEntry

NOTICES: Final[dict[str, CatalogueEntry]] = {}

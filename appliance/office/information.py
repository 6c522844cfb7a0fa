"""What the office tells its callers: opening hours, the way there, what to bring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from appliance.office.field import Limits
from appliance.office.languages import LanguageCode

LONGEST_TOLD = 4000
"""Characters: some five minutes of speech."""


@dataclass(frozen=True, slots=True)
class Information:
    """Something that is told to callers, who may hear it again or go back to where they came from."""

    says: Annotated[str, Limits(1, LONGEST_TOLD), "What is told."]
    language: Annotated[LanguageCode | None, "The language it is written in. Without it, the office's."] = None

"""What a telephone says of why a version of the program did not stay: the names of phrases."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from appliance.machine.takenback import TakenBack

REASONS: Final[Mapping[str, str]] = MappingProxyType(
    {
        TakenBack.NOT_STARTED: "update-no-start",
        TakenBack.CRASHED: "update-no-start",
        TakenBack.NO_ANSWER: "update-no-start",
        TakenBack.NO_OFFICE: "update-no-office",
        TakenBack.NO_LINE: "update-no-call",
        TakenBack.NO_CALL: "update-no-call",
        TakenBack.INTERRUPTED: "update-interrupted",
        TakenBack.ASKED: "update-asked",
    }
)
"""In short; the local page tells more. What is not in it is not said."""

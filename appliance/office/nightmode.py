"""Night mode: whether the hours decide if the office is open, or somebody has decided by hand."""

from __future__ import annotations

from enum import Enum
from typing import Final

NIGHT_MODE: Final = "night-mode"
"""The name of its switch."""


class NightMode(Enum):
    """The word the switch stands at; automatic where it was never flipped, or its time is over."""

    AUTOMATIC = "automatic"
    OPEN = "open"
    CLOSED = "closed"

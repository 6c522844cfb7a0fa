"""What a check has found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from appliance.doctor.examined import Examined


class Condition(Enum):
    """How something is."""

    WORKS = "works"
    ATTENTION = "attention"
    """It works, and should be seen to."""
    BROKEN = "broken"
    UNKNOWN = "unknown"
    """It cannot be told here, or now."""


@dataclass(frozen=True, slots=True)
class CheckFound:
    """What one check says of one thing. Both sentences are for people."""

    condition: Condition
    told: str
    """What was found."""
    mend: str = ""
    """What to do; empty where nothing is to be done."""


Check = Callable[["Examined"], Iterator[CheckFound]]
"""Looks at one subject. It may find nothing to say, as where the unit has no such thing."""


def works(told: str) -> CheckFound:
    return CheckFound(Condition.WORKS, told)


def attention(told: str, mend: str) -> CheckFound:
    return CheckFound(Condition.ATTENTION, told, mend)


def broken(told: str, mend: str) -> CheckFound:
    return CheckFound(Condition.BROKEN, told, mend)


def unknown(told: str, mend: str = "") -> CheckFound:
    return CheckFound(Condition.UNKNOWN, told, mend)

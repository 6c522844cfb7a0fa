"""Who is calling, as the exchange tells it, and the bytes that tell it (SDMF, MDMF, DTMF)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Absence(Enum):
    """Why a number or a name was not given."""

    PRIVATE = "private"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class CallerId:
    """Caller ID as received. Empty number or name: see the absence; both None means it was never sent.

    when: (month, day, hour, minute) of the exchange's clock, or None. The year is not transmitted.
    """

    number: str = ""
    name: str = ""
    number_absence: Absence | None = None
    name_absence: Absence | None = None
    when: tuple[int, int, int, int] | None = None

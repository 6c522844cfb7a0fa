"""What the telephones of the office do: who is on hold or parked, and how they ring for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from appliance.office.field import Limits
from hw.ringkind import RingKind, RingStyle

__all__ = ["RingKind", "RingSound", "RingStyle", "Telephones"]

MOST_PARKING_PLACES = 99


@dataclass(frozen=True, slots=True)
class RingSound:
    """How a telephone rings: in a cadence by the style; one with cadences of its own, as it likes by the kind."""

    kind: RingKind
    style: RingStyle


@dataclass(frozen=True, slots=True)
class Telephones:
    """What the telephones of the office do: who is on hold or parked, and how they ring for whom."""

    hold_asks_after_seconds: Annotated[
        float,
        Limits(10, 600),
        "After how many seconds on hold or parked a caller from outside is asked whether to wait on or to leave a "
        "message, and after as many again.",
    ] = 40.0
    parking_places: Annotated[
        int, Limits(1, MOST_PARKING_PLACES), "How many calls can be parked, in places from 1 on."
    ] = 9
    parked_return_seconds: Annotated[
        float, Limits(10, 900), "After how many seconds a parked call rings the telephone that parked it, in seconds."
    ] = 60.0
    inside_ring: Annotated[RingStyle, "How telephones ring for a colleague."] = RingStyle.DOUBLE
    outside_ring: Annotated[RingStyle, "How they ring for a caller from outside."] = RingStyle.COUNTRY
    department_ring: Annotated[RingStyle, "How they ring for a caller of a department."] = RingStyle.TRIPLE
    returned_ring: Annotated[
        RingStyle, "How a telephone rings for a call that it transferred, or left on hold, and that comes back."
    ] = RingStyle.LONG_SHORT
    parked_ring: Annotated[RingStyle, "How a telephone rings for a call that it parked, and that comes back."] = (
        RingStyle.LONG_SHORT_SHORT
    )
    listening_announced: Annotated[
        bool,
        "Whether those who talk are told when somebody listens to their call from the local page, as the law asks for "
        "in most countries.",
    ] = True
    page_ring: Annotated[RingStyle, "How telephones ring that are paged and cannot answer by themselves."] = (
        RingStyle.TRIPLE
    )

    def rings(self, kind: RingKind) -> RingSound:
        """How telephones ring for a call of this kind."""
        styles = {
            RingKind.INSIDE: self.inside_ring,
            RingKind.OUTSIDE: self.outside_ring,
            RingKind.DEPARTMENT: self.department_ring,
            RingKind.RETURNED: self.returned_ring,
            RingKind.PARKED: self.parked_ring,
            RingKind.PAGE: self.page_ring,
        }
        return RingSound(kind, styles[kind])

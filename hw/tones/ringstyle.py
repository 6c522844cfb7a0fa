"""The cadences by which people tell apart for what kind of call a telephone rings.

Sans I/O. The cadences are made from the ring of the country: no pause is shorter than its longest, in which a telephone
expects caller ID, and where that can be, a ring begins as often.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hw.linecard import Cadence
from hw.ringkind import RingStyle
from hw.tones.toneplan import TonePlan

SHORT, LONG, GAP = 0.4, 1.0, 0.2
"""Seconds of a burst and of the pause inside a ring, as those of a double ring: a mechanical bell follows them."""

_BURSTS: Final[Mapping[RingStyle, tuple[float, ...]]] = {
    RingStyle.DOUBLE: (SHORT, SHORT),
    RingStyle.TRIPLE: (SHORT, SHORT, SHORT),
    RingStyle.LONG_SHORT: (LONG, SHORT),
    RingStyle.LONG_SHORT_SHORT: (LONG, SHORT, SHORT),
}
_SINGLE = (LONG,)


def cadence(plan: TonePlan, style: RingStyle) -> Cadence:
    """The ringing cycle of this style in the country of the plan: seconds on, off, on, off…"""
    if style is RingStyle.COUNTRY:
        return plan.ring
    double = len(plan.ring) > len((LONG, GAP))
    bursts = _SINGLE if style is RingStyle.DOUBLE and double else _BURSTS[style]
    cycle = [seconds for burst in bursts for seconds in (burst, GAP)]
    rest = sum(plan.ring) - sum(cycle[:-1])
    return (*cycle[:-1], round(max(*plan.ring[1::2], rest), 2))

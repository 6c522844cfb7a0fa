"""What a ring is: its bursts, told apart from the next ring by the pause, and the name of its pattern. Sans I/O.

Exchanges ring in patterns of one to three bursts (distinctive ring: one line with several numbers). Within a ring the
gaps are 0.2 to 0.7 s long, between rings there are at least 1.5 s in every country.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

RingPattern = Literal["normal", "long", "double", "triple"]

LONGEST_GAP_S = 1.0
"""The next burst belongs to the same ring when it begins this soon, as it is seen: a driver may tell the end of a burst
0.3 s late and its beginning 0.1 s late."""

SPLASH_S = 0.55
"""An exchange that tests a line, or forwards a call, rings it for half a second, once."""

_MERGED_GAP_S = 0.3
"""Bursts of a plan with a gap up to this are one to a driver."""
_LONG = 1.4


class RingCounter:
    """The rings of one call. usual: see `pattern_of`. Times are in seconds, of any clock.

    count: rings so far, this one included. pattern: of the last ring that is over; empty where nothing is known of it.
    ended: when its last burst was over. announced: that there is a call was told already.
    """

    def __init__(self, usual: Sequence[float]) -> None:
        self.count = 0
        self.announced = False
        self.pattern: RingPattern | Literal[""] = ""
        self.ended = float("-inf")
        self._usual = usual
        self._bursts: tuple[float, ...] = ()

    def started(self, now: float) -> None:
        """A burst has begun: of this ring, or of the next."""
        if not self.count or now - self.ended >= LONGEST_GAP_S:
            self.count += 1
            self._bursts = ()

    def stopped(self, now: float, bursts: tuple[float, ...]) -> bool:
        """A burst is over. False while it may be nothing but a splash."""
        self.ended = now
        self._bursts += bursts
        if self._bursts:
            self.pattern = pattern_of(self._bursts, self._usual)
        return self.count > 1 or not is_splash(self._bursts)


def is_splash(bursts: Sequence[float]) -> bool:
    """Whether this, in seconds, is no ring but a splash."""
    return len(bursts) == 1 and bursts[0] <= SPLASH_S


def pattern_of(bursts: Sequence[float], usual: Sequence[float]) -> RingPattern:
    """The pattern of a ring's bursts, in seconds. usual: the country's own ringing, seconds on, off and so on.

    The country's own ring is normal, also where it is a double one.
    """
    expected = list(usual[0::2])
    if len(bursts) in (len(expected), len(_merged(usual))):
        longest = max(expected) if len(bursts) == len(expected) else max(_merged(usual))
        return "long" if max(bursts) > _LONG * longest else "normal"
    match len(bursts):
        case 1:
            return "long" if bursts[0] > _LONG * max(_merged(usual)) else "normal"
        case 2:
            return "double"
        case _:
            return "triple"


def _merged(usual: Sequence[float]) -> list[float]:
    """The bursts as a driver sees them that does not tell the shortest gaps."""
    bursts = [usual[0]]
    for on, gap in zip(usual[2::2], usual[1::2], strict=False):
        if gap <= _MERGED_GAP_S:
            bursts[-1] += gap + on
        else:
            bursts.append(on)
    return bursts

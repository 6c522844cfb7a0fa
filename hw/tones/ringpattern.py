"""Counts the rings of a call and names the pattern of their bursts. Sans I/O.

Exchanges ring in patterns of one to three bursts: by distinctive ring, several numbers share one line and each has a
pattern of its own. Within a ring the gaps are 0.2 to 0.7 s long; the pause between two rings is at least 1.5 s in every
country. So the length of a pause tells whether the next burst begins a new ring.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

RingPattern = Literal["normal", "long", "double", "triple"]

LONGEST_GAP_S = 1.0
"""A burst belongs to the same ring as the one before when the driver tells its beginning this soon after the end of
that. A driver tells a beginning 0.1 s late, and an end up to 0.3 s late."""

SPLASH_S = 0.55
"""A ring splash: an exchange that tests a line, or forwards its call, rings it once for half a second."""

_MERGED_GAP_S = 0.3
"""A driver tells two bursts with a gap of up to this as one."""
_LONG = 1.4
"""A burst is long when it lasts this many times the country's usual burst."""


class RingCounter:
    """Counts the rings of one call. usual: see `pattern_of`. Times are in seconds, of any clock.

    count: rings so far, this one included. pattern: of the last ring that is over; empty where nothing is known of it.
    ended: when the last burst was over. announced: the call was told to whoever waits for calls already. unwanted: it
    is to ring on, and nobody is to answer it.
    """

    def __init__(self, usual: Sequence[float]) -> None:
        self.count = 0
        self.announced = False
        self.unwanted = False
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
        """A burst is over. Whether this is a call for certain: a single short burst may be a splash."""
        self.ended = now
        self._bursts += bursts
        if self._bursts:
            self.pattern = pattern_of(self._bursts, self._usual)
        return self.count > 1 or not is_splash(self._bursts)


def is_splash(bursts: Sequence[float]) -> bool:
    """Whether these bursts, in seconds, are a ring splash and not a ring."""
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
    """The bursts as a driver tells them that does not notice the shortest gaps."""
    bursts = [usual[0]]
    for on, gap in zip(usual[2::2], usual[1::2], strict=False):
        if gap <= _MERGED_GAP_S:
            bursts[-1] += gap + on
        else:
            bursts.append(on)
    return bursts

"""Which hook flashes the exchange takes: looking for the shortest and the longest with as few of them as possible."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum

FIRST_MS = (100, 120, 160, 220, 300, 400, 500, 600, 700, 850)
"""In this order lengths are tried until one is taken. Short ones come first, as a long one may be a hang-up."""
LEAST_MS, MOST_MS = 50, 1000
"""What a port can send."""
NEAR_ENOUGH_MS = 10
"""The ends of the window are found to within this."""
ROUND_MS = 10


class Reaction(Enum):
    """What the exchange made of a flash."""

    TAKEN = "taken"
    IGNORED = "ignored"
    HUNG_UP = "hung-up"


@dataclass(frozen=True, slots=True)
class FlashWindow:
    """least_ms, most_ms: the shortest and longest flash that was taken; 0 where none was.

    hangs_up_ms: the shortest that was taken for a hang-up; 0 where none was.
    """

    least_ms: int
    most_ms: int
    hangs_up_ms: int

    @property
    def best_ms(self) -> int:
        """What to send: the geometric middle, which is as far from both ends by its proportion; 0 where none is."""
        if not self.least_ms:
            return 0
        middle = math.sqrt(self.least_ms * self.most_ms)
        return min(max(round(middle / ROUND_MS) * ROUND_MS, self.least_ms), self.most_ms)


class FlashSearch:
    """Ask `next_ms` what to try, and tell what came of it with `tried`, until there is nothing more to try."""

    def __init__(self) -> None:
        self._reactions: dict[int, Reaction] = {}

    @property
    def next_ms(self) -> int | None:
        """The length of the next flash; None where all is known."""
        taken = self._taken()
        if not taken:
            if Reaction.HUNG_UP in self._reactions.values():
                return self._between_ignored_and_hung_up()
            return next((length for length in FIRST_MS if length not in self._reactions), None)
        below = max((length for length in self._reactions if length < min(taken)), default=None)
        if below is None:
            return LEAST_MS if min(taken) > LEAST_MS else self._next_above(taken)
        if min(taken) - below > NEAR_ENOUGH_MS:
            return (min(taken) + below) // 2
        return self._next_above(taken)

    def tried(self, length_ms: int, reaction: Reaction) -> None:
        self._reactions[length_ms] = reaction

    @property
    def window(self) -> FlashWindow:
        """What is known by now."""
        taken = self._taken()
        longest = max(taken, default=0)  # A shorter hang-up was none: it lay at the edge of the window.
        hung = [length for length, reaction in self._reactions.items() if reaction is Reaction.HUNG_UP]
        hung = [length for length in hung if length > longest]
        return FlashWindow(min(taken, default=0), max(taken, default=0), min(hung, default=0))

    @property
    def reactions(self) -> tuple[tuple[int, Reaction], ...]:
        """All that was tried, by length."""
        return tuple(sorted(self._reactions.items()))

    def _taken(self) -> list[int]:
        return [length for length, reaction in self._reactions.items() if reaction is Reaction.TAKEN]

    def _next_above(self, taken: list[int]) -> int | None:
        above = min((length for length in self._reactions if length > max(taken)), default=None)
        if above is None:
            if max(taken) >= MOST_MS:
                return None
            return next((length for length in FIRST_MS if length > max(taken)), MOST_MS)
        return (max(taken) + above) // 2 if above - max(taken) > NEAR_ENOUGH_MS else None

    def _between_ignored_and_hung_up(self) -> int | None:
        """A window may lie between a flash that was ignored and one that was a hang-up: look there twice."""
        hung = self.window.hangs_up_ms
        below = max((length for length in self._reactions if length < hung), default=LEAST_MS)
        return (below + hung) // 2 if hung - below > 2 * NEAR_ENOUGH_MS else None

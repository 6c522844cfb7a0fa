"""Slowing down whoever guesses: the first wrong tries cost nothing, every further one doubles the wait."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.clock import Clock

FREE_TRIES = 5
LONGEST_WAIT_S = 600
"""For one source. Nobody who mistypes is kept out for longer than ten minutes."""
FREE_TRIES_OF_ALL = 20
LONGEST_WAIT_OF_ALL_S = 30
"""For everybody, so that changing the address gains little, and keeps others out for half a minute at most."""
FORGOTTEN = timedelta(hours=1)
"""So long after the last wrong try, all tries are free again."""
MOST_REMEMBERED = 1000
"""Sources; where there are more, the oldest are forgotten."""

EVERYBODY = ""


@dataclass(slots=True)
class _Tries:
    wrong: int
    last: datetime
    wait_until: datetime


class Guesses:
    """Counts wrong tries by where they come from, and all of them together. In memory, until the next start."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tries: dict[str, _Tries] = {}

    def wait_seconds(self, source: str) -> int:
        """How long this source has to wait before its next try, in whole seconds; 0: it may try."""
        now = self._clock.now()
        ends = [
            (self._tries[key].wait_until, longest) for key, longest, _free in _counted(source) if key in self._tries
        ]
        # Where the date was set back, nobody waits longer than the longest wait.
        waits = [min(end - now, timedelta(seconds=longest)) for end, longest in ends if end > now]
        return max((wait // timedelta(seconds=1) + 1 for wait in waits), default=0)

    def wrong(self, source: str) -> None:
        """Count a wrong try."""
        now = self._clock.now()
        for key, longest, free in _counted(source):
            known = self._tries.pop(key, None)
            count = 1 + (known.wrong if known is not None and now - known.last < FORGOTTEN else 0)
            wait = min(2 ** min(count - free, 20), longest) if count >= free else 0
            self._tries[key] = _Tries(count, now, now + timedelta(seconds=wait))
        for oldest in list(self._tries)[: -MOST_REMEMBERED or None]:
            del self._tries[oldest]

    def right(self, source: str) -> None:
        """Forget the wrong tries of a source that knew it in the end."""
        self._tries.pop(source, None)


def _counted(source: str) -> list[tuple[str, int, int]]:
    """What a try counts for, with its longest wait in seconds and its free tries."""
    return [(source, LONGEST_WAIT_S, FREE_TRIES), (EVERYBODY, LONGEST_WAIT_OF_ALL_S, FREE_TRIES_OF_ALL)]

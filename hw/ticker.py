"""The 20 ms grid on which a card takes and gives frames: ticks at absolute times."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from hw.audio import FRAME_SECONDS

_MOST_TICKS_CAUGHT_UP = 5
"""A delay of more than so many ticks is skipped."""


class Ticker:
    """Calls `tick` every 20 ms while it returns True. Up to five late ticks are caught up; a longer delay is skipped.

    `ppm` makes its clock run that much faster than the loop's.
    """

    def __init__(self, tick: Callable[[], bool], ppm: float = 0) -> None:
        self._tick = tick
        self._period = FRAME_SECONDS / (1 + ppm * 1e-6)
        self._timer: asyncio.TimerHandle | None = None
        self._start = 0.0
        self._count = 0

    def wake(self) -> None:
        """Tick now, if not ticking already."""
        if self._timer is None:
            loop = asyncio.get_running_loop()
            self._start, self._count = loop.time(), 0
            self._timer = loop.call_at(self._start, self._run)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _run(self) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(_MOST_TICKS_CAUGHT_UP):
            if not self._tick():
                self._timer = None
                return
            self._count += 1
            next_tick = self._start + self._count * self._period
            if next_tick > loop.time():
                break
        else:
            self._start, self._count = loop.time(), 1
            next_tick = self._start + self._period
        self._timer = loop.call_at(next_tick, self._run)

"""Looks whether the machine's clock has been set, and has times put right that were written down before."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from appliance.clock import off_loop
from appliance.faultlog import kind_and_place
from appliance.unit import Unit
from appliance.unitclock import UnitClock

log = logging.getLogger(__name__)

EVERY_S = 5.0
"""Most units learn the time a few seconds after their start."""
ONCE_SET_S = 60.0
"""It is still looked whether somebody sets the clock far ahead."""


class ClockWatch:
    """unit: the one there is now. idle: waits until no call is on any line. restart: have the daemon begin again at
    once, in the same process.

    Where nothing has been written down yet, which is so after most starts, the clock is right from one moment to the
    next. Otherwise the stores must be closed, to put right what is in them: once no call is on any line.
    """

    def __init__(
        self,
        clock: UnitClock,
        unit: Callable[[], Unit],
        idle: Callable[[], Awaitable[None]],
        restart: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._unit = unit
        self._idle = idle
        self._restart = restart
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run(), name="looks whether the clock is set")

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def look(self) -> bool:
        """Look once; whether the daemon was told to begin again."""
        if not await off_loop(self._clock.look):
            return False
        if await off_loop(lambda: self._clock.anything_to_correct):
            await self._idle()
            self._restart()
            return True
        by = await off_loop(self._clock.go_right)
        unit = self._unit()
        unit.started += by
        unit.on_change()
        return False

    async def _run(self) -> None:
        over = False
        while not over:
            try:
                over = await self.look()
            except Exception as error:  # It is tried again; no call depends on it.
                log.error("whether the clock is set is not known: %s", kind_and_place(error))
            await asyncio.sleep(EVERY_S if self._clock.going_unset else ONCE_SET_S)

"""Work that goes on beside the calls, such as telling somebody of one. It never ends a call, whatever becomes of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine

from appliance.calls.faults import Faults
from appliance.faultlog import kind_and_place
from hw.said import said

log = logging.getLogger(__name__)


class Tasks:
    """The tasks of one part of the unit. One that fails is logged by kind and place, and told as a fault.

    on_ended: called after each, however it ended.
    """

    def __init__(self, faults: Faults, on_ended: Callable[[], None] = lambda: None) -> None:
        self._faults = faults
        self._on_ended = on_ended
        self._going_on: set[asyncio.Task[None]] = set()

    def begin(self, name: str, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        """Have this work done from now on. name: what the log and the fault call it."""
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._going_on.add(task)
        task.add_done_callback(self._ended)
        return task

    async def close(self, patience_seconds: float = 0.0) -> None:
        """Wait so long for all of them to end, then cancel those that have not."""
        if self._going_on and patience_seconds:
            await asyncio.wait(self._going_on, timeout=patience_seconds)
        for task in self._going_on:
            task.cancel()
        await asyncio.gather(*self._going_on, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._going_on.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s failed: %s", task.get_name(), kind_and_place(error))
            self._faults.report(
                said(
                    "something inside the unit failed: %(what)s (%(kind)s)",
                    what=task.get_name(),
                    kind=type(error).__name__,
                )
            )
        self._on_ended()

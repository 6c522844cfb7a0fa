"""What the daemon does once the clock is set: at once where nothing was put down, else once no call is going on."""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import cast

from appliance.clockwatch import EVERY_S, ClockWatch
from appliance.control.folder import DataFolder
from appliance.store.changelog import ChangeStore, NotedChange
from appliance.unit import Unit
from appliance.unitclock import UnitClock
from tests.unsetclock import MORNING, UnsetMachine

HOUR = timedelta(hours=1)


class InACall:
    """What a watch needs of a unit: it has a call, until that is over."""

    def __init__(self, started: datetime) -> None:
        self.started = started
        self.changes = 0
        self.over = asyncio.Event()

    def on_change(self) -> None:
        self.changes += 1

    async def until_idle(self) -> None:
        await self.over.wait()


class Watched:
    """A watch over a unit, and a clock that is not set."""

    def __init__(self, data: Path) -> None:
        self.machine = UnsetMachine()
        self.clock = UnitClock(data, self.machine)
        self.clock.begin()
        self.unit = InACall(self.clock.now())
        self.restarts = 0
        self.watch = ClockWatch(self.clock, lambda: cast(Unit, self.unit), self.unit.until_idle, self._restart)
        self.watch.start()

    def _restart(self) -> None:
        self.restarts += 1


async def test_a_clock_that_is_set_before_anything_was_put_down_is_right_at_once(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    await asyncio.sleep(10 * EVERY_S)
    assert not watched.clock.is_sure(watched.clock.now())
    watched.machine.set_to(MORNING + HOUR)
    await asyncio.sleep(EVERY_S)
    assert (watched.clock.now(), watched.clock.is_sure(watched.clock.now())) == (MORNING + HOUR, True)
    assert (watched.unit.started, watched.unit.changes, watched.restarts) == (MORNING + HOUR, 1, 0)
    await watched.watch.close()


async def test_what_was_put_down_is_put_right_by_a_restart_behind_the_last_call(tmp_path: Path) -> None:
    watched = Watched(tmp_path)
    with closing(ChangeStore.open(DataFolder(tmp_path).changes)) as changes:
        changes.add(NotedChange(watched.clock.now(), "ann", "office"))
    watched.machine.set_to(MORNING + HOUR)
    await asyncio.sleep(10 * EVERY_S)
    assert (watched.restarts, watched.clock.now()) == (0, MORNING)
    watched.unit.over.set()
    await asyncio.sleep(10 * EVERY_S)
    assert watched.restarts == 1
    await watched.watch.close()

"""What the daemon does once the clock is set: at once where nothing was put down, else once no call is going on."""

from __future__ import annotations

import asyncio
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from appliance.clockwatch import EVERY_S, ClockWatch
from appliance.control.folder import DataFolder
from appliance.store.changelog import ChangeStore, NotedChange
from appliance.unitclock import UnitClock
from tests.calls.world import World
from tests.unsetclock import MORNING, UnsetMachine

HOUR = timedelta(hours=1)


class Watched:
    """A watch over a unit, and a clock that is not set."""

    def __init__(self, here: World, data: Path) -> None:
        self.machine = UnsetMachine()
        self.clock = UnitClock(data, self.machine)
        self.clock.begin()
        self.restarts = 0
        self.watch = ClockWatch(self.clock, lambda: here.appliance, self._restart)
        self.watch.start()

    def _restart(self) -> None:
        self.restarts += 1


async def test_a_clock_that_is_set_before_anything_was_put_down_is_right_at_once(here: World, tmp_path: Path) -> None:
    watched, began, changes = Watched(here, tmp_path), here.appliance.started, 0

    def changed() -> None:
        nonlocal changes
        changes += 1

    here.appliance.on_change = changed
    await asyncio.sleep(10 * EVERY_S)
    assert not watched.clock.is_sure(watched.clock.now())
    watched.machine.set_to(MORNING + HOUR)
    await asyncio.sleep(EVERY_S)
    assert (watched.clock.now(), watched.clock.is_sure(watched.clock.now())) == (MORNING + HOUR, True)
    assert (here.appliance.started - began, changes, watched.restarts) == (HOUR, 1, 0)
    await watched.watch.close()


async def test_what_was_put_down_is_put_right_by_a_restart_behind_the_last_call(here: World, tmp_path: Path) -> None:
    watched = Watched(here, tmp_path)
    with closing(ChangeStore.open(DataFolder(tmp_path).changes)) as changes:
        changes.add(NotedChange(watched.clock.now(), "ann", "office"))
    caller, callee = await here.connected()
    watched.machine.set_to(MORNING + HOUR)
    await asyncio.sleep(10 * EVERY_S)
    assert (watched.restarts, watched.clock.now()) == (0, MORNING)
    callee.hangs_up()
    caller.hangs_up()
    await here.all_is_free(within=90)
    await asyncio.sleep(60)
    assert watched.restarts == 1
    await watched.watch.close()

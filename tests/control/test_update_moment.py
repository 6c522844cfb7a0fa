"""When a new version may be installed without being told to: never during a call, nor in the office's hours."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from appliance.api.update import offer_update
from appliance.machine.program import InstalledProgram, ProgramHistory
from appliance.office.nightmode import NightMode
from appliance.office.standing import Closure
from tests.calls.world import MORNING, World, world
from tests.control.offered import Offered
from tests.office.opening import hours as opening

ALL_DAY = {"tuesday": ["00:00-24:00"]}
TODAY = "2026-03-03"
"""A Tuesday: the day of every test, which begins at a quarter past nine in the morning."""


@pytest.fixture
def here() -> AbstractAsyncContextManager[World]:
    return world()


async def moment(here: World) -> tuple[int, bool]:
    methods, program = Offered(), InstalledProgram("1.0")
    history = ProgramHistory("1.0", "2026-03-03T00:00:00+00:00")
    await offer_update(methods, program, history, Path("none"), lambda: here.appliance, lambda: None)
    told = await methods.ask("update.moment")
    return told["calls"], told["open"]


CASES: list[tuple[str, dict[str, dict[str, Any]], bool]] = [
    ("it is open", {"main": {"week": ALL_DAY}}, True),
    ("there is a break", {"main": {"week": {"tuesday": ["08:00-09:00", "10:00-17:00"]}}}, True),
    ("it opens later", {"main": {"week": {"tuesday": ["13:00-17:00"]}}}, False),
    ("it is closed on Tuesdays", {"main": {"week": {"monday": ["00:00-24:00"]}}}, False),
    ("it is closed on this date", {"main": {"week": ALL_DAY, "dates": [{"on": TODAY, "name": "Inventory"}]}}, False),
    ("it is open on this date", {"main": {"dates": [{"on": TODAY, "open": ["09:00-12:00"]}]}}, True),
    ("another line is open", {"main": {}, "pharmacies": {"week": {"tuesday": ["09:00-10:00"]}}}, True),
    ("it has no hours, and is always open", {}, True),
]


async def test_the_hours_of_all_lines_decide_with_breaks_and_dates_and_so_does_the_night_mode(here: World) -> None:
    office = here.appliance.office
    for why, hours, is_open in CASES:
        here.appliance.office = replace(office, hours={name: opening(told) for name, told in hours.items()})
        assert (why, await moment(here)) == (why, (0, is_open))
    await here.appliance.switches.set_night_mode(NightMode.CLOSED, None)
    assert await moment(here) == (0, False)
    await here.appliance.switches.set_night_mode(NightMode.OPEN, None)
    here.appliance.office = replace(office, hours={"main": opening({})})
    assert await moment(here) == (0, True)


async def test_a_closure_of_the_calendar_is_no_office_hour(here: World, monkeypatch: pytest.MonkeyPatch) -> None:
    outing = Closure(MORNING - timedelta(hours=1), MORNING + timedelta(hours=1), "Outing")
    monkeypatch.setattr(here.appliance.calendars, "closures", lambda _hours: [outing])
    here.appliance.office = replace(here.appliance.office, hours={"main": opening({"week": ALL_DAY})})
    assert await moment(here) == (0, False)


async def test_a_telephone_that_was_lifted_is_a_call(here: World) -> None:
    """Whoever has lifted it may be about to dial for help."""
    maria = here.phone("fxs-1")
    maria.lifts()
    await asyncio.sleep(1)
    assert (await moment(here))[0] == 1
    maria.hangs_up()
    await here.all_is_free()

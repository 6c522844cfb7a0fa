"""Being at the office or away, and logged in to departments or out, by code."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager

import pytest

from appliance.office.availability import Availability
from tests.calls.peopleoffice import with_departments
from tests.calls.world import World, world


@pytest.fixture
def here() -> AbstractAsyncContextManager[World]:
    """The office in which Maria is in sales and service, Tom in sales alone, and Ruth in neither."""
    return world(with_departments)


def now(here: World) -> Availability:
    unit = here.appliance
    return Availability(unit.office, unit.office.local(unit.now()), unit.switches.at)


def logged_in(here: World) -> list[tuple[str, str]]:
    members = [(one.id, who.person or "") for one in here.appliance.office.departments for who in one.members]
    return [(department, person) for department, person in members if now(here).logged_in(department, person)]


async def test_everybody_is_at_the_office_who_has_not_said_to_be_away(here: World) -> None:
    (maria,) = [one for one in here.appliance.office.people if one.id == "maria"]
    assert now(here).here(maria)
    for code, said, there in (("*86", "you-are-away", False), ("*85", "you-are-here", True)):
        telephone = await here.phone("fxs-1").dials(code)
        await telephone.hears(said, "goodbye")
        telephone.hangs_up()
        await here.all_is_free()
        assert now(here).here(maria) is there
    assert here.outcomes() == 2 * [("front desk", "changed", "released")]


async def test_one_changes_a_department_and_pound_leaves_it(here: World) -> None:
    maria = await here.phone("fxs-1").dials("*84")
    await maria.presses("1", at="member-menu")
    await maria.hears("member-out")
    await maria.presses("#", at="member-menu")
    await maria.hears("goodbye")
    assert maria.heard == [
        *["member-in", "member-menu", "member-out"],
        *["member-in", "member-menu", "goodbye"],
    ]
    assert logged_in(here) == [("sales", "tom"), ("service", "maria")]
    maria.hangs_up()
    await here.ended(("front desk", "changed", "released"))
    maria = await here.phone("fxs-1").dials("*84")
    await maria.presses("1", at="member-menu")
    await maria.hears("member-in")
    maria.hangs_up()
    await here.all_is_free()
    assert logged_in(here) == [("sales", "maria"), ("sales", "tom"), ("service", "maria")]
    assert here.outcomes()[-1] == ("front desk", "changed", "on-hook"), "she wanted no more than that"


async def test_nothing_pressed_leaves_all_as_it_is(here: World) -> None:
    before = logged_in(here)
    maria = await here.phone("fxs-1").dials("*84")
    await maria.hears("goodbye", within=120)
    await here.ended(("front desk", "abandoned", "released"))
    assert logged_in(here) == before


async def test_whoever_is_in_no_department_is_told_so(here: World) -> None:
    ruth = await here.phone("fxs-3").dials("*84")
    await ruth.hears("member-of-none", "goodbye")
    await here.ended(("billing", "abandoned", "released"))


@pytest.mark.parametrize("code", ["*84", "*85", "*86"])
async def test_these_codes_mean_nothing_to_callers_from_outside(here: World, code: str) -> None:
    caller = await here.greeted()
    await caller.presses(code)
    await caller.hears("not-valid")

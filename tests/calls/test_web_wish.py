"""Visitors of the office's web site are called, and reach the office by a key alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from appliance.api.dialling import offer_dialling
from appliance.control.errors import ControlError
from appliance.control.params import check
from appliance.office.wishes import DAY, HOUR, MOST_IN_HOUR, Wishes
from appliance.store.wishes import WishFile
from tests.calls.hearing import until
from tests.calls.world import World

CELL = "4075550150"
NOON = datetime(2026, 3, 9, 12, tzinfo=UTC)


class Methods:
    """Those that are offered, without a socket."""

    def __init__(self) -> None:
        self._offered: dict[str, Any] = {}

    def method(self, name: str, handler: Any, declared: Any) -> None:
        self._offered[name] = handler, declared

    async def call(self, name: str, **params: str) -> Any:
        handler, declared = self._offered[name]
        return await handler(check(declared, params))


def asking(here: World) -> Methods:
    methods = Methods()
    offer_dialling(methods, here.appliance, WishFile(here.appliance.calls.path.with_name("web-wishes.json")))
    return methods


async def wished(here: World) -> Any:
    """The visitor's cell phone, which rings and is answered."""
    cell = here.subscriber(f"1{CELL}")  # As a line dials it, with all in front.
    await asking(here).call("calls.web-wish", number=CELL, address="203.0.113.9")
    await cell.rings(within=20)
    cell.lifts()
    await cell.says("Hello?")
    return cell


async def test_a_visitor_who_presses_1_rings_the_office(here: World) -> None:
    cell = await wished(here)
    await cell.presses("1", at="web-wish")
    operator = here.phone("fxs-1")
    await operator.rings(within=20)
    cell.hangs_up()
    await here.all_is_free()


async def test_nobody_in_the_office_is_rung_without_the_key(here: World) -> None:
    cell = await wished(here)
    await cell.hears("web-wish")
    await until(lambda: here.trunk_states() == ["idle"] * 4, within=120)
    await here.logs("line 4", "goodbye", "released")
    assert await waiting(here) == []


async def waiting(here: World) -> list[tuple[str, bool, str]]:
    """The callers who got nobody."""
    found = await here.appliance.lost_callers.waiting_for(None, here.appliance.office)
    return [(one.number, one.call_back, one.last.got_to) for one in found]


ASKED = (f"1{CELL}", True, "asked on the web site to be called")


async def test_a_visitor_who_does_not_answer_is_among_those_who_got_nobody(here: World) -> None:
    cell = here.subscriber(f"1{CELL}")
    told: list[str] = []
    here.appliance.lost_callers.lost.subscribe(lambda lost: told.append(lost.number))
    await asking(here).call("calls.web-wish", number=CELL, address="203.0.113.9")
    await cell.rings(within=20)
    assert (await waiting(here), told) == ([ASKED], [])  # A power cut now would not lose it.
    await until(lambda: bool(told), within=120)
    assert (await waiting(here), told) == ([ASKED], [f"1{CELL}"])


async def test_a_visitor_who_has_talked_to_the_office_is_not(here: World) -> None:
    cell = await wished(here)
    await cell.presses("1", at="web-wish")
    operator = here.phone("fxs-1")
    await operator.rings(within=20)
    operator.lifts()
    await cell.says("Hello?")
    operator.hangs_up()
    cell.hangs_up()
    await here.all_is_free()
    assert await waiting(here) == []


async def test_a_restart_gives_nobody_further_calls(here: World) -> None:
    for number in ("4075550151", "4075550152", "4075550153"):
        await asking(here).call("calls.web-wish", number=number, address="203.0.113.9")  # Each time begun anew.
    with pytest.raises(ControlError) as refused:
        await asking(here).call("calls.web-wish", number="4075550154", address="203.0.113.9")
    assert refused.value.code == "too-many"
    await here.all_is_free()


@pytest.mark.parametrize("number", ["911", "9001234567", "19005550123", "011442079460000", "12", "nobody", ""])
async def test_numbers_that_cost_more_or_are_none_are_not_called(here: World, number: str) -> None:
    with pytest.raises(ControlError) as refused:
        await asking(here).call("calls.web-wish", number=number, address="203.0.113.9")
    assert refused.value.code in ("not-my-number", "no-number")


def test_nobody_can_have_others_called_all_day() -> None:
    wishes = Wishes()
    assert [wishes.take(NOON, "a", number) for number in "1234"] == [True, True, True, False]
    assert [wishes.take(NOON, address, "5") for address in "bcd"] == [True, True, False]
    assert [wishes.take(NOON + HOUR, address, "5") for address in "bc"] == [False, False]
    assert wishes.take(NOON + DAY, "b", "5")


def test_so_many_are_called_in_an_hour_at_the_most() -> None:
    wishes = Wishes()
    taken = [wishes.take(NOON + number * timedelta(minutes=1), f"a{number}", str(number)) for number in range(20)]
    assert sum(taken) == MOST_IN_HOUR

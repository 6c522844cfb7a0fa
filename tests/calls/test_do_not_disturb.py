"""Do not disturb: by code on the telephone and from outside, with an end, and what the telephone reminds of."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from unittest import mock

import pytest

from appliance.office.availability import ON, do_not_disturb_switch
from appliance.store.switches import StoreFull, SwitchStore
from tests.calls.around import tones_at
from tests.calls.phone import Phone
from tests.calls.world import GREETED, MAIN, World

MARIA = do_not_disturb_switch("maria")
LISTENS_SECONDS = 3.0


def stands(here: World) -> tuple[str, object]:
    """Where Maria's switch stands, and how long still."""
    until = here.appliance.switches.until(MARIA)
    return here.appliance.switches.at(MARIA), None if until is None else until - here.appliance.now()


async def dial_tone(here: World, port: str) -> str:
    """What a telephone hears that is lifted."""
    telephone = here.phone(port)
    heard = tones_at(here, telephone)
    telephone.lifts()
    await asyncio.sleep(LISTENS_SECONDS)
    telephone.hangs_up()
    await here.all_is_free()
    return heard[0]


async def test_the_code_counts_at_once_for_whoever_hangs_up_on_hearing_that_it_does(here: World) -> None:
    maria = await here.phone("fxs-1").dials("*78")
    await maria.hears("do-not-disturb-on")
    maria.hangs_up()
    await here.ended(("front desk", "changed", "on-hook"))
    assert stands(here) == (ON, None)
    assert maria.heard[0] == "do-not-disturb-on", "no PIN is needed on one's own telephone"
    (record,) = here.appliance.calls.recent(1)
    assert [step.what for step in record.steps] == [
        "to do not disturb, on",
        "switches do-not-disturb/maria to on",
    ]


async def test_nobody_presses_anything_and_it_stays_until_it_is_changed(here: World) -> None:
    maria = await here.phone("fxs-1").dials("*78")
    await maria.hears("goodbye")
    await here.ended(("front desk", "changed", "released"))
    assert maria.heard == ["do-not-disturb-on", "do-not-disturb-hours", "goodbye"]
    assert stands(here) == (ON, None)


async def test_it_ends_by_itself_after_the_hours_that_are_entered(here: World) -> None:
    maria = await here.phone("fxs-1").dials("*78")
    await maria.presses("0#", at="do-not-disturb-hours")
    await maria.hears("not-valid")
    await maria.presses("25", at="do-not-disturb-hours")
    await maria.hears("not-valid")
    await maria.presses("2#", at="do-not-disturb-hours")
    await maria.hears("do-not-disturb-until", "goodbye")
    await here.all_is_free()
    at, left = stands(here)
    assert at == ON
    assert isinstance(left, timedelta)
    assert timedelta(hours=2) - timedelta(minutes=1) < left <= timedelta(hours=2)
    maria.hangs_up()
    await asyncio.sleep(7200)
    assert stands(here) == ("", None)
    assert await dial_tone(here, "fxs-1") == "dial"


async def test_three_wrong_hours_leave_it_until_it_is_changed(here: World) -> None:
    maria = await here.phone("fxs-1").dials("*78")
    for hours in ("*", "99", "0#"):
        await maria.presses(hours, at="do-not-disturb-hours")
        await maria.hears("not-valid")
    await maria.hears("goodbye")
    await here.ended(("front desk", "changed", "released"))
    assert stands(here) == (ON, None)


async def test_stutter_dial_tone_reminds_until_the_other_code_is_dialled(here: World) -> None:
    maria = await here.phone("fxs-1").dials("*78")
    await maria.hears("do-not-disturb-on")
    maria.hangs_up()
    await here.all_is_free()
    assert [await dial_tone(here, port) for port in ("fxs-1", "fxs-2")] == ["stutter", "dial"]
    maria = await here.phone("fxs-1").dials("*79")
    await maria.hears("do-not-disturb-off", "goodbye")
    maria.hangs_up()
    await here.all_is_free()
    assert stands(here) == ("", None)
    assert await dial_tone(here, "fxs-1") == "dial"


async def test_a_caller_does_not_ring_the_telephone(here: World) -> None:
    await here.appliance.switches.flip(MARIA, ON)
    caller = await here.greeted()
    await caller.presses("101")
    await caller.hears("cannot-take-calls", "leave-message")
    assert not here.phone("fxs-1").ringing


async def test_a_telephone_that_is_nobodys_asks_whose_it_is_to_be(here: World) -> None:
    telephone = await here.phone("fxs-4").dials("*78")
    await telephone.presses("101#", at="enter-mailbox")
    await telephone.presses("7391#", at="enter-pin")
    await telephone.hears("do-not-disturb-on")
    assert stands(here) == (ON, None)


@pytest.fixture
def full_disk() -> mock.Mock:
    return mock.Mock(side_effect=StoreFull(28, "the disk is full: no room for the switches"))


async def test_a_full_disk_changes_nothing_and_says_so(here: World, full_disk: mock.Mock) -> None:
    with mock.patch.object(SwitchStore, "save", full_disk):
        maria = await here.phone("fxs-1").dials("*78")
        await maria.hears("goodbye")
        await here.ended(("front desk", "fault", "released"))
    assert maria.heard == ["not-changed", "goodbye"]
    assert stands(here) == ("", None)


# From outside


async def dials_from_outside(here: World, code: str, *, at: str = GREETED) -> Phone:
    caller = await here.caller().dials(MAIN)
    await caller.presses(code, at=at)
    return caller


async def test_in_a_menu_extension_and_pin_are_asked_for_first(here: World) -> None:
    maria = await dials_from_outside(here, "*78")
    await maria.presses("101#", at="enter-mailbox")
    await maria.presses("1111#", at="enter-pin")
    await maria.hears("wrong-pin")
    await maria.presses("101#", at="enter-mailbox")
    await maria.presses("7391#", at="enter-pin")
    await maria.hears("do-not-disturb-on")
    assert stands(here) == (ON, None)
    maria.hangs_up()
    await here.ended(("main", "changed", "loop-break"))


async def test_without_the_pin_nothing_is_changed(here: World) -> None:
    stranger = await dials_from_outside(here, "*78")
    for pin in ("1111#", "2222#", "3333#"):
        await stranger.presses("101#", at="enter-mailbox")
        await stranger.presses(pin, at="enter-pin")
    await stranger.hears("goodbye")
    await here.ended(("main", "refused", "released"))
    assert stands(here) == ("", None)


async def test_a_code_is_understood_where_the_office_is_closed_and_no_menu_is_told(here: World) -> None:
    await here.appliance.switches.flip("night-mode", "closed")
    maria = await dials_from_outside(here, "*79", at="greeting-default-general")
    await maria.presses("101#", at="enter-mailbox")
    await maria.presses("7391#", at="enter-pin")
    await maria.hears("do-not-disturb-off")

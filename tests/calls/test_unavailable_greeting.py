"""The greeting for when somebody does not want to be disturbed: recorded beside the regular one, and who helps."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from appliance.calls.mail import OwnRecording
from appliance.office.availability import ON, do_not_disturb_switch
from appliance.office.destination import ToMailbox
from appliance.office.menus import Key
from appliance.office.model import Office
from tests.calls.peopleoffice import forwarding_of, with_departments
from tests.calls.phone import Phone
from tests.calls.world import World, world

BOX = "mailbox-menu"
STANDARD = ["cannot-take-calls", "for-help-dial", "leave-message"]


@pytest.fixture
@asynccontextmanager
async def here() -> AsyncIterator[World]:
    """The office in which Maria does not want to be disturbed, Tom helps, and Ruth is the operator."""
    async with not_disturbed(lambda office: replace(with_departments(office), operator="ruth")) as one:
        yield one


@asynccontextmanager
async def not_disturbed(change: Callable[[Office], Office] = replace) -> AsyncIterator[World]:
    async with world(change) as one:
        await one.appliance.switches.flip(do_not_disturb_switch("maria"), ON)
        yield one


async def in_mailbox(here: World) -> Phone:
    maria = await here.phone("fxs-1").dials("8500")
    await maria.presses("7391#", at="enter-pin")
    return maria


async def records(here: World, key: str, menu: str) -> None:
    """Maria records a greeting under this key of her mailbox."""
    maria = await in_mailbox(here)
    await maria.presses("3", at=BOX)
    await maria.presses(key, at="greetings-menu")
    await maria.presses("2", at=menu)
    await maria.hears("beep")
    await maria.says("This is Maria. I am in a meeting until noon.")
    await maria.presses("#")
    await maria.presses("1", at="greeting-review-menu")
    await maria.hears("greeting-saved")
    maria.hangs_up()
    await here.all_is_free()


async def caller_for_maria(here: World) -> Phone:
    caller = await here.greeted()
    await caller.presses("101")
    return caller


async def test_the_standard_one_names_who_helps(here: World) -> None:
    caller = await caller_for_maria(here)
    await caller.hears("beep")
    assert caller.heard == STANDARD
    await caller.says("This is Jane. Please call me back about Thursday.")
    caller.hangs_up()
    await here.ended(("main", "message-left", "loop-break"))
    assert len(here.appliance.messages.list("maria")) == 1


async def test_whoever_has_no_assistant_names_nobody() -> None:
    async with not_disturbed() as here:
        caller = await caller_for_maria(here)
        await caller.presses("0", at="cannot-take-calls")
        await caller.hears("beep")
        assert caller.heard == ["cannot-take-calls", "leave-message"]


async def test_the_extension_that_is_named_can_be_dialled_during_the_greeting(here: World) -> None:
    caller = await caller_for_maria(here)
    await caller.presses("102", at="for-help-dial")
    await here.phone("fxs-2").answers()
    caller.hangs_up()
    await here.logs("main", "connected", "loop-break")
    (record,) = [one for one in here.appliance.calls.recent(5) if one.line == "main"]
    assert record.reached == "tom"


async def test_0_leads_to_the_operator(here: World) -> None:
    caller = await caller_for_maria(here)
    await caller.presses("0", at="cannot-take-calls")
    await caller.hears("connecting-operator")
    await here.phone("fxs-3").rings()


@pytest.mark.parametrize("keys", ["5", "103", "1", "#"])
async def test_whatever_else_is_pressed_goes_on_to_the_beep(here: World, keys: str) -> None:
    caller = await caller_for_maria(here)
    await caller.presses(keys, at="cannot-take-calls")
    await caller.hears("beep")


async def test_the_persons_own_is_recorded_beside_the_regular_one(here: World) -> None:
    await records(here, "1", "greeting-menu")
    regular = await here.appliance.mail.own("maria", OwnRecording.GREETING)
    assert regular is not None
    before = regular.read_bytes()
    await records(here, "2", "unavailable-menu")
    assert regular.read_bytes() == before
    caller = await caller_for_maria(here)
    await caller.hears("beep")
    assert caller.heard == ["recording", "for-help-dial", "leave-message"]
    caller.hangs_up()
    await here.all_is_free()
    maria = await in_mailbox(here)
    await maria.presses("3", at=BOX)
    await maria.presses("2", at="greetings-menu")
    await maria.presses("3", at="unavailable-menu")
    await maria.presses("1", at="unavailable-menu")
    await maria.hears("no-unavailable")
    assert await here.appliance.mail.own("maria", OwnRecording.UNAVAILABLE) is None
    assert regular.read_bytes() == before


async def test_a_key_of_a_menu_that_leads_to_the_mailbox_has_the_same_greeting() -> None:
    def to_the_mailbox(office: Office) -> Office:
        key = Key(ToMailbox("maria"), "For Maria's mailbox, press 5.")
        return replace(office, menu=replace(office.menu, keys={**office.menu.keys, "5": key}))

    async with not_disturbed(to_the_mailbox) as here:
        caller = await here.greeted()
        await caller.presses("5")
        await caller.hears("beep")
        assert caller.heard[-2:] == ["cannot-take-calls", "leave-message"]


async def test_one_that_cannot_be_played_gives_way_to_the_standard_one_and_is_reported(here: World) -> None:
    broken = await here.appliance.mail.begin_own("maria")
    broken.write_bytes(b"RIFF")
    await here.appliance.mail.commit_own(broken, OwnRecording.UNAVAILABLE)
    caller = await caller_for_maria(here)
    await caller.hears("beep")
    assert caller.heard == STANDARD
    assert ["a recording cannot be played" in fault for fault in here.appliance.faults] == [True]


async def test_one_key_of_the_mailbox_switches_it_on_and_off(here: World) -> None:
    maria = await in_mailbox(here)
    await maria.presses("6", at=BOX)
    await maria.hears("do-not-disturb-off")
    assert here.appliance.switches.at(do_not_disturb_switch("maria")) == ""
    await maria.presses("6", at=BOX)
    await maria.hears("do-not-disturb-on")
    assert here.appliance.switches.at(do_not_disturb_switch("maria")) == ON


async def test_another_key_forwards_calls_and_no_more(here: World) -> None:
    maria = await in_mailbox(here)
    await maria.presses("7", at=BOX)
    await maria.presses("202#", at="enter-forward-number")
    await maria.presses("4", at="forward-menu")
    await maria.hears("forwarded-to")
    assert forwarding_of(here, "maria") == "with-desk 202"
    await maria.presses("7", at=BOX)
    await maria.hears("forwarded-no-more")
    assert forwarding_of(here, "maria") == ""

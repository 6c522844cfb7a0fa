"""The mailbox of a department: opened by its extension and PIN, and told of on every member's telephone."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from dataclasses import replace

import pytest

from appliance.calls.mail import OwnRecording
from tests.calls.around import leave
from tests.calls.hearing import until
from tests.calls.peopleoffice import with_departments
from tests.calls.phone import Phone
from tests.calls.test_do_not_disturb import dial_tone
from tests.calls.world import World, world

TELEPHONES = ("fxs-1", "fxs-2", "fxs-3", "fxs-4")


@pytest.fixture
def here() -> AbstractAsyncContextManager[World]:
    """The office whose sales, which are Maria and Tom, have a mailbox."""
    return world(with_departments)


async def opened(here: World, pin: str = "5823#") -> Phone:
    """Tom asks at his own telephone for the mailbox of sales."""
    tom = await here.phone("fxs-2").dials("8500")
    await tom.presses("*", at="enter-pin")
    await tom.presses("201#", at="enter-mailbox")
    await tom.presses(pin, at="enter-pin")
    return tom


async def test_lamp_and_dial_tone_of_every_member_tell_of_its_new_messages_until_they_are_heard(here: World) -> None:
    await leave(here, "sales")
    telephones = [here.phone(port) for port in TELEPHONES]
    await until(lambda: [one.lamp for one in telephones] == [True, True, False, False])
    assert [await dial_tone(here, port) for port in TELEPHONES] == ["stutter", "stutter", "dial", "dial"]
    tom = await opened(here)
    await tom.hears("you-have-new", "message-menu")
    tom.hangs_up()
    await until(lambda: [one.lamp for one in telephones] == 4 * [False])


async def test_its_pin_opens_it_and_no_members(here: World) -> None:
    tom = await opened(here, "4062#")
    await tom.hears("wrong-pin")


async def test_it_has_a_greeting_and_nothing_that_is_a_persons(here: World) -> None:
    tom = await opened(here)
    for key in ("4", "5"):
        await tom.presses(key, at="mailbox-menu")
        await tom.hears("not-valid")
    await tom.presses("3", at="mailbox-menu")
    await tom.presses("1", at="department-greetings-menu")
    await tom.presses("2", at="greeting-menu")
    await tom.hears("beep")
    await tom.says("You have reached sales. We are all out selling.")
    await tom.presses("#")
    await tom.presses("1", at="greeting-review-menu")
    await tom.hears("greeting-saved")
    assert await here.appliance.mail.own("sales", OwnRecording.GREETING) is not None
    tom.hangs_up()
    await here.ended(("surgery", "messages-heard", "on-hook"))


async def test_a_code_of_a_person_is_not_a_departments(here: World) -> None:
    caller = await here.greeted()
    await caller.presses("*78")
    await caller.presses("201#", at="enter-mailbox")
    await caller.presses("5823#", at="enter-pin")
    await caller.hears("wrong-pin")


async def test_an_office_that_leaves_it_out_is_told_of_its_messages(here: World) -> None:
    await leave(here, "sales")
    without = replace(here.appliance.office, departments=())
    assert here.appliance.left_out(without) == [
        "Sales is not in it, and has 1 message: they are kept, and can be heard again once a department with the id "
        "'sales' is in it"
    ]

"""The greetings of a mailbox by telephone: each for its reason, and the temporary one, which ends by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from appliance.calls.greetingchoice import temporary_switch
from appliance.calls.mail import OwnRecording
from appliance.office.availability import ON
from appliance.office.model import Office
from appliance.office.nightmode import NightMode
from tests.calls.around import leave
from tests.calls.mailboxes import (
    TO_MARIA,
    in_marias_greeting,
    mailbox_access_leads_to_greetings,
    recorded,
    voicemail_of_maria,
)
from tests.calls.peopleoffice import with_departments
from tests.calls.phone import Phone
from tests.calls.world import World, world

MIDNIGHT = datetime(2026, 3, 4, 5, tzinfo=UTC)
"""At the end of the day on which the unit was started, at the office in New York."""
DAY = timedelta(days=1)
AWAY = "This is Maria. I am away for a few days."


@pytest.fixture
@asynccontextmanager
async def here() -> AsyncIterator[World]:
    """The number for messages leads to the menu of the greetings."""
    async with world(voicemail_of_maria()) as one:
        mailbox_access_leads_to_greetings(one)
        yield one


async def records_a_temporary_greeting(here: World) -> Phone:
    maria = await here.phone("fxs-1").dials("8500")
    await maria.presses("5", at="greetings-menu")
    await maria.presses("2", at="temporary-greeting-menu")
    await maria.hears("beep")
    await maria.says(AWAY)
    await maria.presses("#")
    await maria.presses("1", at="greeting-review-menu")
    await maria.hears("greeting-saved", "temporary-greeting-days")
    return maria


async def before_the_beep_at_night(here: World) -> list[str]:
    """What a caller hears whom the menu still leads to Maria's mailbox when the office is closed by hand."""
    caller = await here.greeted()
    await here.appliance.switches.set_night_mode(NightMode.CLOSED)
    await caller.presses(TO_MARIA)
    await caller.hears("beep")
    heard = caller.heard
    caller.hangs_up()
    await here.all_is_free()
    await here.appliance.switches.set_night_mode(NightMode.AUTOMATIC)
    await asyncio.sleep(3)
    return heard


async def test_a_temporary_greeting_wins_over_all_until_the_midnight_behind_its_last_day(here: World) -> None:
    maria = await records_a_temporary_greeting(here)
    await maria.presses("2#")
    await maria.hears("temporary-greeting-until", "temporary-greeting-menu")
    maria.hangs_up()
    assert here.appliance.switches.until(temporary_switch("maria")) == MIDNIGHT + DAY
    assert await before_the_beep_at_night(here) == ["recording", "leave-message"]
    await asyncio.sleep((MIDNIGHT + DAY - here.appliance.now()).total_seconds())
    assert await before_the_beep_at_night(here) == ["closed-mailbox", "for-operator", "leave-message"]


async def test_whoever_hangs_up_instead_of_telling_the_days_uses_it_today(here: World) -> None:
    maria = await records_a_temporary_greeting(here)
    maria.hangs_up()
    await here.all_is_free()
    assert here.appliance.switches.until(temporary_switch("maria")) == MIDNIGHT
    assert await here.appliance.mail.own("maria", OwnRecording.TEMPORARY) is not None


async def test_a_temporary_greeting_in_use_is_told_of_and_can_be_ended(here: World) -> None:
    maria = await records_a_temporary_greeting(here)
    await maria.presses("*")
    await maria.hears("not-valid", "temporary-greeting-days")
    await maria.presses("#")
    await maria.hears("temporary-greeting-until")
    await maria.presses("*", at="temporary-greeting-menu")
    await maria.presses("5", at="greetings-menu")
    await maria.hears("temporary-greeting-until")
    await maria.presses("1", at="temporary-greeting-menu")
    await maria.hears("recording")
    await maria.presses("3", at="temporary-greeting-menu")
    await maria.hears("temporary-greeting-over")
    await maria.presses("1", at="temporary-greeting-menu")
    await maria.hears("no-temporary-greeting")
    assert here.appliance.switches.at(temporary_switch("maria")) == ""


async def test_whoever_opens_the_mailbox_is_told_of_it_and_that_heard_messages_do_not_stay() -> None:
    async with world(voicemail_of_maria(heard_messages_days=30)) as here:
        mail = here.appliance.mail
        await leave(here, "maria")
        await mail.keep(here.appliance.messages.list("maria")[0])
        await here.appliance.switches.flip(temporary_switch("maria"), ON, MIDNIGHT)
        maria = await here.phone("fxs-1").dials("8500")
        await maria.presses("7391#", at="enter-pin")
        await maria.hears("you-have-saved", "heard-are-deleted", "temporary-greeting-until", "mailbox-menu")


async def test_each_greeting_is_recorded_for_itself(here: World) -> None:
    maria = await here.phone("fxs-1").dials("8500")
    menus = {"2": "unavailable", "3": "busy-greeting", "4": "closed-greeting"}
    for key, menu in menus.items():
        await maria.presses(key, at="greetings-menu")
        await maria.presses("2", at=f"{menu}-menu")
        await maria.hears("beep")
        await maria.says(AWAY)
        await maria.presses("#")
        await maria.presses("1", at="greeting-review-menu")
        await maria.presses("*", at=f"{menu}-menu")
    await maria.hears("greetings-menu")
    mail = here.appliance.mail
    assert [what for what in OwnRecording if await mail.own("maria", what)] == [
        OwnRecording.UNAVAILABLE,
        OwnRecording.BUSY,
        OwnRecording.CLOSED,
    ]


async def test_a_greeting_for_the_reason_is_heard_before_the_regular_one(here: World) -> None:
    await recorded(here, OwnRecording.CLOSED)
    caller = await in_marias_greeting(here)
    await caller.hears("greeting-default")
    caller.hangs_up()
    assert await before_the_beep_at_night(here) == ["recording", "leave-message"]


async def test_a_colleague_is_not_told_that_the_office_is_closed(here: World) -> None:
    await here.appliance.switches.set_night_mode(NightMode.CLOSED)
    tom = await here.phone("fxs-2").dials("101")
    await tom.hears("not-available")


async def test_a_department_has_the_greetings_that_concern_it() -> None:
    def with_a_mailbox(office: Office) -> Office:
        office = with_departments(office)
        first, *others = office.departments
        return replace(office, departments=(replace(first, mailbox=True, pin="5820"), *others))

    async with world(with_a_mailbox) as here:
        mailbox_access_leads_to_greetings(here, here.appliance.office.departments[0])
        maria = await here.phone("fxs-1").dials("8500")
        await maria.presses("3", at="department-greetings-menu")
        await maria.hears("not-valid")
        await maria.presses("1", at="department-greetings-menu")
        await maria.presses("*", at="greeting-menu")
        await maria.hears("department-greetings-menu")

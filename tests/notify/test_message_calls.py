"""People are called about messages that they have not heard, and asked for the PIN."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from appliance.clock import LoopClock
from appliance.notify.messagecalls import MessageCalls, permitted
from appliance.office.model import Office, Person
from appliance.office.notifying import MessageCall, PersonNotices, WhichMessages
from appliance.store.messages import Counts
from tests.calls.around import leave
from tests.calls.hearing import until
from tests.calls.world import MORNING, example_office, world
from tests.notify.office import writes_to

CELL = "4075550150"
NEW_YORK = ZoneInfo("America/New_York")
MINUTE = 60.0


def called(**call: object) -> Callable[[Office], Office]:
    """Maria is called on her cell phone."""
    how = {"of": WhichMessages.ALL, "number": CELL} | call
    return writes_to("maria", PersonNotices(call=MessageCall(**how)))  # type: ignore[arg-type]


class Mailbox:
    """Maria's, whose messages come and are heard as a test says."""

    def __init__(self, calls: MessageCalls | None = None) -> None:
        self.holds = Counts(0, 0)
        self.calls = calls

    def counts(self, mailbox: str) -> Counts:
        return self.holds if mailbox == "maria" else Counts(0, 0)

    def has(self, new: int, urgent: int = 0) -> None:
        self.holds = Counts(new, 0, urgent)
        assert self.calls is not None
        self.calls.look()


class Calls:
    """The calls that were made: how many minutes after the beginning of the test, and where to."""

    def __init__(self, office: Office) -> None:
        loop = asyncio.get_running_loop()
        self.made: list[tuple[float, str]] = []
        self.mailbox = Mailbox()

        async def place(_person: Person, number: str) -> None:
            self.made.append((round(loop.time() / MINUTE), number))
            await asyncio.sleep(MINUTE)

        calls = MessageCalls(place, self.mailbox, LoopClock(loop, MORNING), lambda: office)  # type: ignore[arg-type]
        self.mailbox.calls = self.calls = calls
        calls.start()


async def test_calls_go_on_until_the_message_is_heard() -> None:
    calls = Calls(called()(example_office()))
    calls.mailbox.has(1)
    await asyncio.sleep(80 * MINUTE)
    calls.mailbox.has(0)
    await asyncio.sleep(60 * MINUTE)
    assert calls.made == [(10, CELL), (41, CELL), (72, CELL)]
    calls.mailbox.has(1)
    await asyncio.sleep(15 * MINUTE)
    assert len(calls.made) == 4
    await calls.calls.close()


async def test_nobody_is_called_for_ever_nor_at_night() -> None:
    calls = Calls(called(most_calls=3, every_minutes=360)(example_office()))
    calls.mailbox.has(2)
    await asyncio.sleep(10 * 24 * 60 * MINUTE)
    nine_fifteen, eight = 9 * 60 + 15, 8 * 60
    assert [minutes for minutes, _ in calls.made] == [10, 371, 24 * 60 - nine_fifteen + eight]
    await calls.calls.close()


async def test_of_urgent_messages_only_where_that_is_wanted() -> None:
    calls = Calls(called(of=WhichMessages.URGENT, after_minutes=0)(example_office()))
    calls.mailbox.has(3)
    await asyncio.sleep(20 * MINUTE)
    assert calls.made == []
    calls.mailbox.has(4, urgent=1)
    await asyncio.sleep(MINUTE)
    assert len(calls.made) == 1
    await calls.calls.close()


@pytest.mark.parametrize(
    ("begins", "ends", "at", "moment"),
    [
        (time(8), time(20), "2026-03-03 09:15", "2026-03-03 09:15"),
        (time(8), time(20), "2026-03-03 20:00", "2026-03-04 08:00"),
        (time(8), time(20), "2026-03-03 06:00", "2026-03-03 08:00"),
        (time(20), time(6), "2026-03-03 23:00", "2026-03-03 23:00"),
        (time(20), time(6), "2026-03-03 07:00", "2026-03-03 20:00"),
        (time(0), time(0), "2026-03-03 03:00", "2026-03-03 03:00"),
    ],
)
def test_the_hours_for_calls(begins: time, ends: time, at: str, moment: str) -> None:
    call = MessageCall(begins=begins, ends=ends)
    found = permitted(call, datetime.fromisoformat(at).replace(tzinfo=NEW_YORK))
    assert f"{found:%Y-%m-%d %H:%M}" == moment


async def test_whoever_answers_gives_the_pin_and_hears_the_message_and_is_called_no_more() -> None:
    async with world(called(after_minutes=1)) as here:
        cell = here.subscriber(CELL)
        await leave(here, "maria")
        await cell.rings(within=2 * MINUTE)
        cell.lifts()
        await cell.says("Hello? Maria speaking.")
        await cell.hears("enter-pin")
        await cell.presses("7391#")
        await cell.hears("you-have-new", "recording", "message-menu")
        cell.hangs_up()
        await here.all_is_free()
        ((_, outcome, _),) = here.outcomes()
        assert outcome == "messages-heard"
        assert not here.appliance.led_lit
        assert await here.appliance.lost_callers.waiting_for(None, here.appliance.office) == []
        await until(lambda: here.trunk_states() == ["idle"] * 4, within=60)


async def test_the_last_free_trunk_is_left_to_those_who_call() -> None:
    def one_trunk(office: Office) -> Office:
        return replace(called(after_minutes=1)(office), trunks=office.trunks[:1])

    async with world(one_trunk) as here:
        cell = here.subscriber(CELL)
        await leave(here, "maria")
        await asyncio.sleep(3 * MINUTE)
        assert not cell.ringing
        assert here.trunk_states() == ["idle"]


async def test_a_cell_phone_that_nobody_answers_is_hung_up_on_and_called_again() -> None:
    async with world(called(after_minutes=0, every_minutes=5)) as here:
        cell = here.subscriber(CELL)
        await leave(here, "maria")
        await cell.rings(within=20)
        await until(lambda: not cell.ringing and here.trunk_states() == ["idle"] * 4, within=80)
        await cell.rings(within=6 * MINUTE)


@pytest.mark.parametrize("at", ["ringing", "message-call", "enter-pin"])
async def test_whoever_hangs_up_on_the_call_leaves_no_line_seized_and_no_lost_caller(at: str) -> None:
    async with world(called(after_minutes=0)) as here:
        cell = here.subscriber(CELL)
        await leave(here, "maria")
        await cell.rings(within=20)
        cell.lifts()
        await cell.says("Hello?")
        if at != "ringing":
            await cell.hears(at)
        cell.hangs_up()
        await until(lambda: here.trunk_states() == ["idle"] * 4, within=60)
        await here.all_is_free()
        assert here.appliance.led_lit
        assert await here.appliance.lost_callers.waiting_for(None, here.appliance.office) == []


async def test_a_voicemail_that_answers_is_left_and_the_message_stays_new() -> None:
    async with world(called(after_minutes=0)) as here:
        cell = here.subscriber(CELL)
        await leave(here, "maria")
        await cell.rings(within=20)
        cell.lifts()
        await cell.says("Hello, you have reached my cell phone. Please leave a message after the tone.")
        await until(lambda: here.trunk_states() == ["idle"] * 4, within=120)
        await here.logs("line 4", "refused", "released")
        assert here.appliance.led_lit

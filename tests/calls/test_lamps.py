"""Lamps follow the store: whatever becomes of a message, by whomever, they are right within a second."""

from __future__ import annotations

import asyncio
import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from appliance.lamps import Signs
from appliance.office.lines import Reminder
from appliance.office.model import Office
from appliance.office.notifying import PersonNotices, WhichMessages
from appliance.store.messages import Envelope, Message, MessageStore
from hw.panel.led import LedPattern
from hw.sim.led import SimLed
from tests.calls.around import leave, tones_at
from tests.calls.hearing import until
from tests.calls.world import MORNING, World, world
from tests.store.conftest import write_wav

LIT_WITHIN_SECONDS = 0.1
RIGHT_WITHIN_SECONDS = 1.0
TOLD_WITHIN_SECONDS = 3.0
"""A telephone hears of its lamp 0.5 s after it was hung up, and it takes a second to tell it."""


def elsewhere(here: World) -> MessageStore:
    """The same messages, in the hands of another program."""
    return MessageStore(Path(here.appliance.messages.list("maria")[0].path).parents[3])


def put(store: MessageStore, mailbox: str, *, urgent: bool = False) -> Message:
    envelope = Envelope("4075550142", "", MORNING - timedelta(hours=1), seconds=2.0, urgent=urgent)
    path = store.begin(mailbox, envelope)
    write_wav(path, 2.0)
    return store.commit(path, envelope)


async def test_a_message_lights_the_led_as_soon_as_it_is_durable() -> None:
    led = SimLed()
    async with world(led=led) as here:
        await leave(here, "maria")
        kept = asyncio.get_running_loop().time()
        await until(lambda: led.pattern is LedPattern.SLOW)
        assert led.changes[0][0] - kept <= LIT_WITHIN_SECONDS
        await until(lambda: here.phone("fxs-1").lamp, within=TOLD_WITHIN_SECONDS)
        assert not here.phone("fxs-2").lamp


async def test_what_another_program_deletes_or_marks_as_new_again_is_shown_at_once() -> None:
    led = SimLed()
    async with world(led=led) as here:
        await leave(here, "maria")
        store = elsewhere(here)
        store.keep(store.list("maria")[0])
        await asyncio.sleep(RIGHT_WITHIN_SECONDS)
        assert led.pattern is LedPattern.OFF
        saved = store.list("maria")[0].path.parent
        os.rename(saved, saved.parents[1] / "new" / saved.name)
        await asyncio.sleep(RIGHT_WITHIN_SECONDS)
        assert led.pattern is LedPattern.SLOW
        store.delete(store.list("maria")[0], MORNING)
        await asyncio.sleep(RIGHT_WITHIN_SECONDS)
        assert led.pattern is LedPattern.OFF
        await asyncio.sleep(TOLD_WITHIN_SECONDS)
        assert not here.phone("fxs-1").lamp


async def test_an_urgent_message_that_another_program_brings_blinks_fast() -> None:
    led = SimLed()
    async with world(led=led) as here:
        await leave(here, "maria")
        put(elsewhere(here), "tom", urgent=True)  # Into a mailbox that had no folder yet.
        await asyncio.sleep(RIGHT_WITHIN_SECONDS)
        assert led.pattern is LedPattern.FAST


async def test_a_message_from_before_the_start_is_shown_from_the_start() -> None:
    led = SimLed()
    async with world(led=led, spoil=lambda data: put(MessageStore(data / "messages"), "maria")) as here:
        assert led.pattern is LedPattern.SLOW
        await until(lambda: here.phone("fxs-1").lamp, within=TOLD_WITHIN_SECONDS)


async def test_a_fault_blinks_twice_but_never_hides_a_message() -> None:
    led = SimLed()
    async with world(led=led) as here:
        here.appliance.trouble.report("the disk is full")
        assert (led.pattern, here.appliance.led_lit) == (LedPattern.DOUBLE, False)
        await leave(here, "maria")
        assert led.pattern is LedPattern.SLOW
        await here.appliance.mail.keep((await here.appliance.mail.messages("maria"))[0])
        assert led.pattern is LedPattern.DOUBLE
        here.appliance.trouble.withdraw("the disk is full")
        assert led.pattern is LedPattern.OFF


async def test_a_mailbox_can_have_an_led_of_its_own(here: World) -> None:
    all_of_them, of_tom = SimLed(), SimLed()
    here.appliance.use_leds(all_of_them, Signs({"tom": of_tom}))
    await leave(here, "maria")
    assert (all_of_them.pattern, of_tom.pattern) == (LedPattern.SLOW, LedPattern.OFF)
    await leave(here, "tom")
    assert of_tom.pattern is LedPattern.SLOW


async def test_a_telephone_reminds_in_the_ways_it_has() -> None:
    def quiet(office: Office) -> Office:
        front, surgery, *others = office.stations
        by_tone = replace(front, reminders=frozenset({Reminder.TONE}))
        by_lamp = replace(surgery, reminders=frozenset({Reminder.LAMP}))
        return replace(office, stations=(by_tone, by_lamp, *others))

    async with world(quiet) as here:
        await leave(here, "maria")
        await leave(here, "tom")
        await asyncio.sleep(TOLD_WITHIN_SECONDS)
        assert (here.phone("fxs-1").lamp, here.phone("fxs-2").lamp) == (False, True)
        heard = {}
        for port in ("fxs-1", "fxs-2"):
            phone = here.phone(port)
            heard[port] = tones_at(here, phone)
            phone.lifts()
            await asyncio.sleep(3)
            phone.hangs_up()
        assert ("stutter" in heard["fxs-1"], "stutter" in heard["fxs-2"]) == (True, False)


async def test_whoever_wants_to_know_of_urgent_messages_alone_has_a_dark_lamp_until_one_comes() -> None:
    def urgent_only(office: Office) -> Office:
        notices = PersonNotices(lamp=WhichMessages.URGENT)
        people = [replace(one, notify=notices) if one.id == "maria" else one for one in office.people]
        return replace(office, people=tuple(people))

    async with world(urgent_only) as here:
        await leave(here, "maria")
        await asyncio.sleep(TOLD_WITHIN_SECONDS)
        assert not here.phone("fxs-1").lamp
        put(elsewhere(here), "maria", urgent=True)
        await until(lambda: here.phone("fxs-1").lamp, within=TOLD_WITHIN_SECONDS)

"""Leaving a message: what is heard before, what may be pressed after, and hanging up at the wrong moment."""

from __future__ import annotations

import asyncio
from contextlib import AbstractContextManager
from pathlib import Path
from unittest import mock

from appliance.calls.mail import MailRoom, OwnRecording
from appliance.store.messages import Envelope, Message
from hw.sim.telephone import Telephone
from tests.calls.around import dials_inside, spoken, station_at, until
from tests.calls.world import World, world

WORDS = "This is Jane. Please call me back about my appointment on Thursday."
BETWEEN_KEYS_MS = 150


def committing_takes(seconds: float) -> AbstractContextManager[object]:
    """The disk is so slow that a message takes this long to be kept."""
    commit = MailRoom.commit

    async def slowly(mail: MailRoom, path: Path, envelope: Envelope) -> Message:
        await asyncio.sleep(seconds)
        return await commit(mail, path, envelope)

    return mock.patch.object(MailRoom, "commit", slowly)


async def at_the_beep(here: World) -> Telephone:
    """An outside caller about to leave a message for the office."""
    caller = await here.greeted()
    await caller.press("3")
    await asyncio.sleep(12)
    return caller


async def test_a_telephone_that_is_lifted_again_while_its_last_message_is_still_being_kept_makes_its_next_call() -> (
    None
):
    async with world() as here:
        telephone = await dials_inside(here, "fxs-4", "100")
        await asyncio.sleep(12)
        await here.says(telephone, WORDS)
        told: list[str] = []
        with committing_takes(6.0), spoken() as said:
            telephone.hang_up()
            await asyncio.sleep(1.0)
            telephone.observers.append(told.append)
            await dials_inside(here, "fxs-4", "102")
            await until(lambda: station_at(here, "fxs-2").ringing)
            station_at(here, "fxs-2").lift()
            await asyncio.sleep(6)
        assert told == []
        assert said.said == [("break room", "one-moment")]
        assert here.outcomes() == [("break room", "message-left", "on-hook"), ("break room", "", "")]
        assert len(here.appliance.messages.list("office")) == 1
        telephone.hang_up()
        await asyncio.sleep(2)
        assert here.outcomes()[1] == ("break room", "connected", "on-hook")


async def test_a_key_pressed_while_the_telephone_rang_does_not_cut_the_greeting_of_the_mailbox_short() -> None:
    async with world() as here:
        caller = await here.greeted()
        await caller.press("102")
        await until(lambda: station_at(here, "fxs-2").ringing)
        await caller.press("5")
        with spoken() as said:
            await asyncio.sleep(32)
        assert [what for what, _seconds in said.heard_for] == ["not-available", "leave-message"]
        assert said.heard_for[0][1] > 6.0


async def test_a_key_pressed_during_the_greeting_of_the_mailbox_goes_on_to_the_beep() -> None:
    async with world() as here:
        caller = await here.greeted()
        with spoken() as said:
            await caller.press("3")
            await asyncio.sleep(3)
            await caller.press("#")
            await asyncio.sleep(1)
        assert [what for what, _seconds in said.heard_for] == ["greeting-default-general", "leave-message"]
        assert said.heard_for[0][1] < 4.0


async def test_a_message_may_be_listened_to_any_number_of_times_before_it_is_saved() -> None:
    async with world() as here:
        caller = await at_the_beep(here)
        await here.says(caller, WORDS)
        with spoken() as said:
            await caller.press("#")
            await asyncio.sleep(1)
            for _ in range(4):
                await caller.press("2")
                await asyncio.sleep(8)
            await caller.press("1")
            await asyncio.sleep(6)
        assert said.on("main") == [
            "review-menu",
            *(4 * ["recording", "review-menu"]),
            "message-saved",
            "thank-you-goodbye",
        ]
        assert here.outcomes() == [("main", "message-left", "released")]


async def test_wrong_keys_and_silence_after_a_message_are_counted_apart_and_save_it_in_the_end() -> None:
    async with world() as here:
        caller = await at_the_beep(here)
        await here.says(caller, WORDS)
        with spoken() as said:
            await caller.press("#")
            await asyncio.sleep(1)
            await caller.press("7", off_ms=BETWEEN_KEYS_MS)
            await asyncio.sleep(3)
            await caller.press("8", off_ms=BETWEEN_KEYS_MS)
            await asyncio.sleep(60)
        assert said.on("main") == [
            *(2 * ["review-menu", "not-valid"]),
            *(3 * ["review-menu"]),
            "message-saved",
            "thank-you-goodbye",
        ]
        assert len(here.appliance.messages.list("office")) == 1


async def test_a_greeting_that_cannot_be_played_gives_way_to_the_standard_one_and_is_reported() -> None:
    async with world() as here:
        broken = await here.appliance.mail.begin_own("tom")
        broken.write_bytes(b"RIFF")
        await here.appliance.mail.commit_own(broken, OwnRecording.GREETING)
        caller = await here.greeted()
        with spoken() as said:
            await caller.press("102")
            await asyncio.sleep(40)
        assert said.on("main")[:3] == ["one-moment", "not-available", "leave-message"]
        (fault,) = here.appliance.faults
        assert fault.startswith("a recording cannot be played: ")
        assert "tom" in fault

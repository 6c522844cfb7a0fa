"""Leaving a message: what is heard before, what may be pressed after, and hanging up at the wrong moment."""

from __future__ import annotations

import asyncio
from contextlib import AbstractContextManager
from pathlib import Path
from unittest import mock

from appliance.calls.leg import POUND_SECONDS
from appliance.calls.mail import MailRoom, OwnRecording
from appliance.store.messages import Envelope, Message
from tests.calls.hearing import spoken
from tests.calls.phone import Phone
from tests.calls.world import World

WORDS = "This is Jane. Please call me back about my appointment on Thursday."
BETWEEN_KEYS_MS = 150
SLOW_DISK_SECONDS = 6.0


def committing_takes(seconds: float) -> AbstractContextManager[object]:
    """The disk is so slow that a message takes this long to be kept."""
    commit = MailRoom.commit

    async def slowly(mail: MailRoom, path: Path, envelope: Envelope) -> Message:
        await asyncio.sleep(seconds)
        return await commit(mail, path, envelope)

    return mock.patch.object(MailRoom, "commit", slowly)


async def at_the_beep(here: World) -> Phone:
    """An outside caller about to leave a message for the office."""
    caller = await here.greeted()
    await caller.presses("3")
    await caller.hears("beep")
    caller.forgets()
    return caller


async def test_a_telephone_that_is_lifted_again_while_its_last_message_is_still_being_kept_makes_its_next_call(
    here: World,
) -> None:
    telephone = await here.phone("fxs-4").dials("100")
    await telephone.hears("beep")
    await telephone.says(WORDS)
    told: list[str] = []
    with committing_takes(SLOW_DISK_SECONDS), spoken() as said:
        telephone.hangs_up()
        await asyncio.sleep(1.0)
        telephone.telephone.observers.append(told.append)
        await here.phone("fxs-4").dials("102")
        await here.phone("fxs-2").answers()
        await asyncio.sleep(SLOW_DISK_SECONDS)
    assert told == []
    assert said.said == [("break room", "one-moment")]
    assert here.outcomes() == [("break room", "message-left", "on-hook"), ("break room", "", "")]
    assert len(here.appliance.messages.list("office")) == 1
    telephone.hangs_up()
    await asyncio.sleep(2)
    assert here.outcomes()[1] == ("break room", "connected", "on-hook")


async def test_a_key_pressed_while_the_telephone_rang_does_not_cut_the_greeting_of_the_mailbox_short(
    here: World,
) -> None:
    caller = await here.greeted()
    await caller.presses("102")
    await here.phone("fxs-2").rings()
    await caller.presses("5")
    with spoken() as said:
        await caller.hears("beep")
    assert [what for what, _seconds in said.heard_for] == ["not-available", "leave-message"]
    assert said.heard_for[0][1] > 6.0


async def test_a_key_pressed_during_the_greeting_of_the_mailbox_goes_on_to_the_beep(here: World) -> None:
    caller = await here.greeted()
    with spoken() as said:
        await caller.presses("3")
        await caller.hears("greeting-default-general")
        await asyncio.sleep(POUND_SECONDS)  # Before that, a # would still belong to the 3.
        await caller.presses("#")
        await caller.hears("beep")
    assert [what for what, _seconds in said.heard_for] == ["greeting-default-general", "leave-message"]
    assert said.heard_for[0][1] < 4.0


async def test_a_message_may_be_listened_to_any_number_of_times_before_it_is_saved(here: World) -> None:
    caller = await at_the_beep(here)
    await caller.says(WORDS)
    await caller.presses("#")
    for _ in range(4):
        await caller.presses("2", at="review-menu")
    await caller.presses("1", at="review-menu")
    await caller.hears("thank-you-goodbye")
    assert caller.heard == [
        "review-menu",
        *(4 * ["recording", "review-menu"]),
        "message-saved",
        "thank-you-goodbye",
    ]
    await here.ended(("main", "message-left", "released"))


async def test_wrong_keys_and_silence_after_a_message_are_counted_apart_and_save_it_in_the_end(here: World) -> None:
    caller = await at_the_beep(here)
    await caller.says(WORDS)
    await caller.presses("#")
    await caller.presses("7", at="review-menu", pause_ms=BETWEEN_KEYS_MS)
    await caller.presses("8", at="review-menu", pause_ms=BETWEEN_KEYS_MS)
    await caller.hears("thank-you-goodbye")
    assert caller.heard == [
        *(2 * ["review-menu", "not-valid"]),
        *(3 * ["review-menu"]),
        "message-saved",
        "thank-you-goodbye",
    ]
    assert len(here.appliance.messages.list("office")) == 1


async def test_a_greeting_that_cannot_be_played_gives_way_to_the_standard_one_and_is_reported(here: World) -> None:
    broken = await here.appliance.mail.begin_own("tom")
    broken.write_bytes(b"RIFF")
    await here.appliance.mail.commit_own(broken, OwnRecording.GREETING)
    caller = await here.greeted()
    await caller.presses("102")
    await caller.hears("not-available", "leave-message")
    (fault,) = here.appliance.faults
    assert fault.startswith("a recording cannot be played: ")
    assert "tom" in fault

"""A message that was recorded: added to, marked, cancelled, without the silence at its end, and never too long."""

from __future__ import annotations

import asyncio
import errno
from unittest import mock

import numpy as np
import pytest

from appliance.calls.recording import WARNED_SECONDS
from appliance.wav.clip import read_clip
from appliance.wav.writer import WavWriter
from hw.audio import SAMPLE_RATE, Frame
from tests.calls.mailboxes import WORDS, at_marias_beep, voicemail_of_maria
from tests.calls.phone import Phone
from tests.calls.world import World, world

MORE = "And please bring the blue folder along."
LEFT_SECONDS = 0.3
"""Of the silence at the end."""


async def reviews(here: World) -> Phone:
    """A caller who has spoken for Maria, and hears what can be done with it."""
    caller = await at_marias_beep(here)
    await caller.says(WORDS)
    await caller.presses("#")
    await caller.hears("review-menu")
    return caller


async def seconds_of(here: World, *texts: str) -> float:
    return sum([len(await here.speech(text)) for text in texts]) / SAMPLE_RATE


async def test_what_is_added_stands_behind_the_end_of_the_message() -> None:
    async with world(voicemail_of_maria()) as here:
        caller = await reviews(here)
        await caller.presses("4")
        await caller.hears("go-on-after-tone", "beep")
        await caller.says(MORE)
        await caller.presses("#")
        await caller.presses("2", at="review-menu")
        await caller.hears("recording")
        await caller.presses("1", at="review-menu")
        await here.ended(("main", "message-left", "released"))
        (message,) = here.appliance.messages.list("maria")
        assert message.seconds == pytest.approx(await seconds_of(here, WORDS, MORE), abs=1.0)
        assert len(read_clip(message.path)) / SAMPLE_RATE == pytest.approx(message.seconds, abs=0.01)


async def test_who_hangs_up_while_adding_has_left_all_of_it() -> None:
    async with world(voicemail_of_maria()) as here:
        caller = await reviews(here)
        await caller.presses("4")
        await caller.hears("beep")
        await caller.says(MORE)
        caller.hangs_up()
        await here.ended(("main", "message-left", "loop-break"))
        (message,) = here.appliance.messages.list("maria")
        assert message.seconds == pytest.approx(await seconds_of(here, WORDS, MORE), abs=1.0)


async def test_a_disk_that_is_full_while_something_is_added_keeps_what_was_there() -> None:
    def full(_writer: WavWriter, _sound: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    async with world(voicemail_of_maria()) as here:
        caller = await reviews(here)
        with mock.patch.object(WavWriter, "append", full):
            await caller.presses("4")
            await caller.hears("beep")
            await caller.says(MORE)
            await caller.hears("recording-stopped-disk-full", "goodbye")
        await here.ended(("main", "message-left", "released"))
        (message,) = here.appliance.messages.list("maria")
        assert len(read_clip(message.path)) / SAMPLE_RATE == pytest.approx(await seconds_of(here, WORDS), abs=1.0)
        assert here.appliance.faults == ["the disk is full: a message had to be cut short"]


async def test_marks_are_confirmed_taken_away_again_and_kept_with_the_message() -> None:
    async with world(voicemail_of_maria()) as here:
        caller = await reviews(here)
        await caller.presses("5")
        await caller.hears("marked-urgent")
        await caller.presses("6", at="review-menu")
        await caller.hears("marked-private")
        await caller.presses("5", at="review-menu")
        await caller.hears("marked-urgent-no-more", "review-menu")
        caller.hangs_up()
        await here.ended(("main", "message-left", "loop-break"))
        (message,) = here.appliance.messages.list("maria")
        assert (message.urgent, message.private) == (False, True)


async def test_a_disk_that_takes_no_mark_is_asked_again_when_the_message_is_kept() -> None:
    async def refused(*_args: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    async with world(voicemail_of_maria()) as here:
        caller = await reviews(here)
        with mock.patch("appliance.calls.mail.MailRoom.redraft", refused):
            await caller.presses("5")
            await caller.hears("marked-urgent")
        await caller.presses("1", at="review-menu")
        await here.ended(("main", "message-left", "released"))
        (message,) = here.appliance.messages.list("maria")
        assert message.urgent


async def test_a_message_that_is_cancelled_leaves_nothing_and_its_caller_is_a_lost_one() -> None:
    async with world(voicemail_of_maria()) as here:
        caller = await reviews(here)
        await caller.presses("*")
        await caller.hears("message-cancelled", "goodbye")
        await here.ended(("main", "abandoned", "released"))
        assert here.appliance.messages.list("maria") == []
        (lost,) = await here.appliance.lost_callers.waiting_for(None, here.appliance.office)
        assert lost.last.wanted == "maria"


async def test_one_who_says_nothing_is_counted_with_the_number_and_the_time() -> None:
    async with world(voicemail_of_maria()) as here:
        caller = await at_marias_beep(here)
        caller.hangs_up()
        await here.ended(("main", "abandoned", "loop-break"))
        (lost,) = await here.appliance.lost_callers.waiting_for(None, here.appliance.office)
        assert (lost.number, lost.last.wanted) == (caller.telephone.name, "maria")
        assert here.appliance.messages.list("maria") == []


@pytest.mark.parametrize("ends", ["hangs up", "presses the key"])
async def test_of_the_silence_at_the_end_a_moment_is_left(ends: str) -> None:
    async with world(voicemail_of_maria()) as here:
        caller = await at_marias_beep(here)
        await caller.says(WORDS)
        await asyncio.sleep(5)
        if ends == "hangs up":
            caller.hangs_up()
        else:
            await caller.presses("#")
            await caller.presses("1", at="review-menu")
        await here.all_is_free()
        (message,) = here.appliance.messages.list("maria")
        assert message.seconds == pytest.approx(await seconds_of(here, WORDS) + LEFT_SECONDS, abs=0.4)


async def test_a_tone_tells_that_the_longest_length_is_near_and_then_the_message_is_kept() -> None:
    longest = 40.0
    async with world(voicemail_of_maria(longest_message_seconds=longest)) as here:
        caller = await at_marias_beep(here)
        began = asyncio.get_running_loop().time()
        tones: list[float] = []

        def listens(frame: Frame) -> None:
            if is_the_warning(frame):
                tones.append(asyncio.get_running_loop().time() - began)

        caller.telephone.listeners.append(listens)
        talking = asyncio.create_task(talks(here, caller))
        await caller.hears("message-as-long-as-it-may-be")
        talking.cancel()
        assert min(tones) == pytest.approx(longest - WARNED_SECONDS, abs=0.3)
        assert max(tones) - min(tones) < 0.5
        (message,) = here.appliance.messages.list("maria")
        assert message.seconds == pytest.approx(longest, abs=1.0)


def is_the_warning(frame: Frame) -> bool:
    """Whether most of what is heard in this moment is a tone of 1000 Hz."""
    wave = frame.astype(np.float64)
    at_1000 = abs(wave @ np.exp(-2j * np.pi * 1000 * np.arange(len(wave)) / SAMPLE_RATE)) ** 2 * 2 / len(wave)
    energy = float(wave @ wave)
    return energy > 1e6 and at_1000 > 0.7 * energy


async def talks(here: World, caller: Phone) -> None:
    while True:
        await caller.says(WORDS)

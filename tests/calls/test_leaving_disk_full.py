"""The disk becomes full at each step of leaving a message: what was told is so, and the caller is told the truth."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from appliance.store.disk import Disk
from appliance.wav.writer import WavWriter
from tests.calls.mailboxes import TO_MARIA, WORDS, voicemail_of_maria
from tests.calls.phone import Phone
from tests.calls.world import World, world

STEPS = 9
"""Operations that need room, until the message is kept; one more, and nothing fails."""


@contextmanager
def full_after(operations: int) -> Iterator[list[str]]:
    """What needs room fails once so many such operations were done. Gives their names, and then "full"."""
    done: list[str] = []

    def failing(kind: type, name: str) -> Any:
        real = getattr(kind, name)

        def operation(*args: Any) -> Any:
            if len(done) >= operations:
                done.append("full")
                raise OSError(errno.ENOSPC, "No space left on device")
            done.append(name)
            return real(*args)

        return mock.patch.object(kind, name, operation)

    with failing(Disk, "make_folder"), failing(Disk, "write"), failing(WavWriter, "append"):
        yield done


async def leaves_a_message(caller: Phone) -> None:
    await caller.hears("beep")
    await caller.says(WORDS)
    await caller.presses("#")
    await caller.presses("5", at="review-menu")
    await caller.presses("1", at="review-menu")
    await caller.hears("message-saved")


async def tried(here: World, operations: int) -> tuple[list[str], bool]:
    """What the caller heard from the beep on, and whether the disk was full."""
    caller = await here.greeted()
    await caller.presses(TO_MARIA)
    await caller.hears("leave-message")
    caller.forgets()
    with full_after(operations) as done:
        speaking = asyncio.create_task(leaves_a_message(caller))
        await here.all_is_free(within=90)
        speaking.cancel()
        await asyncio.gather(speaking, return_exceptions=True)
    caller.hangs_up()
    await asyncio.sleep(5)
    return caller.heard, "full" in done


async def test_at_whichever_step_the_disk_is_full_a_message_that_was_told_to_be_saved_is_there() -> None:
    async with world(voicemail_of_maria()) as here:
        ends: set[str] = set()
        for operations in range(40):
            before = len(here.appliance.messages.list("maria"))
            heard, full = await tried(here, operations)
            kept = len(here.appliance.messages.list("maria")) - before
            told = {"message-saved", "recording-stopped-disk-full"} & set(heard)
            assert kept == bool(told), f"{heard} after {operations} operations"
            assert heard[-1] in ("goodbye", "thank-you-goodbye"), f"{heard} after {operations} operations"
            assert here.trunk_states() == ["idle"] * 4
            ends |= told or {"nothing"}
            if not full:
                break
        assert not full
        assert operations >= STEPS
        assert ends == {"nothing", "recording-stopped-disk-full", "message-saved"}
        assert here.appliance.messages.recover() == []

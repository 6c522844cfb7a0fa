"""Tones on a line: which of them tell that the far end has gone, where, and when."""

from __future__ import annotations

import asyncio

import pytest

from hw.audio import Samples
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import Tone, parse_tone, tone_plan
from tests.calls.around import lines_off_hook, until
from tests.calls.world import world

BUSY = tone_plan("us").busy
UNKNOWN = parse_tone("480+620: 0.35/0.35", -20)
FOREIGN = parse_tone("425: 0.5/0.5", -20)
STEADY = parse_tone("425", -20)
HIGH_AND_LOW = parse_tone("450: 0.4, 600: 0.4", -20)
HIGH = parse_tone("1590: 0.3/0.3", -20)
FAST = parse_tone("450: 0.08/0.08", -20)
TONES = {"unknown": UNKNOWN, "foreign": FOREIGN, "steady": STEADY, "high and low": HIGH_AND_LOW, "high": HIGH}


def cycles_of(tone: Tone, count: int) -> Samples:
    return tone_samples(tone, count * sum(segment.seconds or 0.0 for segment in tone.segments))


@pytest.mark.parametrize("tone", [BUSY, UNKNOWN, FOREIGN])
@pytest.mark.parametrize("cycles", [2, 4, 6, 8])
@pytest.mark.parametrize("before", [True, False])
async def test_a_third_partys_busy_tone_ends_no_conversation_that_goes_on(
    tone: Tone, cycles: int, before: bool
) -> None:
    async with world() as here:
        caller, maria = await here.connected()
        talker = caller if before else maria
        await here.says(talker, "Let me get my husband on the line.")
        await caller.send(cycles_of(tone, cycles))
        await here.says(talker, "He is busy, never mind.")
        await asyncio.sleep(10)
        assert caller.off_hook
        assert here.trunk_states()[0] == "up"


@pytest.mark.parametrize("tone", [BUSY, UNKNOWN])
async def test_a_tone_that_somebody_speaks_over_ends_no_conversation(tone: Tone) -> None:
    async with world() as here:
        caller, maria = await here.connected()
        sending = asyncio.create_task(caller.send(cycles_of(tone, 40)))
        for _ in range(6):
            await here.says(maria, "Do you hear that tone, too?")
            await asyncio.sleep(1)
        assert here.trunk_states()[0] == "up"
        caller.stop_speaking()
        await sending


@pytest.mark.parametrize("tone", [BUSY, *TONES.values()])
async def test_a_tone_that_goes_on_and_on_ends_a_conversation(tone: Tone) -> None:
    async with world() as here:
        caller, maria = await here.connected()
        await here.says(maria, "Goodbye.")
        sending = asyncio.create_task(caller.send(tone_samples(tone, 60.0)))
        await until(lambda: here.trunk_states()[0] != "up", within=14.0)
        caller.hang_up()
        await sending


@pytest.mark.parametrize("tone", [*TONES.values(), FAST], ids=[*TONES, "fast"])
async def test_a_message_of_nothing_but_a_tone_is_none(tone: Tone) -> None:
    async with world() as here:
        caller = await here.greeted()
        await caller.press("3")
        await asyncio.sleep(12)
        await caller.send(tone_samples(tone, 60.0))
        caller.hang_up()
        await asyncio.sleep(5)
        assert here.appliance.messages.list("general") == []
        assert lines_off_hook(here) == []


async def test_a_line_that_told_a_hang_up_by_its_current_needs_a_tone_three_times_as_long() -> None:
    async with world() as here:
        first, maria = await here.connected()
        first.hang_up()
        await asyncio.sleep(3)
        maria.hang_up()
        await asyncio.sleep(8)
        caller, _ = await here.connected()
        sending = asyncio.create_task(caller.send(tone_samples(BUSY, 60.0)))
        await asyncio.sleep(25)
        assert here.trunk_states()[0] == "up"
        await until(lambda: here.trunk_states()[0] != "up", within=10.0)
        caller.hang_up()
        await sending

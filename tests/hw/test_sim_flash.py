"""Hook flash as lines fail at it: the service, the length of the flash, and recall dial tone."""

from __future__ import annotations

import asyncio

import pytest

from hw.audio import level_dbm0
from hw.linecard import LoopBroken
from tests.hw.simtalk import JANE_ALONE, flashed, hear_each
from tests.hw.simworld import BOB, network, pitch, sine


async def test_without_the_service_a_flash_does_nothing_and_digits_go_to_the_caller() -> None:
    async with network(trunk={"three_way": False}) as world:
        trunk = await world.answered(world.jane)
        world.jane_hears.forget()
        await flashed(trunk)
        await trunk.dial(BOB)
        assert level_dbm0(world.jane_hears.last(0.5)) > -30
        await asyncio.sleep(4)
        assert (trunk.tones, world.bob.ringing, LoopBroken() in trunk.events) == ([], False, False)
        assert await hear_each(world, trunk) == JANE_ALONE


async def test_nothing_is_heard_of_who_flashes_while_the_loop_is_open() -> None:
    async with network(trunk={"three_way": False}) as world:
        trunk = await world.answered(world.jane)
        await trunk.say(sine(700, 0.3))
        trunk.port.flash(500)
        world.jane_hears.forget()
        await trunk.say(sine(700, 0.4))
        assert level_dbm0(world.jane_hears.last(0.3)) < -55
        world.jane.flash(150)
        trunk.samples.clear()
        speaking = asyncio.create_task(world.jane.speak(sine(1300, 1)))
        await asyncio.sleep(0.14)
        assert level_dbm0(trunk.last(0.1)) < -55
        await speaking
        assert abs(pitch(trunk.last(0.3)) - 1300) < 20


@pytest.mark.parametrize("ms", [110, 250, 290])
async def test_a_flash_shorter_than_the_line_accepts_changes_nothing(ms: int) -> None:
    async with network(trunk={"flash_accept_ms": (300, 1000)}) as world:
        trunk = await world.answered(world.jane)
        await flashed(trunk, ms)
        assert trunk.tones == []
        assert await hear_each(world, trunk) == JANE_ALONE


async def test_a_flash_as_short_as_a_dialled_pulse_changes_nothing_in_a_call() -> None:
    async with network(trunk={"flash_accept_ms": (300, 1000)}) as world:
        trunk = await world.answered(world.jane)
        await flashed(trunk, 60)
        assert trunk.tones == []
        assert await hear_each(world, trunk) == JANE_ALONE


@pytest.mark.parametrize("ms", [300, 650, 1000])
async def test_a_flash_that_the_line_accepts_gives_recall_dial_tone(ms: int) -> None:
    async with network(trunk={"flash_accept_ms": (300, 1000)}) as world:
        trunk = await world.answered(world.jane)
        await flashed(trunk, ms)
        assert trunk.tones == ["recall"]


@pytest.mark.parametrize("ms", [270, 500, 1000])
async def test_a_flash_longer_than_the_line_accepts_hangs_up(ms: int) -> None:
    """Dial tone, and not recall dial tone, tells the line that its caller has gone, and the caller is told so."""
    async with network(trunk={"flash_accept_ms": (50, 130)}) as world:
        told: list[str] = []
        world.jane.observers.append(told.append)
        trunk = await world.answered(world.jane)
        world.jane_hears.forget()
        await flashed(trunk, ms)
        await asyncio.sleep(4)
        assert trunk.tones == ["dial"]
        assert (told, world.jane_hears.tones) == (["loop-break"], ["dial"])


@pytest.mark.parametrize("ms", [140, 240])
async def test_a_break_between_the_longest_flash_and_a_hang_up_changes_nothing(ms: int) -> None:
    async with network(trunk={"flash_accept_ms": (50, 130)}) as world:
        trunk = await world.answered(world.jane)
        await flashed(trunk, ms)
        assert trunk.tones == []
        assert await hear_each(world, trunk) == JANE_ALONE


async def test_recall_dial_tone_may_be_late_and_what_is_dialled_before_is_lost() -> None:
    async with network(trunk={"recall_after_s": 4.0}) as world:
        trunk = await world.answered(world.jane)
        await flashed(trunk)
        assert trunk.tones == []
        await trunk.dial("1")
        await asyncio.sleep(3)
        assert trunk.tones == ["recall"]
        await trunk.dial(BOB)
        await asyncio.sleep(3)
        assert world.bob.ringing


async def test_digits_may_be_taken_without_recall_dial_tone() -> None:
    async with network(trunk={"recall": "silent"}) as world:
        trunk = await world.answered(world.jane)
        await flashed(trunk)
        assert level_dbm0(trunk.last(2)) < -55
        await trunk.dial(BOB)
        await asyncio.sleep(8)
        assert (world.bob.ringing, trunk.tones) == (True, ["ringback"])


async def test_where_nothing_follows_a_flash_the_caller_waits_in_silence_until_the_next_one() -> None:
    async with network(trunk={"recall": "dead"}) as world:
        trunk = await world.answered(world.jane)
        await flashed(trunk)
        world.jane_hears.forget()
        await trunk.dial(BOB)
        await asyncio.sleep(30)
        assert (world.bob.ringing, trunk.tones) == (False, [])
        assert (level_dbm0(trunk.last(20)) < -55, level_dbm0(world.jane_hears.last(30)) < -55) == (True, True)
        await flashed(trunk)
        assert await hear_each(world, trunk) == JANE_ALONE

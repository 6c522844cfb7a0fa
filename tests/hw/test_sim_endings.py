"""How the exchange tells each side that the other has gone."""

from __future__ import annotations

import asyncio

import pytest

from hw.audio import level_dbm0
from hw.linecard import LineEvent, LoopBroken, PolarityReversed
from hw.sim.circuit import FarEndSignal
from tests.hw.simworld import network


@pytest.mark.parametrize(
    ("ending", "event", "tones"),
    [
        ("loop-break", LoopBroken(), ["dial"]),
        ("polarity", PolarityReversed(True), []),
        ("busy", None, ["busy"]),
        ("reorder", None, ["reorder"]),
        ("silence", None, []),
    ],
)
async def test_a_trunk_is_told_that_the_caller_has_gone(
    ending: FarEndSignal, event: LineEvent | None, tones: list[str]
) -> None:
    async with network(trunk={"ending": ending}) as world:
        trunk = await world.answered(world.jane)
        before = len(trunk.events)
        world.jane.hang_up()
        await asyncio.sleep(8)
        assert trunk.events[before:] == ([event] if event else [])
        assert trunk.tones == tones
        if not tones:
            assert level_dbm0(trunk.last(2)) < -55


async def test_a_loop_break_lasts_as_long_as_the_trunk_is_set_to() -> None:
    async with network(trunk={"loop_break_ms": 240}) as world:
        trunk = await world.answered(world.jane)
        before = len(trunk.events)
        world.jane.hang_up()
        await asyncio.sleep(8)
        assert trunk.events[before:] == []


async def test_dial_tone_follows_a_loop_break_and_can_be_dialled_on() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        world.jane.hang_up()
        await asyncio.sleep(30)
        assert trunk.tones == ["dial", "reorder"]


async def test_a_reversed_line_is_normal_again_when_released() -> None:
    async with network(trunk={"ending": "polarity"}) as world:
        trunk = await world.answered(world.jane)
        world.jane.hang_up()
        await asyncio.sleep(3)
        trunk.port.release()
        await asyncio.sleep(2)
        assert trunk.events[-2:] == [PolarityReversed(True), PolarityReversed(False)]


async def test_in_north_america_a_caller_left_alone_gets_a_loop_break_and_dial_tone() -> None:
    async with network() as world:
        told: list[str] = []
        world.jane.observers.append(told.append)
        trunk = await world.answered(world.jane)
        world.jane_hears.forget()
        trunk.port.release()
        await asyncio.sleep(8)
        assert (told, world.jane_hears.tones) == (["loop-break"], ["dial"])


async def test_elsewhere_a_caller_left_alone_hears_busy() -> None:
    async with network("uk") as world:
        trunk = await world.answered(world.jane)
        world.jane_hears.forget()
        trunk.port.release()
        await asyncio.sleep(5)
        assert world.jane_hears.tones == ["busy"]


async def test_a_line_that_hung_up_can_be_called_again_at_once() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        trunk.port.release()
        await asyncio.sleep(1.2)
        before = len(trunk.events)
        await world.call(world.bob, "5550100")
        await asyncio.sleep(2)
        assert len(trunk.events) == before + 1

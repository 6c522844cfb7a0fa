"""Calling-party control: the exchange keeps a call for a while when the called side hangs up."""

from __future__ import annotations

import asyncio

from hw.audio import level_dbm0
from tests.hw.simtalk import JANE_ALONE, flashed, hear_each
from tests.hw.simworld import BOB, network


async def test_a_call_that_the_exchange_keeps_goes_on_when_the_called_line_is_lifted_again() -> None:
    async with network(trunk={"holds_s": 5.0}) as world:
        told: list[str] = []
        world.jane.observers.append(told.append)
        trunk = await world.answered(world.jane)
        trunk.port.release()
        world.jane_hears.forget()
        await asyncio.sleep(4.5)
        assert level_dbm0(world.jane_hears.last(4)) < -55
        trunk.tones.clear()
        trunk.port.seize()
        await asyncio.sleep(3)
        assert (told, world.jane_hears.tones, trunk.tones) == ([], [], [])
        assert await hear_each(world, trunk) == JANE_ALONE


async def test_a_flash_taken_for_a_hang_up_brings_the_caller_back_where_the_call_is_kept() -> None:
    async with network(trunk={"holds_s": 5.0, "flash_accept_ms": (50, 130)}) as world:
        trunk = await world.answered(world.jane)
        await flashed(trunk, 500)
        await asyncio.sleep(6)
        assert trunk.tones == []
        assert await hear_each(world, trunk) == JANE_ALONE


async def test_a_call_is_kept_no_longer_than_that() -> None:
    async with network(trunk={"holds_s": 5.0}) as world:
        told: list[str] = []
        world.jane.observers.append(told.append)
        trunk = await world.answered(world.jane)
        trunk.port.release()
        await asyncio.sleep(5.9)
        assert told == []
        await asyncio.sleep(1)
        assert told == ["loop-break"]
        trunk.port.seize()
        await asyncio.sleep(3)
        assert trunk.tones == ["dial"]


async def test_a_line_whose_call_is_kept_is_busy_to_others_and_free_when_the_caller_leaves() -> None:
    async with network(trunk={"holds_s": 10.0}) as world:
        trunk = await world.answered(world.jane)
        trunk.port.release()
        await world.call(world.bob, "5550100")
        await asyncio.sleep(3)
        assert world.bob_hears.tones == ["dial", "busy"]
        world.bob.hang_up()
        world.jane.hang_up()
        await asyncio.sleep(2)
        trunk.port.seize()
        await asyncio.sleep(3)
        assert trunk.tones == ["dial"]


async def test_a_call_that_the_line_made_is_never_kept() -> None:
    async with network(trunk={"holds_s": 10.0}) as world:
        trunk = world.trunks[0]
        trunk.port.seize()
        await asyncio.sleep(1)
        await trunk.dial(BOB)
        await asyncio.sleep(4)
        world.bob.lift()
        await asyncio.sleep(1)
        trunk.port.release()
        await asyncio.sleep(8)
        assert world.bob_hears.tones == ["dial"]

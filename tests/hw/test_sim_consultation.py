"""A caller on hold behind a hook flash: who is left when somebody goes, and transfer by hanging up."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from hw.audio import level_dbm0
from hw.linecard import LoopBroken, RingStarted
from hw.sim.circuit import FarEndSignal
from tests.hw.simtalk import JANE_ALONE, calling_bob, consulting, flashed, hear_each
from tests.hw.simworld import BOB, JANE, Trunk, World, network, sine


async def test_the_caller_on_hold_hears_nothing_of_what_the_line_dials_hears_and_says() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        world.jane_hears.forget()
        await flashed(trunk)
        await trunk.dial(BOB)
        await asyncio.sleep(5)
        world.bob.lift()
        await asyncio.sleep(1)
        await trunk.say(sine(700, 1))
        assert max(level_dbm0(frame) for frame in world.jane_hears.samples) < -55


async def test_the_line_is_not_told_when_the_caller_on_hold_leaves_and_goes_on_consulting() -> None:
    async with network() as world:
        trunk = await consulting(world)
        before = len(trunk.events)
        trunk.tones.clear()
        world.jane.hang_up()
        await asyncio.sleep(8)
        assert (trunk.events[before:], trunk.tones) == ([], [])
        assert await hear_each(world, trunk) == {"trunk": {"bob"}, "jane": set(), "bob": {"trunk"}}


async def test_behind_a_caller_who_left_on_hold_a_flash_holds_the_party_consulted() -> None:
    """The two of them are an ordinary call by now: the flash that was to join three gives recall dial tone."""
    async with network() as world:
        trunk = await consulting(world)
        world.jane.hang_up()
        await asyncio.sleep(2)
        await flashed(trunk)
        assert trunk.tones == ["recall"]
        await flashed(trunk)
        assert await hear_each(world, trunk) == {"trunk": {"bob"}, "jane": set(), "bob": {"trunk"}}


async def test_behind_a_caller_who_left_on_hold_a_flash_does_nothing_while_the_second_party_rings() -> None:
    async with network() as world:
        trunk = await calling_bob(world)
        world.jane.hang_up()
        await asyncio.sleep(2)
        await flashed(trunk)
        await asyncio.sleep(6)
        assert (trunk.tones, world.bob.ringing) == (["ringback"], True)
        trunk.port.release()
        await asyncio.sleep(7)
        assert not world.bob.ringing


async def test_behind_a_caller_who_left_on_hold_a_flash_does_nothing_at_a_tone() -> None:
    async with network() as world:
        world.bob.lift()
        trunk = await calling_bob(world)
        world.jane.hang_up()
        await asyncio.sleep(2)
        await flashed(trunk)
        await asyncio.sleep(6)
        assert (trunk.tones, LoopBroken() in trunk.events) == (["busy"], False)


async def test_a_caller_transferred_blind_hears_ringback_and_then_the_callee() -> None:
    async with network() as world:
        trunk = await calling_bob(world)
        await asyncio.sleep(3)
        world.jane_hears.forget()
        trunk.port.release()
        await asyncio.sleep(6)
        assert world.jane_hears.tones == ["ringback"]
        world.bob.lift()
        await asyncio.sleep(1)
        assert await hear_each(world, trunk) == {"trunk": set(), "jane": {"bob"}, "bob": {"jane"}}
        assert not any(isinstance(event, RingStarted) for event in trunk.events[-1:])


async def test_a_caller_transferred_blind_who_hangs_up_ends_the_ringing() -> None:
    async with network() as world:
        trunk = await calling_bob(world)
        await asyncio.sleep(3)
        trunk.port.release()
        await asyncio.sleep(3)
        world.jane.hang_up()
        await asyncio.sleep(7)
        assert not world.bob.ringing
        await world.call(world.subscriber("5550166")[0], BOB)
        await asyncio.sleep(2)
        assert world.bob.ringing


async def answers_ringing_back(world: World, trunk: Trunk) -> None:
    """The trunk was released with Jane on hold: it rings, she hears ringback, and it can answer her."""
    world.jane_hears.forget()
    trunk.events.clear()
    await asyncio.sleep(5)
    assert (RingStarted() in trunk.events, world.jane_hears.tones) == (True, ["ringback"])
    assert trunk.caller_ids[-1].number == JANE
    trunk.port.seize()
    await asyncio.sleep(1)
    assert await hear_each(world, trunk) == JANE_ALONE


@pytest.mark.parametrize("trunk_services", [{}, {"transfer": False}])
async def test_who_hangs_up_at_the_third_partys_busy_tone_is_rung_back_by_the_caller(
    trunk_services: dict[str, Any],
) -> None:
    async with network(trunk=trunk_services) as world:
        world.bob.lift()
        trunk = await calling_bob(world)
        await asyncio.sleep(3)
        world.bob.hang_up()
        trunk.port.release()
        await answers_ringing_back(world, trunk)


async def test_who_hangs_up_at_recall_dial_tone_is_rung_back_by_the_caller() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        await flashed(trunk)
        trunk.port.release()
        await answers_ringing_back(world, trunk)


async def test_without_transfer_who_hangs_up_while_the_third_party_rings_is_rung_back() -> None:
    async with network(trunk={"transfer": False}) as world:
        trunk = await calling_bob(world)
        await asyncio.sleep(3)
        trunk.port.release()
        await answers_ringing_back(world, trunk)
        await asyncio.sleep(3)
        assert not world.bob.ringing


async def test_without_transfer_who_hangs_up_in_a_consultation_is_rung_back_and_the_third_party_has_gone() -> None:
    async with network(trunk={"transfer": False}) as world:
        trunk = await consulting(world)
        trunk.port.release()
        await asyncio.sleep(1)
        world.bob.hang_up()
        await answers_ringing_back(world, trunk)


async def test_a_line_rung_back_rings_no_more_when_the_caller_has_gone() -> None:
    async with network(trunk={"transfer": False}) as world:
        trunk = await consulting(world)
        trunk.port.release()
        await asyncio.sleep(3)
        world.jane.hang_up()
        await asyncio.sleep(1)
        trunk.events.clear()
        await asyncio.sleep(8)
        assert trunk.events == []


@pytest.mark.parametrize("ending", ["loop-break", "busy"])
async def test_without_transfer_hanging_up_in_a_talk_of_three_ends_it_for_all(ending: FarEndSignal) -> None:
    async with network(trunk={"transfer": False, "ending": ending}) as world:
        trunk = await consulting(world)
        await flashed(trunk)
        trunk.port.release()
        world.jane_hears.forget()
        world.bob_hears.forget()
        await asyncio.sleep(8)
        assert (world.jane_hears.tones, world.bob_hears.tones) == (["dial"], ["dial"])


async def test_a_caller_who_holds_the_line_herself_keeps_her_own_call_while_it_is_rung_back() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        world.jane.flash()
        await asyncio.sleep(2)
        await world.jane.press(BOB)
        await asyncio.sleep(4)
        world.bob.lift()
        await asyncio.sleep(1)
        await flashed(trunk)
        trunk.port.release()
        await asyncio.sleep(4)
        assert RingStarted() in trunk.events[-2:]
        assert await hear_each(world, trunk) == {"trunk": set(), "jane": {"bob"}, "bob": {"jane"}}

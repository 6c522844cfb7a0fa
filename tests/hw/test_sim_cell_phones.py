"""What is met where a cell phone is called: its voicemail, the network in its place, a pocket, busy circuits."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from hw.audio import Samples, level_dbm0
from hw.dsp.dtmf import DtmfReceiver
from hw.linecard import LoopBroken, PolarityReversed
from hw.sim.circuit import FarEndSignal
from hw.sim.pocket import pocket_sound
from tests.hw.signals import frames
from tests.hw.simworld import Trunk, World, network, pitch, sine

CELL = "5550166"


async def calls_out(world: World, number: str = CELL) -> Trunk:
    """The trunk dials out, and has dialled."""
    trunk = world.trunks[0]
    trunk.port.seize()
    await asyncio.sleep(1)
    await trunk.dial(number)
    trunk.tones.clear()
    trunk.samples.clear()
    return trunk


def times_heard(samples: list[Samples], hertz: float) -> int:
    """How often a sound of this pitch began."""
    there = [level_dbm0(frame) > -35 and abs(pitch(frame) - hertz) < 30 for frame in samples]
    return sum(now and not before for before, now in zip([False, *there], there, strict=False))


# The network in place of the telephone


async def test_an_unreachable_cell_phone_is_said_to_be_so_three_times_and_the_call_is_cleared() -> None:
    async with network() as world:
        world.subscriber(CELL, behaviour="unreachable", greeting=sine(900, 2))
        trunk = await calls_out(world)
        await asyncio.sleep(25)
        assert times_heard(trunk.samples, 900) == 3
        assert trunk.tones == ["ringback", "dial"]
        assert LoopBroken() in trunk.events
        assert not world.exchange.telephones[CELL].off_hook


@pytest.mark.parametrize("ending", ["busy", "reorder"])
async def test_behind_the_announcement_a_line_without_loop_breaks_gets_its_tone(ending: FarEndSignal) -> None:
    async with network(trunk={"ending": ending}) as world:
        world.subscriber(CELL, behaviour="unreachable", greeting=sine(900, 2))
        trunk = await calls_out(world)
        await asyncio.sleep(25)
        assert trunk.tones == ["ringback", ending]


async def test_an_announcement_is_no_answer_where_answers_are_told() -> None:
    async with network(trunk={"answer_supervision": True}) as world:
        world.subscriber(CELL, behaviour="unreachable", greeting=sine(900, 2))
        world.subscriber("5550177", behaviour="answers")
        trunk = await calls_out(world)
        await asyncio.sleep(12)
        assert (times_heard(trunk.samples, 900) > 0, PolarityReversed(True) in trunk.events) == (True, False)
        trunk.port.release()
        await asyncio.sleep(3)
        await calls_out(world, "5550177")
        await asyncio.sleep(9)
        assert PolarityReversed(True) in trunk.events


async def test_an_announcement_ends_when_nobody_listens_any_more() -> None:
    async with network() as world:
        cell, _ = world.subscriber(CELL, behaviour="unreachable", greeting=sine(900, 20))
        trunk = await calls_out(world)
        await asyncio.sleep(9)
        assert cell.off_hook
        trunk.port.release()
        await asyncio.sleep(3)
        assert not cell.off_hook


async def test_without_a_clip_an_unreachable_cell_phone_is_told_by_the_special_information_tones() -> None:
    async with network() as world:
        world.subscriber(CELL, behaviour="unreachable")
        trunk = await calls_out(world)
        await asyncio.sleep(14)
        assert trunk.tones == ["ringback", "sit"]


# A pocket


async def test_a_telephone_in_a_pocket_rustles_and_mumbles_until_the_caller_has_gone() -> None:
    async with network() as world:
        cell, _ = world.subscriber(CELL, behaviour="pocket", answers_after_s=5.0, greeting=sine(300, 2))
        trunk = await calls_out(world)
        await asyncio.sleep(60)
        assert cell.off_hook
        assert trunk.tones == ["ringback"]
        seconds = [np.concatenate(trunk.samples[at : at + 50]) for at in range(500, 2500, 50)]
        assert sum(level_dbm0(second) > -45 for second in seconds) > 30
        trunk.port.release()
        await asyncio.sleep(3)
        assert not cell.off_hook


def test_no_pocket_ever_presses_a_key() -> None:
    receiver = DtmfReceiver()
    random = np.random.default_rng(3)
    words = (random.normal(size=24_000) * np.repeat(random.uniform(0, 4000, 60), 400)).astype(np.int16)
    sound = np.concatenate([pocket_sound(seed, words if seed % 2 else None) for seed in range(300)])
    assert "".join(receiver.feed(frame) for frame in frames(sound)) == ""


def test_a_voice_through_cloth_is_dull_and_weaker() -> None:
    low, high = (
        pocket_sound(0, sine(hertz, 4, -10))[:32_000].astype(float) - pocket_sound(0, None)[:32_000]
        for hertz in (200, 2000)
    )
    assert -20 < level_dbm0(low.astype(np.int16)) < -14
    assert level_dbm0(high.astype(np.int16)) < -40


# Its voicemail


async def test_a_voicemail_that_the_caller_leaves_in_its_greeting_hangs_up_and_has_recorded_nothing() -> None:
    async with network() as world:
        cell, _ = world.subscriber(CELL, behaviour="cell", greeting=sine(900, 10))
        trunk = await calls_out(world)
        await asyncio.sleep(23)
        assert cell.off_hook
        trunk.port.release()
        await asyncio.sleep(3)
        assert (cell.off_hook, cell.messages) == (False, [])


@pytest.mark.parametrize("ending", ["loop-break", "busy", "reorder", "polarity"])
async def test_a_voicemail_notices_that_the_caller_has_gone(ending: FarEndSignal) -> None:
    """It hangs up soon after each sign, and by dial tone after a reversal, which tells a telephone nothing."""
    async with network() as world:
        cell, _ = world.subscriber(CELL, behaviour="cell", greeting=sine(900, 2), ending=ending)
        trunk = await calls_out(world)
        await asyncio.sleep(26)
        await trunk.say(sine(700, 4))
        trunk.port.release()
        await asyncio.sleep(20 if ending == "polarity" else 6)
        assert not cell.off_hook
        assert [abs(pitch(message[32000:40000]) - 700) < 10 for message in cell.messages] == [True]


# Circuits


async def test_where_all_circuits_to_a_number_are_busy_the_line_gets_reorder() -> None:
    async with network() as world:
        world.subscriber(CELL, behaviour="circuits-busy")
        trunk = await calls_out(world)
        await asyncio.sleep(5)
        assert trunk.tones == ["reorder"]


async def test_busy_circuits_may_be_announced_behind_the_special_information_tones() -> None:
    async with network() as world:
        world.subscriber(CELL, behaviour="circuits-busy", greeting=sine(900, 2))
        trunk = await calls_out(world)
        await asyncio.sleep(16)
        assert trunk.tones == ["sit", "reorder"]
        assert times_heard(trunk.samples, 900) == 2


async def test_a_number_not_in_service_may_be_announced_too() -> None:
    async with network() as world:
        world.subscriber(CELL, behaviour="not-in-service", greeting=sine(900, 2))
        trunk = await calls_out(world)
        await asyncio.sleep(16)
        assert trunk.tones == ["sit", "reorder"]
        assert times_heard(trunk.samples, 900) == 2


async def test_circuits_to_all_numbers_of_a_prefix_may_be_busy_for_a_while() -> None:
    async with network() as world:
        cell, _ = world.subscriber(CELL)
        world.exchange.congest("555016")
        trunk = await calls_out(world)
        await asyncio.sleep(5)
        assert (trunk.tones, cell.ringing) == (["reorder"], False)
        trunk.port.release()
        await asyncio.sleep(2)
        world.exchange.relieve("555016")
        await calls_out(world)
        await asyncio.sleep(2)
        assert cell.ringing
        trunk.port.release()
        await asyncio.sleep(2)
        world.exchange.congest("555016")
        await calls_out(world, world.bob.name)
        await asyncio.sleep(2)
        assert world.bob.ringing


async def test_a_fax_machine_that_nobody_answers_with_a_fax_hangs_up() -> None:
    async with network() as world:
        fax, _ = world.subscriber(CELL, behaviour="fax")
        await calls_out(world)
        await asyncio.sleep(30)
        assert fax.off_hook
        await asyncio.sleep(15)
        assert not fax.off_hook

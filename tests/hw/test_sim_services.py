"""Call waiting, hook flash, three-way calls and transfer."""

from __future__ import annotations

import asyncio

import pytest

from hw.audio import level_dbm0
from hw.dsp.dtmf import dtmf_samples
from hw.linecard import HookFlash, LoopBroken, OffHook, PulseDigit
from hw.tones.toneplan import COUNTRIES
from tests.hw.simtalk import consulting, flashed, hear_each
from tests.hw.simworld import BOB, JANE, Ear, World, network, pitch, sine


async def test_a_flash_gives_recall_dial_tone_and_holds_the_other() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        world.jane_hears.forget()
        await flashed(trunk)
        assert trunk.tones == ["recall"]
        assert level_dbm0(world.jane_hears.last(1)) < -55


async def test_a_second_flash_returns_to_the_held_party() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        await flashed(trunk)
        await flashed(trunk)
        assert (await hear_each(world, trunk))["trunk"] == {"jane"}


async def test_a_consultation_is_between_two_and_a_flash_joins_all_three() -> None:
    async with network() as world:
        trunk = await consulting(world)
        assert await hear_each(world, trunk) == {"trunk": {"bob"}, "jane": set(), "bob": {"trunk"}}
        await flashed(trunk)
        assert await hear_each(world, trunk) == {
            "trunk": {"jane", "bob"},
            "jane": {"trunk", "bob"},
            "bob": {"trunk", "jane"},
        }


async def test_a_third_flash_drops_the_last_added() -> None:
    async with network() as world:
        trunk = await consulting(world)
        await flashed(trunk)
        world.bob_hears.forget()
        await flashed(trunk)
        assert await hear_each(world, trunk) == {"trunk": {"jane"}, "jane": {"trunk"}, "bob": set()}
        await asyncio.sleep(5)
        assert world.bob_hears.tones == ["dial"]


async def test_a_party_that_leaves_a_three_way_call_leaves_the_others_talking() -> None:
    async with network() as world:
        trunk = await consulting(world)
        await flashed(trunk)
        world.jane.hang_up()
        await asyncio.sleep(3)
        await trunk.say(sine(700, 0.5))
        assert abs(pitch(world.bob_hears.last(0.3)) - 700) < 20
        assert LoopBroken() not in trunk.events


async def test_a_flash_while_ringing_drops_the_new_call() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        await flashed(trunk)
        await trunk.say(dtmf_samples(BOB))
        await asyncio.sleep(4)
        await flashed(trunk)
        await asyncio.sleep(6)
        assert not world.bob.ringing
        assert (await hear_each(world, trunk))["jane"] == {"trunk"}


async def test_hanging_up_with_two_calls_joins_them() -> None:
    async with network() as world:
        trunk = await consulting(world)
        trunk.port.release()
        await asyncio.sleep(2)
        assert not trunk.port.off_hook
        await world.jane.speak(sine(1300, 0.5))
        assert abs(pitch(world.bob_hears.last(0.3)) - 1300) < 20
        await world.call(world.subscriber("5550166")[0], "5550100")
        await asyncio.sleep(2)
        assert trunk.port.loop.ringing


async def test_hanging_up_while_the_new_party_rings_lets_the_held_one_wait_for_it() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        await flashed(trunk)
        await trunk.say(dtmf_samples(BOB))
        await asyncio.sleep(3)
        world.jane_hears.forget()
        trunk.port.release()
        await asyncio.sleep(8)
        assert world.jane_hears.tones == ["ringback"]
        world.bob.lift()
        await asyncio.sleep(1)
        await world.bob.speak(sine(1900, 0.5))
        assert abs(pitch(world.jane_hears.last(0.3)) - 1900) < 20


async def test_hanging_up_right_behind_the_digits_transfers_too() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        await flashed(trunk)
        await trunk.say(dtmf_samples(BOB))
        world.jane_hears.forget()
        trunk.port.release()
        await asyncio.sleep(8)
        assert (world.jane_hears.tones, world.bob.ringing) == (["ringback"], True)
        world.bob.lift()
        await asyncio.sleep(1)
        await world.jane.speak(sine(1300, 0.5))
        assert abs(pitch(world.bob_hears.last(0.3)) - 1300) < 20


async def test_when_the_party_answered_behind_a_waiting_tone_leaves_a_flash_returns_to_the_other() -> None:
    async with network() as world:
        _, third_hears = await talking_with_a_call_waiting(world)
        waiter = world.exchange.telephones["5550177"]
        waiter.flash()
        await asyncio.sleep(1.5)
        world.jane.hang_up()
        await asyncio.sleep(3)
        waiter.flash()
        await asyncio.sleep(1.5)
        await waiter.speak(sine(900, 0.5))
        assert abs(pitch(third_hears.last(0.3)) - 900) < 20
        await world.exchange.telephones["5550166"].speak(sine(1300, 0.5))
        assert waiter.off_hook


async def test_a_busy_consultation_is_left_with_a_flash() -> None:
    async with network() as world:
        world.bob.lift()
        trunk = await world.answered(world.jane)
        await flashed(trunk)
        await trunk.say(dtmf_samples(BOB))
        await asyncio.sleep(4)
        assert trunk.tones == ["recall", "busy"]
        await flashed(trunk)
        assert (await hear_each(world, trunk))["jane"] == {"trunk"}


async def talking_with_a_call_waiting(world: World) -> tuple[Ear, Ear]:
    """Bob talks to a third; Jane calls him. Returns what the subscriber with call waiting and the third hear."""
    third, third_hears = world.subscriber("5550166")
    waiter, waiter_hears = world.subscriber("5550177", call_waiting=True)
    await world.call(third, waiter.name)
    await asyncio.sleep(3)
    waiter.lift()
    await asyncio.sleep(1)
    waiter_hears.forget()
    await world.call(world.jane, waiter.name)
    await asyncio.sleep(5)
    return waiter_hears, third_hears


async def test_a_waiting_call_is_announced_with_its_caller_id() -> None:
    async with network() as world:
        hears, _ = await talking_with_a_call_waiting(world)
        waiter = world.exchange.telephones["5550177"]
        assert waiter.caller_id is not None
        assert (waiter.caller_id.number, waiter.caller_id.name) == (JANE, "JANE ROE")
        assert world.jane_hears.tones == ["dial", "ringback"]
        beeps = [frame for frame in hears.samples if abs(pitch(frame) - 440) < 40 and level_dbm0(frame) > -25]
        assert 12 <= len(beeps) <= 16


async def test_a_flash_answers_the_waiting_call_and_the_next_one_changes_back() -> None:
    async with network() as world:
        _, third_hears = await talking_with_a_call_waiting(world)
        waiter = world.exchange.telephones["5550177"]
        world.jane_hears.forget()
        waiter.flash()
        await asyncio.sleep(1.5)
        await waiter.speak(sine(900, 0.5))
        assert abs(pitch(world.jane_hears.last(0.3)) - 900) < 20
        assert level_dbm0(third_hears.last(0.3)) < -55
        waiter.flash()
        await asyncio.sleep(1.5)
        await waiter.speak(sine(900, 0.5))
        assert abs(pitch(third_hears.last(0.3)) - 900) < 20
        assert level_dbm0(world.jane_hears.last(0.3)) < -55


async def test_hanging_up_with_a_call_waiting_lets_it_ring() -> None:
    async with network() as world:
        await talking_with_a_call_waiting(world)
        waiter = world.exchange.telephones["5550177"]
        waiter.hang_up()
        await asyncio.sleep(3)
        assert waiter.ringing
        waiter.lift()
        await asyncio.sleep(1)
        await waiter.speak(sine(900, 0.5))
        assert abs(pitch(world.jane_hears.last(0.3)) - 900) < 20


async def test_a_waiting_caller_who_gives_up_is_no_longer_announced() -> None:
    async with network() as world:
        hears, third_hears = await talking_with_a_call_waiting(world)
        world.jane.hang_up()
        await asyncio.sleep(2)
        hears.forget()
        await asyncio.sleep(15)
        assert level_dbm0(hears.last(14)) < -55
        waiter = world.exchange.telephones["5550177"]
        await waiter.speak(sine(900, 0.5))
        assert abs(pitch(third_hears.last(0.3)) - 900) < 20


async def test_the_third_caller_hears_busy() -> None:
    async with network() as world:
        await talking_with_a_call_waiting(world)
        await world.call(world.bob, "5550177")
        await asyncio.sleep(3)
        assert world.bob_hears.tones == ["dial", "busy"]


@pytest.mark.parametrize("country", COUNTRIES)
async def test_the_flash_of_each_country_is_taken_as_one_by_its_exchange_and_its_ports(country: str) -> None:
    async with network(country) as world:
        trunk = await world.answered(world.jane)
        trunk.port.flash(world.plan.flash_ms)
        told: list[object] = []
        world.exchange.card.fxs[0].attach(told.append, lambda frame: None)
        world.station.lift()
        await asyncio.sleep(0.5)
        world.station.flash()
        await asyncio.sleep(2)
        assert told == [OffHook(), HookFlash()]
        assert level_dbm0(trunk.last(1)) > -35
        trunk.port.release()
        await asyncio.sleep(2)
        assert world.jane.off_hook


@pytest.mark.parametrize("country", COUNTRIES)
async def test_the_pulses_of_each_country_are_taken_by_its_ports(country: str) -> None:
    async with network(country) as world:
        told: list[object] = []
        world.exchange.card.fxs[0].attach(told.append, lambda frame: None)
        world.station.lift()
        await asyncio.sleep(0.5)
        await world.station.pulse("105")
        assert told == [OffHook(), PulseDigit("1"), PulseDigit("0"), PulseDigit("5")]

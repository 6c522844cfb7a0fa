"""Dialling, ringing, and the tones in between."""

from __future__ import annotations

import asyncio

import pytest

from appliance.clock import Deadlock, run_virtual
from hw.audio import level_dbm0
from hw.callerid.coding import CallerId
from hw.dsp.dtmf import dtmf_samples
from hw.linecard import PolarityReversed, RingStarted, RingStopped
from hw.sim.numbering import DialledSoFar, Numbering
from hw.tones.toneplan import tone_plan
from tests.hw.simworld import BOB, JANE, network, now, pitch, sine


def test_an_idle_exchange_sets_no_timer() -> None:
    async def main() -> None:
        async with network() as world:
            world.jane.lift()
            await asyncio.sleep(1)
            world.jane.hang_up()
            await asyncio.Event().wait()

    with pytest.raises(Deadlock):
        run_virtual(main)


async def test_a_lifted_telephone_hears_dial_tone_until_its_first_digit() -> None:
    async with network() as world:
        world.jane.lift()
        await asyncio.sleep(2)
        assert world.jane_hears.tones == ["dial"]
        assert -20 < level_dbm0(world.jane_hears.last(1)) < -10
        await world.jane.press("5")
        await asyncio.sleep(1)
        assert level_dbm0(world.jane_hears.last(0.5)) < -55


async def test_a_trunk_is_dialled_with_tones() -> None:
    async with network() as world:
        await world.call(world.jane, "5550100")
        await asyncio.sleep(9)
        assert world.jane_hears.tones == ["dial", "ringback"]
        assert world.trunks[0].events == [RingStarted(), RingStopped(), RingStarted(), RingStopped()]
        started, stopped, again, _ = world.trunks[0].times
        assert (round(stopped - started, 1), round(again - started, 1)) == (2.2, 6.0)


@pytest.mark.parametrize(
    ("country", "number", "dialled", "state"),
    [
        ("us", "4075550123", "14075550123", DialledSoFar.COMPLETE),
        ("us", "4075550123", "4075550123", DialledSoFar.COMPLETE),
        ("us", "4075550123", "1", DialledSoFar.INCOMPLETE),
        ("us", "5550123", "15550123", DialledSoFar.UNKNOWN),
        ("ru", "4955550123", "84955550123", DialledSoFar.COMPLETE),
        ("de", "5550123", "05550123", DialledSoFar.UNKNOWN),
    ],
)
def test_what_is_whole_without_the_national_prefix_is_reached_with_it_too(
    country: str, number: str, dialled: str, state: DialledSoFar
) -> None:
    numbering = Numbering(tone_plan(country).number_forms)
    numbering.vacate(number, None)
    numbering.congest(number[:4], None)
    assert numbering.look(dialled) is state
    refusal = numbering.refusal(dialled)
    assert refusal is not None
    assert refusal.vacant is (state is not DialledSoFar.COMPLETE)


async def test_one_before_ten_digits_reaches_the_same_subscriber() -> None:
    async with network() as world:
        far = world.exchange.subscriber("4075550123")
        await world.call(world.jane, "14075550123")
        await asyncio.sleep(2)
        assert far.ringing


async def test_a_trunk_is_dialled_with_pulses() -> None:
    async with network() as world:
        world.jane.lift()
        await asyncio.sleep(1.5)
        await world.jane.pulse("5550100")
        await asyncio.sleep(3)
        assert world.trunks[0].events[:1] == [RingStarted()]


async def test_swedish_pulses_mean_other_digits_and_arrive_all_the_same() -> None:
    async with network("se") as world:
        world.jane.lift()
        await asyncio.sleep(1.5)
        await world.jane.pulse("5550100")
        await asyncio.sleep(3)
        assert world.trunks[0].caller_ids == [CallerId(JANE)]
        assert RingStarted() in world.trunks[0].events


async def test_speech_crosses_the_exchange_both_ways_once_answered() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        world.jane_hears.forget()
        await world.jane.speak(sine(700, 0.5))
        assert abs(pitch(trunk.last(0.3)) - 700) < 10
        assert -18 < level_dbm0(trunk.last(0.3)) < -14
        await trunk.say(sine(1300, 0.5))
        assert abs(pitch(world.jane_hears.last(0.3)) - 1300) < 10
        assert -21 < level_dbm0(world.jane_hears.last(0.3)) < -17
        assert world.jane_hears.tones == []


async def test_a_trunk_hears_its_own_echo_at_the_return_loss() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        echoes = []
        for hertz in (400, 800, 1200, 1600, 2000, 2400):
            await trunk.say(sine(hertz, 0.5, -10))
            echoes.append(level_dbm0(trunk.last(0.3)))
        assert -40 < min(echoes) < max(echoes) < -18


async def test_an_exchange_without_a_digit_gives_reorder_then_howler_then_parks_the_line() -> None:
    async with network() as world:
        world.jane.lift()
        await asyncio.sleep(20)
        assert world.jane_hears.tones == ["dial", "reorder"]
        await asyncio.sleep(60)
        assert level_dbm0(world.jane_hears.last(1)) > -12
        await asyncio.sleep(60)
        assert level_dbm0(world.jane_hears.last(1)) < -55


async def test_a_number_begun_and_not_ended_gives_reorder() -> None:
    async with network() as world:
        await world.call(world.jane, "5550")
        await asyncio.sleep(12)
        assert world.jane_hears.tones == ["dial", "reorder"]


@pytest.mark.parametrize("number", ["5559999", "5550177"])
async def test_a_number_not_in_service_gives_sit_then_reorder(number: str) -> None:
    async with network() as world:
        world.subscriber("5550177", behaviour="not-in-service")
        await world.call(world.jane, number)
        await asyncio.sleep(9)
        assert world.jane_hears.tones == ["dial", "sit", "reorder"]


async def test_a_line_off_hook_is_busy() -> None:
    async with network() as world:
        world.bob.lift()
        await world.call(world.jane, BOB)
        await asyncio.sleep(4)
        assert world.jane_hears.tones == ["dial", "busy"]


async def test_a_line_that_is_being_rung_is_busy() -> None:
    async with network() as world:
        _, third_hears = third = world.subscriber("5550166")
        await world.call(world.jane, BOB)
        await world.call(third[0], BOB)
        await asyncio.sleep(4)
        assert third_hears.tones == ["dial", "busy"]


async def test_who_calls_himself_hears_busy() -> None:
    async with network() as world:
        await world.call(world.jane, JANE)
        await asyncio.sleep(4)
        assert world.jane_hears.tones == ["dial", "busy"]


async def test_a_subscriber_calls_a_subscriber() -> None:
    async with network() as world:
        await world.call(world.jane, BOB)
        await asyncio.sleep(4)
        assert (world.bob.ringing, world.bob.ring_bursts) == (True, 1)
        assert world.bob.caller_id is not None
        assert (world.bob.caller_id.number, world.bob.caller_id.name) == (JANE, "JANE ROE")
        world.bob.lift()
        assert not world.bob.ringing
        await asyncio.sleep(0.5)
        await world.bob.speak(sine(900, 0.5))
        assert abs(pitch(world.jane_hears.last(0.3)) - 900) < 10


async def test_a_caller_who_gives_up_stops_the_ringing_and_frees_the_line() -> None:
    async with network() as world:
        await world.call(world.jane, "5550100")
        await asyncio.sleep(3)
        world.jane.hang_up()
        await asyncio.sleep(10)
        assert world.trunks[0].events == [RingStarted(), RingStopped()]
        await world.call(world.bob, "5550100")
        await asyncio.sleep(2)
        assert world.trunks[0].events[2:] == [RingStarted()]


async def test_callers_of_the_main_number_roll_over_to_the_next_idle_trunk() -> None:
    async with network(trunks=4) as world:
        world.exchange.hunt_group("5550100", ["5550100", "5550101", "5550102", "5550103"])
        callers = [world.subscriber(f"555020{index}") for index in range(5)]
        await asyncio.gather(*(world.call(telephone, "5550100") for telephone, _ in callers))
        await asyncio.sleep(4)
        assert [trunk.events[:1] for trunk in world.trunks] == [[RingStarted()]] * 4
        assert [ear.tones for _, ear in callers] == [["dial", "ringback"]] * 4 + [["dial", "busy"]]


async def test_a_member_of_a_hunt_group_keeps_its_own_number() -> None:
    async with network(trunks=2) as world:
        world.exchange.hunt_group("5550100", ["5550100", "5550101"])
        await world.call(world.jane, "5550101")
        await asyncio.sleep(2)
        assert [trunk.events for trunk in world.trunks] == [[], [RingStarted()]]


async def test_a_main_number_of_its_own_reaches_the_first_idle_member() -> None:
    async with network(trunks=2) as world:
        world.exchange.hunt_group("5550000", ["5550100", "5550101"])
        world.trunks[0].port.seize()
        await world.call(world.jane, "5550000")
        await asyncio.sleep(2)
        assert [trunk.events for trunk in world.trunks] == [[], [RingStarted()]]


async def test_a_trunk_calls_out() -> None:
    async with network() as world:
        trunk = world.trunks[0]
        trunk.port.seize()
        await asyncio.sleep(2)
        assert trunk.tones == ["dial"]
        await trunk.say(dtmf_samples(BOB))
        await asyncio.sleep(4)
        assert (world.bob.ringing, trunk.tones) == (True, ["dial", "ringback"])
        world.bob.lift()
        await asyncio.sleep(1)
        await world.bob.speak(sine(700, 0.5))
        assert abs(pitch(trunk.last(0.3)) - 700) < 10


@pytest.mark.parametrize("behind_ring_s", [-0.25, -0.1, 0.0, 0.05, 0.09])
async def test_who_seizes_a_trunk_just_being_rung_meets_the_caller(behind_ring_s: float) -> None:
    """Glare: the call is set up 0.3 s before the first ring voltage, which the port tells 0.1 s late."""

    async def first_ring() -> float:
        async with network() as world:
            times: list[float] = []
            world.trunks[0].port.loop.terminal_watchers.append(lambda: times.append(now()))
            await world.call(world.jane, "5550100")
            await asyncio.sleep(2)
            return times[0]

    rings = await first_ring()
    async with network() as world:
        trunk = world.trunks[0]
        asyncio.get_running_loop().call_later(rings + behind_ring_s, trunk.port.seize)
        await world.call(world.jane, "5550100")
        await asyncio.sleep(3)
        assert (trunk.events, trunk.tones, world.jane_hears.tones) == ([], [], ["dial"])
        await world.jane.speak(sine(700, 0.5))
        assert abs(pitch(trunk.last(0.3)) - 700) < 10


async def test_answer_supervision_reverses_the_callers_line_until_it_hangs_up() -> None:
    async with network(trunk={"answer_supervision": True}) as world:
        trunk = world.trunks[0]
        trunk.port.seize()
        await asyncio.sleep(1.5)
        await trunk.say(dtmf_samples(BOB))
        await asyncio.sleep(4)
        assert trunk.events == []
        world.bob.lift()
        await asyncio.sleep(1)
        assert trunk.events == [PolarityReversed(True)]
        trunk.port.release()
        await asyncio.sleep(2)
        assert trunk.events == [PolarityReversed(True), PolarityReversed(False)]


async def test_the_same_seed_gives_the_same_samples() -> None:
    recorded = []
    for _ in range(2):
        async with network(seed=7) as world:
            start = now()
            trunk = await world.answered(world.jane)
            await world.jane.speak(sine(700, 0.5))
            recorded.append((round(now() - start, 6), trunk.last(1).tobytes()))
    assert recorded[0] == recorded[1]


@pytest.mark.parametrize("ppm", [-200, 200])
async def test_a_drifting_clock_changes_how_many_frames_come(ppm: int) -> None:
    async with network(clock_ppm=ppm * 100) as world:
        world.jane.lift()
        await asyncio.sleep(10)
        assert abs(len(world.jane_hears.samples) - (500 + ppm / 20)) <= 2


async def test_nothing_clips_at_the_levels_people_speak() -> None:
    async with network() as world:
        trunk = await world.answered(world.jane)
        await world.jane.speak(sine(700, 0.5, -1))
        assert abs(level_dbm0(trunk.last(0.3)[:1600]) - (-2)) < 0.2

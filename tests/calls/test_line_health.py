"""What is wrong with a line is noticed, told once, and over by itself; calls take the lines that work."""

from __future__ import annotations

import asyncio

import pytest

from appliance.calls.linehealth import ANOTHER_OFF_HOOK_S, COUNTED_S, LineHealth, LineTrouble
from appliance.calls.station import StationState
from appliance.calls.trunk_protocol import State
from hw.audio import SILENCE
from hw.sim.exchange import LineFault
from hw.tones.toneplan import tone_plan
from tests.calls.hearing import until
from tests.calls.world import GREETED, World


async def called(here: World, times: int) -> None:
    """Somebody calls, is answered, and hangs up."""
    for _ in range(times):
        jane = await here.greeted()
        jane.hangs_up()
        await here.all_is_free()
        await asyncio.sleep(2.5)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("hiss", "main is noisy: does it carry DSL without a filter in front of this unit?"),
        ("hum", "main hums: one of its wires may touch earth, or a power supply on it is bad"),
    ],
)
async def test_noise_and_hum_are_told_after_two_calls_and_are_over_by_themselves(
    here: World, fault: LineFault, told: str
) -> None:
    here.exchange.fault("fxo-1", fault)
    await called(here, 1)
    assert here.appliance.faults == []
    await called(here, 1)
    assert here.appliance.faults == [told]
    await called(here, 1)
    assert here.appliance.faults == [told]
    here.exchange.fault("fxo-1", "quiet")
    await called(here, 2)
    assert here.appliance.faults == []


async def test_a_line_cut_is_told_and_over_when_it_is_back(here: World) -> None:
    here.exchange.fault("fxo-1", "cut")
    await asyncio.sleep(2)
    assert here.appliance.faults == ["main is dead: no voltage on the line, is it plugged in?"]
    here.exchange.fault("fxo-1", "restore")
    await asyncio.sleep(2)
    assert here.appliance.faults == []


@pytest.mark.parametrize("country", ["de", "it"])
async def test_another_countrys_dial_tone_is_told_when_it_was_heard_twice(here: World, country: str) -> None:
    """A steady one, and one with a cadence of 2 s."""
    maria = here.phone("fxs-1")
    here.exchange.give_tones(tone_plan(country))
    for _ in range(2):
        await maria.dials("95550188")
        await asyncio.sleep(14)
        await maria.puts_down()
    await here.appliance.switchboard.line_watch.look()
    assert [fault for fault in here.appliance.faults if "another country" in fault]


async def test_a_line_without_dial_tone_is_avoided_until_it_has_one(here: World) -> None:
    trunks = here.appliance.lines.trunks
    trunks[-1].health.dial_tone(heard=False, other=False)
    assert here.appliance.faults == [f"{trunks[-1].name} gave no dial tone"]
    maria = here.phone("fxs-1")
    await maria.dials("95550188")
    await until(lambda: trunks[-2].state.value == "up", 10.0)
    await maria.puts_down()
    await here.appliance.switchboard.line_watch.look()
    assert here.appliance.faults == []


async def test_another_telephone_on_the_line_that_is_not_hung_up_is_noticed_after_an_hour() -> None:
    health = LineHealth()
    health.another_off_hook(True)
    await asyncio.sleep(ANOTHER_OFF_HOOK_S - 1)
    assert health.troubles == frozenset()
    await asyncio.sleep(2)
    assert health.troubles == {LineTrouble.IN_USE}
    health.another_off_hook(False)
    assert health.troubles == frozenset()


async def test_a_telephone_that_is_hung_up_in_time_is_no_trouble() -> None:
    health = LineHealth()
    health.another_off_hook(True)
    await asyncio.sleep(ANOTHER_OFF_HOOK_S - 1)
    health.another_off_hook(False)
    await asyncio.sleep(ANOTHER_OFF_HOOK_S)
    assert health.troubles == frozenset()


async def test_a_telephone_of_ours_that_is_off_hook_is_told_after_an_hour(here: World) -> None:
    maria = here.phone("fxs-1")
    maria.lifts()
    watch = here.appliance.switchboard.line_watch
    station = next(line for line in here.appliance.lines.station_lines if line.port == "fxs-1")
    await until(lambda: station.state is StationState.LOCKED_OUT, 200.0)
    for _ in range(6):
        assert here.appliance.faults == []
        await watch.look()
    assert [fault.partition(" has been off hook")[2] for fault in here.appliance.faults] == [
        " for an hour: hang it up, or nobody can reach it"
    ]
    await maria.puts_down()
    await watch.look()
    assert here.appliance.faults == []


@pytest.mark.parametrize(("every_s", "few"), [(0.02, False), (0.022, True)])
async def test_a_card_that_delivers_too_few_frames_is_noticed(every_s: float, few: bool) -> None:
    health = LineHealth()
    for _ in range(round(2.5 * COUNTED_S / every_s)):
        health.frame_off_hook(SILENCE)
        await asyncio.sleep(every_s)
    assert (LineTrouble.FEW_FRAMES in health.troubles) is few


async def test_a_weak_battery_is_told_while_the_line_is_free_and_over_by_itself(here: World) -> None:
    watch = here.appliance.switchboard.line_watch
    weak = "main has a weak battery, less than 30 V: tell the telephone company"
    here.exchange.fault("fxo-1", "weak-battery")
    jane = await here.greeted()
    await watch.look()  # Off hook every line has a low voltage.
    assert here.appliance.faults == []
    jane.hangs_up()
    await here.all_is_free()
    await asyncio.sleep(2.5)  # Until the exchange has noticed it.
    await watch.look()
    await watch.look()
    assert here.appliance.faults == [weak]
    here.exchange.fault("fxo-1", "good-battery")
    await watch.look()
    assert here.appliance.faults == []


async def test_a_caller_who_comes_while_dial_tone_is_listened_for_is_answered(here: World) -> None:
    trunk = here.appliance.lines.trunks[-1]
    trunk.health.dial_tone(heard=False, other=False)
    jane, number = here.subscriber("5550177", "JANE ROE"), trunk.facts.number
    dialling = asyncio.create_task(jane.dials(number))
    while not here.exchange.lines[number].script.running:  # noqa: ASYNC110 - the exchange tells nobody
        await asyncio.sleep(0.01)
    looking = asyncio.create_task(here.appliance.switchboard.line_watch.look())
    await dialling
    await jane.says("Hello, is anybody there? I hear nothing at all.")
    await looking
    await jane.hears(GREETED)
    assert trunk.state is State.UP
    jane.hangs_up()
    await here.all_is_free()

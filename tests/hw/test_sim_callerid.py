"""Caller ID crosses the line as samples, at the moment and in the form of the country."""

from __future__ import annotations

import asyncio
import subprocess
import wave
from pathlib import Path

import numpy as np
import pytest

from hw.callerid.coding import Absence, CallerId
from hw.linecard import PolarityReversed, RingStarted, RingStopped
from hw.sim.circuit import Shown
from hw.sim.loop import LineQuality
from hw.tones.toneplan import COUNTRIES, tone_plan
from tests.hw.signals import program
from tests.hw.simworld import JANE, network, now, pitch, sine

WHEN = (3, 4, 9, 30)


def as_told(country: str) -> CallerId:
    """Jane's caller ID, as much of it as the country's form can hold."""
    if tone_plan(country).caller_id.method in ("dtmf", "jclip"):
        return CallerId(JANE)
    return CallerId(JANE, "JANE ROE", when=WHEN)


@pytest.mark.parametrize("country", COUNTRIES)
async def test_a_trunk_gets_caller_id_in_every_country(country: str) -> None:
    async with network(country) as world:
        await world.call(world.jane, "5550100")
        await asyncio.sleep(12)
        assert world.trunks[0].caller_ids == [as_told(country)]


@pytest.mark.parametrize("country", ["au", "in", "nz", "sg", "uk", "za"])
async def test_a_double_ring_is_told_once_a_cycle(country: str) -> None:
    async with network(country) as world:
        assert tone_plan(country).ring == (0.4, 0.2, 0.4, 2.0)
        trunk = world.trunks[0]
        await world.call(world.jane, "5550100")
        await asyncio.sleep(11)
        rings = [event for event in trunk.events if isinstance(event, RingStarted | RingStopped)]
        assert rings[:5] == [RingStarted(), RingStopped()] * 2 + [RingStarted()]
        told = zip(trunk.times, trunk.events, strict=True)
        cycles = np.diff([time for time, event in told if event == RingStarted()])
        assert cycles[:2].round(1).tolist() == [3.0, 3.0]


@pytest.mark.parametrize("country", COUNTRIES)
async def test_a_telephone_on_our_port_shows_caller_id_in_every_country(country: str) -> None:
    async with network(country) as world:
        told: list[str] = []
        world.station.observers.append(told.append)
        plan = tone_plan(country)
        world.exchange.card.fxs[0].ring(plan.ring, CallerId(JANE, "JANE ROE", when=WHEN))
        await asyncio.sleep(14)
        assert world.station.caller_id == as_told(country)
        before_ring = plan.caller_id.place == "before-ring"
        first, second = ("caller-id", "ringing") if before_ring else ("ringing", "caller-id")
        assert told.index(first) < told.index(second)


@pytest.mark.parametrize("country", COUNTRIES)
async def test_a_subscriber_shows_caller_id_in_every_country(country: str) -> None:
    async with network(country) as world:
        await world.call(world.jane, world.bob.name)
        await asyncio.sleep(14)
        assert (world.bob.caller_id, world.bob.ringing) == (as_told(country), True)
        world.bob.lift()
        await asyncio.sleep(1)
        assert not world.bob.loop.ringing


async def test_japan_rings_a_telephone_that_takes_no_data_after_6_s() -> None:
    async with network("jp") as world:
        world.bob.loop.terminal_watchers.clear()
        rings: list[tuple[float, bool]] = []
        await world.call(world.jane, world.bob.name)
        start = now()
        world.bob.loop.terminal_watchers.append(
            lambda: (
                rings.append((round(now() - start, 1), world.bob.loop.ringing)) if world.bob.loop.polarity > 0 else None
            )
        )
        await asyncio.sleep(10)
        assert world.bob.caller_id is None
        assert rings[1:3] == [(pytest.approx(6.8, abs=0.2), True), (pytest.approx(7.8, abs=0.2), False)]


async def test_caller_id_comes_between_the_first_and_the_second_ring_in_america() -> None:
    async with network("us") as world:
        heard: list[tuple[float, str]] = []
        world.bob.observers.append(lambda what: heard.append((round(now(), 1), what)))
        await world.call(world.jane, world.bob.name)
        await asyncio.sleep(8)
        start = heard[0][0]
        assert [(round(time - start, 1), what) for time, what in heard] == [
            (0.0, "ringing"),
            (0.0, "ring-burst"),
            (pytest.approx(3.3, abs=0.2), "caller-id"),
            (pytest.approx(6.0, abs=0.1), "ring-burst"),
        ]


async def test_caller_id_comes_before_the_first_ring_behind_a_reversal_in_britain() -> None:
    async with network("uk") as world:
        await world.call(world.jane, "5550100")
        await asyncio.sleep(5)
        assert world.trunks[0].events[:3] == [PolarityReversed(True), PolarityReversed(False), RingStarted()]
        assert world.trunks[0].caller_ids == [as_told("uk")]


@pytest.mark.parametrize(
    ("shown", "told"),
    [
        ("private", [CallerId(number_absence=Absence.PRIVATE, name_absence=Absence.PRIVATE, when=WHEN)]),
        ("unavailable", [CallerId(number_absence=Absence.UNAVAILABLE, name_absence=Absence.UNAVAILABLE, when=WHEN)]),
        ("none", []),
    ],
)
async def test_a_caller_may_be_private_unavailable_or_not_told_at_all(shown: Shown, told: list[CallerId]) -> None:
    async with network() as world:
        caller, _ = world.subscriber("5550166", "X", caller_id=shown)
        await world.call(caller, "5550100")
        await asyncio.sleep(8)
        assert world.trunks[0].caller_ids == told


async def test_star_67_makes_one_call_private() -> None:
    async with network() as world:
        world.jane.lift()
        await asyncio.sleep(1)
        await world.jane.press("*67")
        await asyncio.sleep(1)
        await world.jane.press("5550100")
        await asyncio.sleep(6)
        assert [told.number_absence for told in world.trunks[0].caller_ids] == [Absence.PRIVATE]


async def test_caller_id_is_decoded_on_a_long_noisy_line() -> None:
    async with network(quality=LineQuality(attenuation_db=9, noise_dbm0=-55)) as world:
        await world.call(world.jane, "5550100")
        await asyncio.sleep(6)
        assert world.trunks[0].caller_ids == [as_told("us")]


async def test_another_modem_reads_the_caller_id_from_the_line(tmp_path: Path) -> None:
    async with network() as world:
        await world.call(world.jane, "5550100")
        await asyncio.sleep(7)
        samples = np.concatenate(world.trunks[0].samples)
        with wave.open(str(tmp_path / "line.wav"), "wb") as file:
            file.setparams((1, 2, 8000, len(samples), "NONE", ""))
            file.writeframes(samples.astype("<i2").tobytes())
    command = [
        program("minimodem", "minimodem"),
        "--rx",
        "1200",
        "-M",
        "1200",
        "-S",
        "2200",
        "-q",
        "-f",
        str(tmp_path / "line.wav"),
    ]
    output = subprocess.run(command, capture_output=True, check=True).stdout
    assert b"\x02\x075550199\x07\x08JANE ROE" in output


async def test_a_japanese_trunk_takes_the_data_without_being_answered() -> None:
    async with network("jp") as world:
        await world.call(world.jane, "5550100")
        await asyncio.sleep(8)
        trunk = world.trunks[0]
        assert trunk.caller_ids == [CallerId(JANE)]
        assert trunk.events[:3] == [PolarityReversed(True), PolarityReversed(False), RingStarted()]
        assert world.jane_hears.tones[-1] == "ringback"


async def test_a_japanese_terminal_that_stays_off_hook_behind_the_data_has_answered() -> None:
    async with network("jp") as world:
        trunk = world.trunks[0]
        await world.call(world.jane, "5550100")
        await asyncio.sleep(1)
        trunk.port.seize()
        await asyncio.sleep(9)
        await world.jane.speak(sine(700, 0.5))
        assert abs(pitch(trunk.last(0.3)) - 700) < 10

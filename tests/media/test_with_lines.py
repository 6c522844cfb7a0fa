"""The media core on simulated lines: a caller on a trunk and a telephone of ours, on a bridge."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import numpy as np
import pytest

from appliance.media.bridge import bridge
from appliance.media.detectors import Dtmf, ProgressDetector
from appliance.media.engine import Engine, MediaPort
from appliance.media.events import DigitHeard, MediaEvent, ToneHeard
from appliance.media.tone import ToneSource
from hw.audio import Frame, Samples, level_dbm0
from hw.sim.circuit import FarEndSignal
from hw.sim.exchange import Exchange
from hw.sim.telephone import Telephone
from hw.tones.toneplan import Tone, tone_plan

PLAN = tone_plan("us")


class Keeps:
    """A tap that keeps what it is fed."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []

    def feed(self, frame: Frame) -> None:
        self.frames.append(frame)

    def last(self, seconds: float) -> Samples:
        return np.concatenate(self.frames[-round(seconds * 50) :])


class Bridged:
    """A call up and bridged; what each port's detectors report, and what each port's party says."""

    def __init__(self, caller: Telephone, station: Telephone, trunk: MediaPort, extension: MediaPort) -> None:
        self.caller, self.station, self.trunk, self.extension = caller, station, trunk, extension
        self.events: dict[str, list[MediaEvent]] = {"trunk": [], "station": []}
        self.said = {"trunk": Keeps(), "station": Keeps()}
        for name, port in (("trunk", trunk), ("station", extension)):
            port.on_event = self.events[name].append
            port.listen_for(Dtmf(from_outside=True))
            port.listen_for(ProgressDetector(PLAN))
            port.tap(self.said[name])
        bridge(trunk, extension)

    def digits(self, name: str) -> str:
        return "".join(event.digit for event in self.events[name] if isinstance(event, DigitHeard))

    def tones_from_trunk(self) -> list[ToneHeard]:
        return [event for event in self.events["trunk"] if isinstance(event, ToneHeard)]


@asynccontextmanager
async def bridged(tails_ms: tuple[int, int], *, ending: FarEndSignal = "loop-break") -> AsyncIterator[Bridged]:
    exchange = Exchange(PLAN, lambda: datetime(2026, 1, 5, 10, tzinfo=UTC))
    exchange.add_trunk("fxo-1", "5550100", ending)
    station, caller = exchange.add_station("fxs-1"), exchange.subscriber("5550199", "JANE ROE")
    await exchange.start()
    engine = Engine()
    await engine.start()
    ports = []
    lines = (exchange.card.fxo[0], exchange.card.fxs[0])
    for line, tail_ms in zip(lines, tails_ms, strict=True):
        ports.append(engine.open(line.name, line.write, echo_tail_ms=tail_ms))
        line.attach(lambda _event: None, ports[-1].deliver)
    caller.lift()
    await asyncio.sleep(1)
    await caller.press("5550100")
    await asyncio.sleep(3)
    lines[0].seize()
    station.lift()
    call = Bridged(caller, station, ports[0], ports[1])
    await asyncio.sleep(1)
    yield call
    await engine.close()
    await exchange.close()


def talk(seconds: float) -> Samples:
    """Noise in syllables at the level of speech."""
    noise = np.random.default_rng(4).standard_normal(round(seconds * 8000)) * 2500
    return (noise * (np.arange(len(noise)) // 1600 % 3 < 2)).astype(np.int16)


TAILS = [(0, 0), (64, 0), (64, 64)]


@pytest.mark.parametrize("tails_ms", TAILS)
async def test_a_digit_is_heard_from_the_party_that_pressed_it_and_from_no_other(tails_ms: tuple[int, int]) -> None:
    async with bridged(tails_ms) as call:
        await call.caller.press("11379")
        await asyncio.sleep(1)
        await call.station.press("2200")
        await asyncio.sleep(0.5)
        assert (call.digits("trunk"), call.digits("station")) == ("11379", "2200")


@pytest.mark.parametrize("tails_ms", TAILS)
async def test_busy_tone_of_a_caller_who_has_gone_goes_on_being_heard_on_a_bridge(tails_ms: tuple[int, int]) -> None:
    async with bridged(tails_ms, ending="busy") as call:
        await call.station.speak(talk(4))
        call.caller.hang_up()
        await asyncio.sleep(12)
        assert [tone.cycles for tone in call.tones_from_trunk() if tone.tone == "busy"] == list(range(1, 12))


@pytest.mark.parametrize("tail_ms", [0, 64])
@pytest.mark.parametrize("tone", [PLAN.busy, PLAN.reorder, PLAN.ringback, PLAN.dial])
async def test_a_tone_that_we_send_to_the_line_is_not_heard_from_it(tone: Tone, tail_ms: int) -> None:
    async with bridged((tail_ms, 0)) as call:
        call.trunk.hear(ToneSource(tone))
        await asyncio.sleep(14)
        assert call.events["trunk"] == []


async def test_busy_tone_is_heard_under_our_own_ringback() -> None:
    async with bridged((64, 0), ending="busy") as call:
        call.trunk.hear(ToneSource(PLAN.ringback))
        await asyncio.sleep(9)
        call.caller.hang_up()
        await asyncio.sleep(10)
        assert {tone.tone for tone in call.tones_from_trunk() if tone.cycles > 2} == {"busy"}


async def test_the_station_hears_little_of_itself_from_the_trunk() -> None:
    async with bridged((64, 64)) as call:
        await call.station.speak(talk(8))
        echo = level_dbm0(call.said["trunk"].last(3))
        assert level_dbm0(call.said["station"].last(3)) > -22
    async with bridged((0, 0)) as call:
        await call.station.speak(talk(8))
        assert level_dbm0(call.said["trunk"].last(3)) - echo > 15


async def test_what_the_caller_says_is_in_the_stations_ear_with_the_next_tick() -> None:
    spoken: list[float] = []
    heard: list[float] = []
    loop = asyncio.get_running_loop()
    async with bridged((0, 0)) as call:
        call.caller.sent_listeners.append(lambda frame: spoken.append(loop.time()) if frame.any() else None)
        call.station.listeners.append(lambda frame: heard.append(loop.time()) if level_dbm0(frame) > -30 else None)
        await call.caller.speak(np.full(320, 8000, dtype=np.int16))
        await asyncio.sleep(0.2)
    # The frame was collected for 20 ms before it left the mouth's telephone.
    assert heard[0] - spoken[0] + 0.02 <= 0.04 + 1e-6

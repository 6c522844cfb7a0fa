"""Whole calls through exchange, lines, engine and flows: speed of virtual time, and delays a caller notices."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from appliance.clock import LoopClock, run_virtual
from appliance.office.document import load_document, parse_office
from appliance.office.model import Office
from appliance.office.phrase import phrase
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.prompts.voice import best_voice
from appliance.simulated import simulated_exchange
from appliance.unit import Appliance
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Frame, Samples
from hw.sim.exchange import Exchange
from hw.sim.led import SimLed
from hw.sim.telephone import Telephone
from hw.toneplan import tone_plan
from tests.bench.figure import Figure

OFFICE = Path("examples/offices/riverside-dental.json")
NIGHT = datetime(2026, 3, 3, 14, 15, tzinfo=UTC)
TALK_SECONDS = 60.0
PRESS_MS = 100
PHASES = (0.0, 0.003, 0.007, 0.012, 0.017)
"""When a key is pressed against the 20 ms grid of the lines, in seconds."""


def figures() -> list[Figure]:
    speed = run_virtual(bridged_speed)
    worst = max(run_virtual(lambda phase=phase: key_to_sound(phase)) for phase in PHASES)
    delay = run_virtual(bridge_delay)
    return [
        Figure(
            "call: bridged call with lines and all detectors, virtual", speed, "x real time", ">= 100", speed >= 100
        ),
        Figure("call: end of keypress to first sound it causes, worst phase", worst, "ms", "<= 60", worst <= 60),
        Figure("call: mouth to ear over trunk and station", delay, "ms", "<= 40", delay <= 40 + 1e-6),
    ]


@asynccontextmanager
async def unit() -> AsyncIterator[tuple[Appliance, Exchange]]:
    """The example office on the built-in exchange, in the loop's time."""
    office = example_office()
    clock = LoopClock(asyncio.get_running_loop(), NIGHT)
    plan = tone_plan(office.country)
    exchange = simulated_exchange(office, plan, lambda: office.local(clock.now()))
    with tempfile.TemporaryDirectory() as folder:
        appliance = Appliance(
            office=office,
            card=exchange.card,
            led=SimLed(),
            data=Path(folder),
            prompts=PromptLibrary(default_cache(), best_voice()),
            clock=clock,
            plan=plan,
        )
        await exchange.start()
        await appliance.start()
        try:
            yield appliance, exchange
        finally:
            await appliance.close()
            await exchange.close()


def example_office() -> Office:
    return parse_office(load_document(OFFICE.read_text(encoding="utf-8")))


async def greeted(exchange: Exchange) -> Telephone:
    """An outside caller who hears the greeting."""
    caller = exchange.subscriber("4075550123", "JANE ROE")
    caller.lift()
    await asyncio.sleep(1.5)
    await caller.press("5550100")
    await asyncio.sleep(6.0)
    return caller


async def connected(exchange: Exchange) -> tuple[Telephone, Telephone]:
    """An outside caller and the telephone at fxs-1, talking."""
    caller = await greeted(exchange)
    await caller.press("101")
    callee = exchange.telephones["fxs-1"]
    rings = asyncio.Event()
    callee.observers.append(lambda _what: rings.set())
    await rings.wait()
    callee.lift()
    await asyncio.sleep(1.0)
    return caller, callee


async def bridged_speed() -> float:
    """Virtual seconds per second of a caller and a station who both talk."""
    async with unit() as (_appliance, exchange):
        parties = await connected(exchange)
        speech = speechlike(TALK_SECONDS)
        began = time.perf_counter()
        await asyncio.gather(*(party.speak(speech) for party in parties))
        return TALK_SECONDS / (time.perf_counter() - began)


async def key_to_sound(phase: float) -> float:
    """From the end of a 2 pressed in the greeting (which needs no further digit) to "One moment, please", in ms.

    The key works as soon as it is recognised, so that the answer may begin before the key is let go: then less than 0.
    """
    async with unit() as (appliance, exchange):
        caller = await greeted(exchange)
        await asyncio.sleep(phase)
        ear = Ear(caller)
        began = asyncio.get_running_loop().time()
        await caller.press("2", on_ms=PRESS_MS)
        await asyncio.sleep(1.0)
        (clip, _pause) = await appliance.house.clips([phrase("one-moment")])
        return (ear.beginning_of(clip) - began) * 1000 - PRESS_MS


async def bridge_delay() -> float:
    """From one telephone's mouth to the other's ear, in ms, the longer of both ways.

    A frame handed over has been spoken during the 20 ms before and is heard during the 20 ms after: those count, too.
    """
    async with unit() as (_appliance, exchange):
        caller, callee = await connected(exchange)
        return 1000 * (FRAME_SECONDS + max([await lag(caller, callee), await lag(callee, caller)]))


async def lag(speaker: Telephone, listener: Telephone) -> float:
    """Seconds by which what is heard is behind what is said, by cross-correlation."""
    mouth, ear = Ear(speaker, mouth=True), Ear(listener)
    await speaker.speak(speechlike(0.5))
    await asyncio.sleep(0.5)
    correlation = np.correlate(ear.samples(), mouth.samples(), mode="full")
    shift = int(np.argmax(np.abs(correlation))) - (len(mouth.samples()) - 1)
    return shift / SAMPLE_RATE + ear.began() - mouth.began()


class Ear:
    """Keeps what a telephone hears (or says) from now on. Times are the loop's, of frames handed over."""

    def __init__(self, telephone: Telephone, mouth: bool = False) -> None:
        self._frames: list[tuple[float, Frame]] = []
        listeners: list[Callable[[Frame], None]] = telephone.mouth_listeners if mouth else telephone.listeners
        listeners.append(lambda frame: self._frames.append((asyncio.get_running_loop().time(), frame.copy())))

    def began(self) -> float:
        return self._frames[0][0]

    def samples(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.concatenate([frame for _, frame in self._frames]).astype(np.float64)

    def beginning_of(self, clip: Samples) -> float:
        """When the first sound of this clip came: where it fits best what was heard, and its own first loud sample."""
        head = clip[: SAMPLE_RATE // 2].astype(np.float64)
        index = int(np.argmax(np.correlate(self.samples(), head, mode="valid")))
        index += int(np.argmax(np.abs(clip) > 0.05 * np.max(np.abs(clip))))
        return self._frames[index // FRAME_SAMPLES][0] + (index % FRAME_SAMPLES) / SAMPLE_RATE


def speechlike(seconds: float) -> Samples:
    """Noise in syllables, at about -18 dBm0; the same every time."""
    rng = np.random.default_rng(1)
    at = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    noise = np.convolve(rng.normal(size=len(at)), np.ones(6) / 6, mode="same")
    return np.rint(noise * 4000 * np.maximum(0, np.sin(2 * np.pi * 3 * at))).astype(np.int16)

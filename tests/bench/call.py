"""Whole calls through exchange, lines, engine and flows: speed of virtual time, and delays a caller notices."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial

import numpy as np

from appliance.clock import run_virtual
from appliance.office.phrase import phrase
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Frame, Samples
from hw.sim.telephone import Telephone
from tests.bench.figure import Figure
from tests.calls.world import ENGLISH, MORNING, world

TALK_SECONDS = 60.0
PRESS_MS = 100
PHASES = (0.0, 0.003, 0.007, 0.012, 0.017)
"""When a key is pressed against the 20 ms grid of the lines, in seconds."""


def figures() -> list[Figure]:
    speed = run_virtual(bridged_speed)
    worst = max(run_virtual(partial(key_to_sound, phase)) for phase in PHASES)
    delay = run_virtual(bridge_delay)
    return [
        Figure(
            "call: bridged call with lines and all detectors, virtual", speed, "x real time", ">= 100", speed >= 100
        ),
        Figure("call: end of keypress to first sound it causes, worst phase", worst, "ms", "<= 60", worst <= 60),
        Figure("call: mouth to ear over trunk and station", delay, "ms", "<= 40", delay <= 40 + 1e-6),
    ]


async def bridged_speed() -> float:
    """Virtual seconds per second of a caller and a station who both talk."""
    async with world() as here:
        parties = [phone.telephone for phone in await here.connected()]
        speech = speechlike(TALK_SECONDS)
        began = time.perf_counter()
        await asyncio.gather(*(party.speak(speech) for party in parties))
        return TALK_SECONDS / (time.perf_counter() - began)


async def key_to_sound(phase: float) -> float:
    """From the end of a 2 pressed in the greeting (which needs no further digit) to "One moment, please", in ms.

    phase: when the key is pressed, in seconds after the lines' 20 ms grid. A key works as soon as it is recognised, so
    that the answer may begin before the key is released; then the result is below 0.
    """
    async with world() as here:
        caller = (await here.greeted()).telephone
        await asyncio.sleep(phase)
        ear = Ear(caller)
        began = asyncio.get_running_loop().time()
        await caller.press("2", on_ms=PRESS_MS)
        await asyncio.sleep(1.0)
        (clip, _pause) = await here.appliance.services.announcer.clips([phrase("one-moment")], MORNING, ENGLISH.code)
        return (ear.beginning_of(clip) - began) * 1000 - PRESS_MS


async def bridge_delay() -> float:
    """From what is spoken into one telephone to what is heard in the other, in ms; the longer of both ways.

    A frame is handed over 20 ms after its first sample was spoken, and its last is heard 20 ms later. Both are counted.
    """
    async with world() as here:
        caller, callee = (phone.telephone for phone in await here.connected())
        return 1000 * (FRAME_SECONDS + max([await lag(caller, callee), await lag(callee, caller)]))


async def lag(speaker: Telephone, listener: Telephone) -> float:
    """Seconds by which what is heard is behind what is said, by cross-correlation."""
    mouth, ear = Ear(speaker, mouth=True), Ear(listener)
    noise = np.random.default_rng(2).normal(scale=3000, size=SAMPLE_RATE // 2)
    await speaker.speak(np.rint(noise).astype(np.int16))
    await asyncio.sleep(0.5)
    correlation = np.correlate(ear.samples(), mouth.samples(), mode="full")
    shift = int(np.argmax(np.abs(correlation))) - (len(mouth.samples()) - 1)
    return shift / SAMPLE_RATE + ear.began() - mouth.began()


class Ear:
    """Keeps what a telephone hears (or says) from now on. Times are the loop's, of frames handed over."""

    def __init__(self, telephone: Telephone, mouth: bool = False) -> None:
        self._frames: list[tuple[float, Frame]] = []
        listeners: list[Callable[[Frame], None]] = telephone.sent_listeners if mouth else telephone.listeners
        listeners.append(lambda frame: self._frames.append((asyncio.get_running_loop().time(), frame.copy())))

    def began(self) -> float:
        return self._frames[0][0]

    def samples(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.concatenate([frame for _, frame in self._frames]).astype(np.float64)

    def beginning_of(self, clip: Samples) -> float:
        """When the first sound of this clip came: it is laid where it fits best, and its first loud sample counts."""
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

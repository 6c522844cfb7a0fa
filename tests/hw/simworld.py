"""A small telephone network for tests: trunks 5550100…, Jane at 5550199, Bob at 5550188, a telephone on fxs-1."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import numpy as np

from hw.audio import FRAME_SAMPLES, SILENCE, Frame, Samples, sine_peak
from hw.callerid.coding import CallerId
from hw.callerid.receiver import CallerIdReceiver
from hw.dsp.dtmf import dtmf_samples
from hw.linecard import LineEvent
from hw.sim.exchange import Exchange
from hw.sim.fxo import SimFxoPort
from hw.sim.telephone import Telephone
from hw.tones.progress import ProgressReceiver
from hw.tones.toneplan import TonePlan, tone_plan

JANE, BOB = "5550199", "5550188"
NINE_THIRTY = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)


def now() -> float:
    return asyncio.get_running_loop().time()


def sine(hertz: float, seconds: float, dbm0: float = -15) -> Samples:
    time = np.arange(round(seconds * 8000)) / 8000
    return np.rint(sine_peak(dbm0) * np.sin(2 * np.pi * hertz * time)).astype(np.int16)


def pitch(samples: Samples) -> float:
    """The frequency with the most energy, in Hz."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * 8000 / len(samples))


class Ear:
    """What a telephone hears: the tones by name in their order, and the samples."""

    def __init__(self, telephone: Telephone, plan: TonePlan) -> None:
        self.tones: list[str] = []
        self.samples: list[Frame] = []
        self._progress = ProgressReceiver(plan)
        telephone.listeners.append(self._heard)

    def forget(self) -> None:
        self.tones.clear()
        self.samples.clear()

    def last(self, seconds: float) -> Samples:
        return np.concatenate(self.samples[-round(seconds * 50) :] or [SILENCE])

    def _heard(self, frame: Frame) -> None:
        self.samples.append(frame)
        for tone, cycles in self._progress.feed(frame):
            if cycles and self.tones[-1:] != [tone]:
                self.tones.append(tone)


class Trunk:
    """An FXO port: what it tells, the caller ID decoded from its samples on hook, what it hears off hook."""

    def __init__(self, port: SimFxoPort, plan: TonePlan) -> None:
        self.port = port
        self.events: list[LineEvent] = []
        self.times: list[float] = []
        self.caller_ids: list[CallerId] = []
        self.samples: list[Frame] = []
        self.tones: list[str] = []
        self._progress = ProgressReceiver(plan)
        self._receiver = CallerIdReceiver(plan.caller_id.method)
        port.attach(self._event, self._frame)

    def last(self, seconds: float) -> Samples:
        return np.concatenate(self.samples[-round(seconds * 50) :] or [SILENCE])

    async def say(self, samples: Samples) -> None:
        for frame in samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES):
            self.port.write(frame)
            await asyncio.sleep(0.02)

    async def dial(self, number: str) -> None:
        """Dial with tones."""
        digits = dtmf_samples(number)
        await self.say(np.concatenate([digits, np.zeros(-len(digits) % FRAME_SAMPLES, dtype=np.int16)]))

    def _event(self, event: LineEvent) -> None:
        self.events.append(event)
        self.times.append(round(now(), 3))

    def _frame(self, frame: Frame) -> None:
        self.samples.append(frame)
        if self.port.off_hook:
            for tone, cycles in self._progress.feed(frame):
                if cycles and self.tones[-1:] != [tone]:
                    self.tones.append(tone)
        elif (caller_id := self._receiver.feed(frame)) is not None:
            self.caller_ids.append(caller_id)


class World:
    """An exchange and its telephones, each with an ear."""

    def __init__(self, country: str, trunks: int, trunk: dict[str, Any], **options: Any) -> None:
        self.plan = tone_plan(country)
        self.exchange = Exchange(self.plan, lambda: NINE_THIRTY, **options)
        for index in range(trunks):
            self.exchange.add_trunk(f"fxo-{index + 1}", f"555010{index}", **trunk)
        self.trunks = [Trunk(port, self.plan) for port in self.exchange.card.fxo]
        self.station = self.exchange.add_station("fxs-1")
        self.jane, self.jane_hears = self.subscriber(JANE, "JANE ROE")
        self.bob, self.bob_hears = self.subscriber(BOB, "BOB POE")

    def subscriber(self, number: str, name: str = "", **options: Any) -> tuple[Telephone, Ear]:
        telephone = self.exchange.subscriber(number, name, **options)
        return telephone, Ear(telephone, self.plan)

    async def call(self, caller: Telephone, number: str) -> None:
        """Lift, wait for dial tone, dial. Returns when the number is dialled."""
        caller.lift()
        await asyncio.sleep(1.5)
        await caller.press(number)

    async def answered(self, caller: Telephone, number: str = "5550100") -> Trunk:
        """A call to a trunk, answered behind its first ring."""
        await self.call(caller, number)
        await asyncio.sleep(5)
        trunk = next(trunk for trunk in self.trunks if trunk.port.loop.name == f"fxo-{int(number[-1]) + 1}")
        trunk.port.seize()
        await asyncio.sleep(1)
        return trunk


@asynccontextmanager
async def network(
    country: str = "us", *, trunks: int = 1, trunk: dict[str, Any] | None = None, **options: Any
) -> AsyncIterator[World]:
    """`trunk`: options of every trunk; the others are the exchange's."""
    world = World(country, trunks, trunk or {}, **options)
    await world.exchange.start()
    yield world
    await world.exchange.close()

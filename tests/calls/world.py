"""A whole unit with the example office on the built-in exchange, for tests and benchmarks."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from appliance.clock import LoopClock
from appliance.control.folder import DataFolder
from appliance.office.document import load_document, parse_office
from appliance.office.model import Office
from appliance.office.phrase import Sayable, Words
from appliance.prompts.language import Language
from appliance.prompts.languages import language
from appliance.prompts.library import Progress, PromptLibrary, default_cache
from appliance.prompts.synthesis import SynthesisFailed
from appliance.simulated import simulated_exchange
from appliance.unit import Unit
from hw.audio import Samples
from hw.led import Led
from hw.linecard import LineCard
from hw.sim.exchange import Exchange
from hw.sim.led import SimLed
from hw.sim.telephone import Telephone
from hw.tones.toneplan import tone_plan

OFFICE = Path(__file__).resolve().parent.parent.parent / "examples/offices/riverside-dental.json"
MORNING = datetime(2026, 3, 3, 14, 15, tzinfo=UTC)
"""A quarter past nine in New York."""
ENGLISH = language("en")
MAIN = "5550100"
GREETING_SECONDS = 6.0
"""From the last dialled digit until the greeting is being heard: ring 1, caller ID, and a little of it."""


def example_office() -> Office:
    return parse_office(load_document(OFFICE.read_text(encoding="utf-8")))


class Mute(PromptLibrary):
    """A voice that has failed before it said a word."""

    async def prepare(
        self, sayables: Sequence[Sayable], languages: Iterable[Language], progress: Progress | None = None
    ) -> None:
        raise SynthesisFailed("no voice is installed")


class World:
    """The unit and everything outside it."""

    def __init__(self, appliance: Unit, exchange: Exchange, prompts: PromptLibrary) -> None:
        self.appliance = appliance
        self.exchange = exchange
        self.prompts = prompts
        self._callers = 0

    def caller(self) -> Telephone:
        """Another outside telephone."""
        self._callers += 1
        return self.exchange.subscriber(str(4075550122 + self._callers), f"CALLER {self._callers}")

    async def dials(self, telephone: Telephone, number: str = MAIN) -> None:
        telephone.lift()
        await asyncio.sleep(1.5)
        await telephone.press(number)

    async def greeted(self) -> Telephone:
        """An outside caller who hears the greeting."""
        caller = self.caller()
        await self.dials(caller)
        await asyncio.sleep(GREETING_SECONDS)
        return caller

    async def connected(self) -> tuple[Telephone, Telephone]:
        """An outside caller and the telephone at fxs-1, talking."""
        caller = await self.greeted()
        callee = self.exchange.telephones["fxs-1"]
        rings = asyncio.Event()
        callee.observers.append(lambda _what: rings.set())
        await caller.press("101")
        await rings.wait()
        callee.lift()
        await asyncio.sleep(1.0)
        return caller, callee

    async def speech(self, text: str) -> Samples:
        await self.prompts.prepare([Words(text)], [ENGLISH])
        return np.concatenate(self.prompts.clips([Words(text)], MORNING, ENGLISH))

    async def says(self, telephone: Telephone, text: str) -> None:
        await telephone.speak(await self.speech(text))

    def trunk_states(self) -> list[str]:
        return [trunk.state.value for trunk in self.appliance.lines.trunks]

    def outcomes(self) -> list[tuple[str, str, str]]:
        """Line, outcome and cause of every call so far, the oldest first."""
        return [(call.line, call.outcome, call.cause) for call in reversed(self.appliance.calls.recent(100))]


@asynccontextmanager
async def world(
    change: Callable[[Office], Office] = replace,
    beside: LineCard | None = None,
    *,
    led: Led | None = None,
    spoil: Callable[[Path], object] = lambda _data: None,
    speaks: bool = True,
) -> AsyncIterator[World]:
    """The example office, changed or as it is, from `start` to `close`. beside: another card than the exchange's.

    spoil: what is done to its data folder before. speaks: it has a voice.
    """
    office = change(example_office())
    clock = LoopClock(asyncio.get_running_loop(), MORNING)
    plan = tone_plan(office.country)
    exchange = simulated_exchange(office, plan, lambda: office.local(clock.now()))
    prompts = PromptLibrary(default_cache()) if speaks else Mute(default_cache())
    with tempfile.TemporaryDirectory() as folder:
        spoil(Path(folder))
        appliance = Unit(
            office=office,
            cards=[exchange.card] if beside is None else [exchange.card, beside],
            led=led or SimLed(),
            data=DataFolder(Path(folder)),
            prompts=prompts,
            clock=clock,
            plan=plan,
        )
        await exchange.start()
        await appliance.start()
        try:
            yield World(appliance, exchange, prompts)
        finally:
            await appliance.close()
            await exchange.close()

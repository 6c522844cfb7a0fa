"""A whole unit with the example office on the built-in exchange, for tests and benchmarks."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from appliance.clock import LoopClock
from appliance.control.folder import DataFolder
from appliance.notify.parcel import Carrier
from appliance.notify.publisher import PublisherMaker
from appliance.office.document import load_document, parse_office
from appliance.office.model import Office
from appliance.office.phrase import Sayable, Words
from appliance.prompts.language import Language
from appliance.prompts.languages import language
from appliance.prompts.library import Progress, PromptLibrary, default_cache
from appliance.prompts.synthesis import SynthesisFailed
from appliance.simulated import simulated_exchange
from appliance.transcript.transcripts import SpeechWriter
from appliance.unit import Unit
from hw.audio import Samples
from hw.linecard import LineCard
from hw.panel.led import Led
from hw.sim.exchange import Exchange
from hw.sim.led import SimLed
from hw.tones.toneplan import tone_plan
from tests.calls.hearing import Spoken, spoken, until
from tests.calls.phone import Phone

OFFICE = Path(__file__).resolve().parent.parent.parent / "examples/offices/riverside-dental.json"
MORNING = datetime(2026, 3, 3, 14, 15, tzinfo=UTC)
"""A quarter past nine in New York."""
ENGLISH = language("en")
MAIN = "5550100"
GREETED = "dial-extension-any-time"
"""The first phrase of the menu, which is said in one breath with the office's own words."""


@cache
def example_office() -> Office:
    return parse_office(load_document(OFFICE.read_text(encoding="utf-8")))


@cache
def voice() -> PromptLibrary:
    """What was spoken once is in memory for every test of the process."""
    return PromptLibrary(default_cache())


def voice_of_its_own() -> PromptLibrary:
    """What other tests have had spoken is not in memory."""
    return PromptLibrary(default_cache())


def mute() -> PromptLibrary:
    return Mute(default_cache())


class Mute(PromptLibrary):
    """A voice that has failed before it said a word."""

    async def prepare(
        self,
        sayables: Sequence[Sayable],
        languages: Iterable[Language],
        progress: Progress | None = None,
        *,
        later: Sequence[Sayable] = (),
    ) -> None:
        raise SynthesisFailed("no voice is installed")


class World:
    """The unit and everything outside it."""

    def __init__(self, appliance: Unit, exchange: Exchange, prompts: PromptLibrary, told: Spoken) -> None:
        self.appliance = appliance
        self.exchange = exchange
        self.prompts = prompts
        self.told = told
        self._callers = 0
        self._phones = {name: Phone(self, telephone) for name, telephone in exchange.telephones.items()}

    def phone(self, port: str) -> Phone:
        """Our telephone on this port."""
        return self._phones[port]

    def subscriber(self, number: str, name: str = "", **options: Any) -> Phone:
        """An outside telephone. options: see `Exchange.subscriber`."""
        return Phone(self, self.exchange.subscriber(number, name, **options))

    def caller(self) -> Phone:
        """Another outside telephone."""
        self._callers += 1
        return self.subscriber(str(4075550122 + self._callers), f"CALLER {self._callers}")

    async def greeted(self) -> Phone:
        """An outside caller who hears the greeting; `heard` has what comes behind it."""
        caller = await self.caller().dials(MAIN)
        await caller.hears(GREETED)
        caller.forgets()
        return caller

    async def connected(self) -> tuple[Phone, Phone]:
        """An outside caller and the telephone at fxs-1, talking."""
        caller, callee = await self.greeted(), self.phone("fxs-1")
        await caller.presses("101")
        await callee.answers()
        await asyncio.sleep(1.0)
        return caller, callee

    async def speech(self, text: str) -> Samples:
        await self.prompts.prepare([Words(text)], [ENGLISH])
        return np.concatenate(self.prompts.clips([Words(text)], MORNING, ENGLISH))

    def line_on(self, port: str) -> str:
        """The name of the line on this port of a card; empty where there is none."""
        lines = self.appliance.lines
        for station in lines.station_lines:
            if station.port == port:
                return station.name
        return next((trunk.name for trunk in lines.trunks if trunk.facts.port == port), "")

    def trunk_states(self) -> list[str]:
        return [trunk.state.value for trunk in self.appliance.lines.trunks]

    def outcomes(self) -> list[tuple[str, str, str]]:
        """Line, outcome and cause of every call so far, the oldest first."""
        return [(call.line, call.outcome, call.cause) for call in reversed(self.appliance.calls.recent(100))]

    async def all_is_free(self, within: float = 20.0) -> None:
        """Wait until the last call is over and logged, whoever may still be off hook."""
        await until(lambda: not self.appliance.switchboard.ongoing, within)

    async def logs(self, *outcome: str) -> None:
        """Wait until a call has ended so: line, outcome, cause."""
        await until(lambda: outcome in self.outcomes(), within=20)

    async def ended(self, *outcomes: tuple[str, str, str]) -> None:
        """Wait until all calls are over. They have ended so: line, outcome, cause."""
        await self.all_is_free()
        assert self.outcomes() == list(outcomes)


@asynccontextmanager
async def world(
    change: Callable[[Office], Office] = replace,
    beside: LineCard | None = None,
    aside: Sequence[LineCard] = (),
    *,
    led: Led | None = None,
    carrier: Carrier | None = None,
    publisher: PublisherMaker | None = None,
    writer: SpeechWriter | None = None,
    spoil: Callable[[Path], object] = lambda _data: None,
    prompts: Callable[[], PromptLibrary] = voice,
    bare: bool = False,
    clock_ppm: float = 0,
) -> AsyncIterator[World]:
    """The example office, changed or as it is, from `start` to `close`. beside: another card than the exchange's.

    carrier, publisher, writer: see `Unit`. spoil: what is done to its data folder before. prompts:
    makes its voice. bare: the unit has the lines and telephones of that office, and no office yet.
    clock_ppm: how much faster the clock of the exchange's card is than the unit's.
    """
    office = change(example_office())
    clock = LoopClock(asyncio.get_running_loop(), MORNING)
    plan = tone_plan(office.country)
    exchange = simulated_exchange(office, plan, lambda: office.local(clock.now()), clock_ppm=clock_ppm)
    library = prompts()
    with tempfile.TemporaryDirectory() as folder:
        spoil(Path(folder))
        appliance = Unit(
            office=None if bare else office,
            cards=[exchange.card] if beside is None else [exchange.card, beside],
            aside=aside,
            led=led or SimLed(),
            carrier=carrier,
            publisher=publisher,
            writer=writer,
            data=DataFolder(Path(folder)),
            prompts=library,
            clock=clock,
            plan=plan,
        )
        await exchange.start()
        await appliance.start()
        try:
            with spoken() as told:
                yield World(appliance, exchange, library, told)
        finally:
            await appliance.close()
            await exchange.close()

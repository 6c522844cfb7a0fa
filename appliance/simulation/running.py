"""Simulates an office for some days with one unit, and tells what was found."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from appliance.prompts.library import PromptLibrary
from appliance.simulation.day import Days
from appliance.simulation.forgotten import NobodyIsForgotten
from appliance.simulation.inside import HelpIsReached, NothingFails
from appliance.simulation.keyless import NobodyWithoutTheKey
from appliance.simulation.lines import LinesAreFree
from appliance.simulation.mailboxes import LampsAreRight, NoMessageIsLost
from appliance.simulation.office import Cast, SimulatedOffice, cast
from appliance.simulation.population import Population, plan
from appliance.simulation.promises import Violation, Watch
from appliance.simulation.silence import LONGEST_SILENCE_S, CallersHearSomething
from appliance.simulation.town import Town, town
from appliance.simulation.trace import Done

DAY_SECONDS = 86_400.0
FIRST_DAY = datetime(2026, 3, 2)  # noqa: DTZ001 - a Monday, on the office's own clock
KEPT_DONE = 400
"""So many acts before a rest are kept for the scenario of a violation behind it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation, what was done before it, when the town began, and the office it was found in."""

    violation: Violation
    done: tuple[Done, ...]
    at: datetime
    setting: SimulatedOffice


@dataclass(slots=True)
class Passed:
    """What became of the days so far."""

    days: int = 0
    calls: int = 0
    """Records in the call log."""
    findings: list[Finding] = field(default_factory=list)
    habits: dict[str, int] = field(default_factory=dict)
    """How many of each habit were begun."""

    def add(self, other: Passed) -> None:
        self.days += other.days
        self.calls += other.calls
        self.findings += other.findings
        for name, count in other.habits.items():
            self.habits[name] = self.habits.get(name, 0) + count


Tell = Callable[[Passed], None]


def watch(here: Town) -> Watch:
    """All promises, watched from now on."""
    promises = (
        LinesAreFree(here),
        CallersHearSomething(here, LONGEST_SILENCE_S),
        NobodyWithoutTheKey(here),
        NoMessageIsLost(here),
        LampsAreRight(here),
        NobodyIsForgotten(here),
        NothingFails(here),
        HelpIsReached(here, here.help_number),
    )
    return Watch(here, promises)


@asynccontextmanager
async def watched(
    players: Cast, prompts: PromptLibrary, folder: Path, beside: Path
) -> AsyncIterator[tuple[Town, Watch]]:
    async with town(players, prompts, folder, beside) as here:
        watching = watch(here)
        try:
            yield here, watching
        finally:
            watching.stop()


async def simulate(
    setting: SimulatedOffice,
    population: Population,
    prompts: PromptLibrary,
    folder: Path,
    *,
    first: int,
    days: int,
    seed: int,
    tell: Tell = lambda _passed: None,
) -> Passed:
    """Let so many days pass from the first one on, with one unit. tell: told after each day."""
    passed = Passed()
    begin = FIRST_DAY + timedelta(days=first)
    async with watched(cast(setting, begin), prompts, folder, setting.beside) as (here, watching):
        known = len(watching.violations)

        def collect() -> None:
            nonlocal known
            for violation in watching.violations[known:]:
                passed.findings.append(Finding(violation, tuple(here.done), begin, setting))
            known = len(watching.violations)

        async def at_rest() -> None:
            await watching.rest()
            collect()
            here.environment.led.changes.clear()
            del here.done[:-KEPT_DONE]

        everybody = Days(here, at_rest)
        for day in range(days):
            counted = sum(everybody.counts.values())
            await everybody.pass_by(plan(population, (begin + timedelta(days=day)).date(), seed), day * DAY_SECONDS)
            collect()
            passed.days, passed.habits = day + 1, everybody.counts
            passed.calls += sum(everybody.counts.values()) - counted
            tell(passed)
    return passed

"""Several units at once, a process each: every one lives through all the days, and has a share of the calls."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from appliance.clock import run_virtual
from appliance.manyatonce import all_told, scratch_folder
from appliance.prompts.library import PromptLibrary
from appliance.simulation.office import SimulatedOffice
from appliance.simulation.population import Population
from appliance.simulation.running import Finding, Passed, simulate


@dataclass(frozen=True, slots=True)
class SimulatedDays:
    """What each process does: so many days from this one on, with its own seed."""

    setting: SimulatedOffice
    population: Population
    days: int
    seed: int
    first: int = 0


@dataclass(slots=True)
class DayPassed:
    """A day of one of the units is over. resident_bytes: what its process has in memory."""

    unit: int
    day: int
    calls: int
    resident_bytes: int
    findings: list[Finding] = field(default_factory=list)


def simulate_at_once(
    jobs: Sequence[SimulatedDays], prompts: PromptLibrary, most: int
) -> Generator[DayPassed, None, None]:
    """Do all jobs, at most so many at once, and tell of each day as soon as it is over.

    prompts: with all that the office says. Whoever closes the iterator ends it. Raises `ProcessEnded`.
    """
    with scratch_folder("simulate") as folder:
        units = [partial(_simulate_one, unit, job, prompts, Path(folder) / str(unit)) for unit, job in enumerate(jobs)]
        yield from all_told(units, most, "a process")


def _simulate_one(
    unit: int, job: SimulatedDays, prompts: PromptLibrary, folder: Path, say: Callable[[DayPassed], None]
) -> None:
    folder.mkdir()
    found = calls = 0

    def tell(passed: Passed) -> None:
        nonlocal found, calls
        say(DayPassed(unit, passed.days, passed.calls - calls, resident_bytes(), passed.findings[found:]))
        found, calls = len(passed.findings), passed.calls

    run_virtual(
        lambda: simulate(
            job.setting, job.population, prompts, folder, first=job.first, days=job.days, seed=job.seed, tell=tell
        )
    )


def resident_bytes() -> int:
    """What this process has in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")

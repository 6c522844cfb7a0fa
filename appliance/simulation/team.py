"""Several units at once, a process each: every one lives through all the days, and has a share of the calls."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory

from appliance.clock import run_virtual
from appliance.prompts.library import PromptLibrary
from appliance.simulation.office import SimulatedOffice
from appliance.simulation.population import Population
from appliance.simulation.running import Finding, Passed, simulate

IN_MEMORY = Path("/dev/shm")
"""A folder in memory, where Linux has one: what a simulated unit keeps need not reach the disk."""


class SimulationFailed(RuntimeError):
    """A process ended before its days were over."""


@dataclass(frozen=True, slots=True)
class Stretch:
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


def simulate_at_once(jobs: Sequence[Stretch], prompts: PromptLibrary, most: int) -> Generator[DayPassed, None, None]:
    """Do all jobs, at most so many at once, and tell of each day as soon as it is over.

    prompts: with all that the office says. Whoever closes the iterator ends it. Raises `SimulationFailed`.
    """
    context = multiprocessing.get_context("fork")
    base = IN_MEMORY if IN_MEMORY.is_dir() else None
    waiting = list(enumerate(jobs))
    with TemporaryDirectory(dir=base, prefix=f"copperdesk-simulate-{os.getpid()}-") as folder:
        simulating: dict[Connection, BaseProcess] = {}
        try:
            while waiting or simulating:
                while waiting and len(simulating) < most:
                    unit, job = waiting.pop(0)
                    ear, mouth = context.Pipe(duplex=False)
                    arguments = (unit, job, prompts, Path(folder) / str(unit), mouth)
                    process: BaseProcess = context.Process(target=_simulate_one, args=arguments, daemon=True)
                    process.start()
                    mouth.close()
                    simulating[ear] = process
                yield from _told(simulating)
        finally:
            for process in simulating.values():
                process.kill()
                process.join()


def _told(simulating: dict[Connection, BaseProcess]) -> Generator[DayPassed, None, None]:
    """What is told next, by those processes that have something to tell. Those that are over are taken out."""
    for ear in wait(list(simulating)):
        assert isinstance(ear, Connection)
        try:
            told: DayPassed | None = ear.recv()
        except EOFError:
            simulating[ear].join()
            raise SimulationFailed(f"a process ended early, with exit code {simulating[ear].exitcode}") from None
        if told is not None:
            yield told
        else:
            simulating.pop(ear).join()


def _simulate_one(unit: int, job: Stretch, prompts: PromptLibrary, folder: Path, mouth: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Who started the simulation ends it.
    folder.mkdir()
    found = calls = 0

    def tell(passed: Passed) -> None:
        nonlocal found, calls
        mouth.send(DayPassed(unit, passed.days, passed.calls - calls, resident_bytes(), passed.findings[found:]))
        found, calls = len(passed.findings), passed.calls

    run_virtual(
        lambda: simulate(
            job.setting, job.population, prompts, folder, first=job.first, days=job.days, seed=job.seed, tell=tell
        )
    )
    mouth.send(None)


def resident_bytes() -> int:
    """What this process has in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")

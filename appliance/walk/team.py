"""Many walkers at once: a process for each core, each with a unit of its own, takes one path after the other.

In virtual time two callers on one unit are no quicker than one after the other, since every frame has to be worked out.
So each process has one caller, and no caller meets another at a telephone that is ringing already.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from tempfile import TemporaryDirectory

from appliance.clock import run_virtual
from appliance.office.callflow import CallFlow
from appliance.office.model import Office
from appliance.prompts.library import PromptLibrary
from appliance.walk.ground import ground
from appliance.walk.path import WalkPath, paths
from appliance.walk.walker import Walked, Walker

IN_MEMORY = Path("/dev/shm")
"""A folder in memory, where Linux has one: the call log of a walk need not reach the disk."""


class WalkFailed(RuntimeError):
    """A walker ended before it had walked its paths."""


@dataclass(frozen=True, slots=True)
class UnitFaults:
    """What was wrong with a walker's unit at the end, in sentences for people."""

    faults: tuple[str, ...]


Told = Walked | UnitFaults


def walk(
    office: Office, prompts: PromptLibrary, at: datetime, walkers: int | None = None
) -> Generator[Told, None, None]:
    """Walk every path of the office as it is at this moment, and tell of each as soon as it is walked.

    prompts: with all that the office says. walkers: how many at once; None: as many as there are cores.
    Whoever closes the iterator ends the walk. Raises `WalkFailed`.
    """
    context = multiprocessing.get_context("fork")
    todo = paths(CallFlow(office, office.local(at)))
    taken: Synchronized[int] = context.Value("i", 0)
    with TemporaryDirectory(
        dir=IN_MEMORY if IN_MEMORY.is_dir() else None, prefix=f"copperdesk-walk-{os.getpid()}-"
    ) as folder:
        ears: dict[Connection, BaseProcess] = {}
        try:
            for number in range(min(walkers or os.cpu_count() or 1, len(todo))):
                ear, mouth = context.Pipe(duplex=False)
                arguments = (office, prompts, at, Path(folder) / str(number), todo, taken, mouth)
                process: BaseProcess = context.Process(target=_walk_some, args=arguments, daemon=True)
                process.start()
                mouth.close()
                ears[ear] = process
            yield from _told(ears)
        finally:
            for process in ears.values():
                process.kill()
                process.join()


def _told(ears: dict[Connection, BaseProcess]) -> Iterator[Told]:
    """What the walkers tell, until each has told of its unit's faults, which is the last."""
    walking = dict(ears)
    while walking:
        for ear in wait(list(walking)):
            assert isinstance(ear, Connection)
            try:
                told: Told = ear.recv()
            except EOFError:
                walking[ear].join()
                raise WalkFailed(f"a walker ended early, with exit code {walking[ear].exitcode}") from None
            yield told
            if isinstance(told, UnitFaults):
                del walking[ear]


def _walk_some(
    office: Office,
    prompts: PromptLibrary,
    at: datetime,
    folder: Path,
    todo: Sequence[WalkPath],
    taken: Synchronized[int],
    mouth: Connection,
) -> None:
    """One walker's process: take the next path until none is left."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Who started the walk ends it.

    async def walking() -> None:
        async with ground(office, prompts, at, folder) as here:
            walker = Walker(here)
            while True:
                with taken.get_lock():
                    number, taken.value = taken.value, taken.value + 1
                if number >= len(todo):
                    break
                mouth.send(await walker.walk(todo[number]))
            mouth.send(UnitFaults(tuple(here.unit.faults)))

    run_virtual(walking)

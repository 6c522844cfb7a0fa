"""Many walkers at once: a process for each core, each with a unit of its own, takes one path after the other.

So each process has one caller, and no caller meets another at a telephone that is ringing already.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from appliance.clock import run_virtual
from appliance.manyatonce import all_told, scratch_folder
from appliance.office.callflow import CallFlow
from appliance.office.model import Office
from appliance.prompts.library import PromptLibrary
from appliance.walk.ground import ground
from appliance.walk.path import WalkPath, paths
from appliance.walk.walker import Walked, Walker


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
    Whoever closes the iterator ends the walk. Raises `ProcessEnded`.
    """
    todo = paths(CallFlow(office, office.local(at)))
    taken: Synchronized[int] = multiprocessing.get_context("fork").Value("i", 0)
    most = min(walkers or os.cpu_count() or 1, len(todo))
    with scratch_folder("walk") as folder:
        each = [Path(folder) / str(number) for number in range(most)]
        walks = [partial(_walk_some, office, prompts, at, own, todo, taken) for own in each]
        yield from all_told(walks, most, "a walker")


def _walk_some(
    office: Office,
    prompts: PromptLibrary,
    at: datetime,
    folder: Path,
    todo: Sequence[WalkPath],
    taken: Synchronized[int],
    tell: Callable[[Told], None],
) -> None:
    """One walker's process: take the next path until none is left."""

    async def walking() -> None:
        async with ground(office, prompts, at, folder) as here:
            walker = Walker(here)
            while True:
                with taken.get_lock():
                    number, taken.value = taken.value, taken.value + 1
                if number >= len(todo):
                    break
                tell(await walker.walk(todo[number]))
            tell(UnitFaults(tuple(here.unit.faults)))

    run_virtual(walking)

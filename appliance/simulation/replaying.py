"""Does again what was done, in a new town, and looks whether the same promise is broken."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from appliance.clock import Deadlock, run_virtual
from appliance.prompts.library import PromptLibrary
from appliance.simulation.day import SETTLED_S
from appliance.simulation.office import Cast
from appliance.simulation.promises import Violation, Watch
from appliance.simulation.running import watched
from appliance.simulation.town import Town
from appliance.simulation.trace import Done

OVER_S = 120.0
"""So long behind the last act everything is over."""
LOOKS_S = 0.5


def replay(players: Cast, done: Sequence[Done], kind: str, prompts: PromptLibrary, beside: Path) -> Violation | None:
    """The first violation of this kind, or None. Acts that cannot be done, as to press keys on hook, are left out."""
    with TemporaryDirectory(prefix="copperdesk-") as folder:
        try:
            return run_virtual(lambda: _replayed(players, done, kind, prompts, Path(folder), beside))
        except Deadlock:
            return None


async def _replayed(
    players: Cast, done: Sequence[Done], kind: str, prompts: PromptLibrary, folder: Path, beside: Path
) -> Violation | None:
    async with watched(players, prompts, folder, beside) as (here, watching):
        for one in done:
            await asyncio.sleep(max(0.0, one.at_s - here.now_s))
            here.act(one.action)
            if found := _of(watching, kind):
                return found
        return await _found_behind(here, watching, kind)


async def _found_behind(here: Town, watching: Watch, kind: str) -> Violation | None:
    """What is found once all is done: while it goes on, or at rest."""
    ends = here.now_s + OVER_S
    quiet_since = here.now_s
    while here.now_s < ends:
        await asyncio.sleep(LOOKS_S)
        if found := _of(watching, kind):
            return found
        if not here.quiet:
            quiet_since = here.now_s
        elif here.now_s - quiet_since >= SETTLED_S:
            await watching.rest()
            return _of(watching, kind)
    return None


def _of(watching: Watch, kind: str) -> Violation | None:
    return next((one for one in watching.violations if one.kind == kind), None)

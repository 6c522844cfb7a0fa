"""The same faxes over the simulated exchange: a machine on a telephone line of it calls the unit, in virtual time.

The unit receives or sends on its own line, with everything that is between: card, media engine, echo canceller, leg.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from appliance.calls.call import Call
from appliance.calls.faxing import receive_fax, send_fax
from appliance.calls.outcome import Outcome
from appliance.clock import run_virtual
from appliance.fax.job import FaxResult, Sending
from appliance.flows.route import go
from appliance.office.destination import Destination
from appliance.office.model import Key, Office
from tests.calls.hearing import until
from tests.calls.world import world
from tests.fax.machines import FaxOnTelephone
from tests.fax.papers import Page
from tests.faxtrials.line import LineModel
from tests.faxtrials.matrix import trials
from tests.faxtrials.session import LONGEST_SECONDS, FaxTrial, KeptWatch, TrialResult, jobs, judged

RECEIVES, SENDS = "exchange, unit receives", "exchange, unit sends"
_CLOCKS = (0.0, 100.0, -100.0)
"""How much faster, in ppm, the crystal of the unit's card runs than its own."""


@dataclass(frozen=True, slots=True)
class ToTrialFax:
    """A destination of these trials: the unit receives or sends a fax on the caller's line."""


def exchange_trials(calls: int, seed: int) -> Iterator[FaxTrial]:
    """So many of the matrix's faxes, over lines of the exchange; every other one is sent by the unit."""
    for number, trial in enumerate(trials(calls, seed)):
        line = LineModel(ppm=_CLOCKS[number % len(_CLOCKS)])
        yield replace(trial, impairment=(RECEIVES, SENDS)[number % 2], line=line, ecm=number % 3 != 2)


def try_over_exchange(trial: FaxTrial, charts: Sequence[Page], folder: Path) -> TrialResult:
    """Send these pages from the caller to the unit, or from the unit to the caller, in virtual time."""
    return run_virtual(lambda: _over_exchange(trial, charts, folder))


async def _over_exchange(trial: FaxTrial, charts: Sequence[Page], folder: Path) -> TrialResult:
    began = time.process_time()
    sending, receiving = jobs(trial, charts, folder)
    ours, theirs = (sending, receiving) if trial.impairment == SENDS else (receiving, sending)
    watch = KeptWatch(receiving.into)
    found: list[FaxResult] = []

    async def route(call: Call, destination: Destination | ToTrialFax) -> Outcome:
        if not isinstance(destination, ToTrialFax):
            return await go(call, destination)
        if isinstance(ours, Sending):
            found.append(await send_fax(call.caller, ours, watch.told))
        else:
            found.append(await receive_fax(call.caller, ours, watch.told))
        return Outcome.GOODBYE

    async with world(_with_a_key, clock_ppm=trial.line.ppm) as here:
        here.appliance.switchboard.route = route  # type: ignore[assignment]
        caller = await here.greeted()
        machine = FaxOnTelephone(caller.telephone)
        await caller.presses("7")
        began_at = asyncio.get_running_loop().time()
        machine.start(theirs)
        await until(lambda: bool(found) and machine.result is not None, within=LONGEST_SECONDS)
        seconds = asyncio.get_running_loop().time() - began_at
    assert machine.result is not None
    results = (found[0], machine.result) if isinstance(ours, Sending) else (machine.result, found[0])
    return judged(trial, charts, receiving.into, results, watch.unkept, seconds, time.process_time() - began)


def _with_a_key(office: Office) -> Office:
    keys = office.menu.keys | {"7": Key(ToTrialFax())}  # type: ignore[arg-type]
    return replace(office, menu=replace(office.menu, keys=keys))

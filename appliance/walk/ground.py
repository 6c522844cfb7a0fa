"""The ground that is walked on: a whole unit with the office on the simulated exchange, and one caller outside."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from appliance.clock import LoopClock
from appliance.control.folder import DataFolder
from appliance.office.callflow import CallFlow, Entrance
from appliance.office.destination import ToOutside
from appliance.office.lines import Trunk
from appliance.office.model import Office
from appliance.prompts.library import PromptLibrary
from appliance.unit import Unit
from hw.sim.exchange import Exchange
from hw.sim.led import SimLed
from hw.sim.telephone import Telephone
from hw.tones.toneplan import TonePlan, tone_plan

CALLER = "4075550122"


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything a walker needs. numbers: what the caller dials for each entrance.

    telephones: everybody's whom a path may reach, by the name that people know.
    """

    office: Office
    flow: CallFlow
    unit: Unit
    caller: Telephone
    numbers: dict[Entrance, str]
    telephones: dict[str, Telephone]
    prompts: PromptLibrary
    plan: TonePlan


@asynccontextmanager
async def ground(office: Office, prompts: PromptLibrary, at: datetime, folder: Path) -> AsyncIterator[Ground]:
    """Put it up, on a loop of virtual time, as it is at this moment.

    prompts: with all that the office says. folder: for what the unit keeps.

    Every line of the office is one to the simulated exchange, whatever it is plugged into, and answers at the first
    ring. A company without a line of its own gets one. Lines have short numbers at the exchange, dialled quickly.
    """
    flow = CallFlow(office)
    walked = replace(office, trunks=_trunks(flow))
    clock, plan = LoopClock(asyncio.get_running_loop(), at), tone_plan(office.country)
    exchange = Exchange(plan, lambda: office.local(clock.now()))
    outside = {
        edge.target.number for edges in flow.edges.values() for edge in edges if isinstance(edge.target, ToOutside)
    }
    numbers = dict(zip(flow.entrances, _short_numbers({*outside, CALLER}), strict=False))
    for entrance, trunk in zip(flow.entrances, walked.trunks, strict=True):
        exchange.add_trunk(trunk.port, numbers[entrance])
    telephones = {station.name: exchange.add_station(station.port) for station in office.stations}
    telephones |= {number: exchange.subscriber(number) for number in outside}
    caller = exchange.subscriber(CALLER)
    unit = Unit(
        office=walked,
        cards=[exchange.card],
        led=SimLed(),
        data=DataFolder(folder),
        prompts=prompts,
        clock=clock,
        plan=plan,
    )
    await exchange.start()
    await unit.start()
    try:
        yield Ground(walked, flow, unit, caller, numbers, telephones, prompts, plan)
    finally:
        await unit.close()
        await exchange.close()


def _trunks(flow: CallFlow) -> tuple[Trunk, ...]:
    """A line for each entrance, those of the office first."""
    own = list(flow.office.trunks)
    further = [Trunk(one.name, f"walk-{place}", one.number) for place, one in enumerate(flow.entrances[len(own) :])]
    lines = zip(flow.entrances, [*own, *further], strict=True)
    return tuple(replace(trunk, company=entrance.company or None, answer_after_rings=0) for entrance, trunk in lines)


def _short_numbers(others: set[str]) -> Iterator[str]:
    """Numbers of three digits that no other one begins with, nor is the beginning of."""
    for number in map("{:03}".format, range(1000)):
        if not any(other.startswith(number) or number.startswith(other) for other in others):
            yield number

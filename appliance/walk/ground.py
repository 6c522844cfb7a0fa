"""The ground that is walked on: a whole unit with the office, and a caller outside."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from appliance.clock import LoopClock
from appliance.control.folder import DataFolder
from appliance.office.callflow import CallFlow, Entrance
from appliance.office.lines import Trunk
from appliance.office.model import Office
from appliance.prompts.library import PromptLibrary
from appliance.unit import Unit
from hw.callerid.coding import CallerId
from hw.sim.direct import DirectCard, DirectLine
from hw.sim.exchange import Exchange
from hw.sim.led import SimLed
from hw.sim.telephone import Telephone
from hw.tones.toneplan import TonePlan, tone_plan

CALLER = CallerId("4075550122", "WALKER")


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything a walker needs."""

    office: Office
    """As it is walked: with a line for each entrance."""
    flow: CallFlow
    """Where each entrance and key leads at this moment."""
    unit: Unit
    """The unit that is called."""
    lines: dict[Entrance, DirectLine]
    """For each entrance the line by which the caller comes in."""
    telephones: dict[str, Telephone]
    """Those of the office, by name."""
    prompts: PromptLibrary
    """With all that the office says."""
    plan: TonePlan
    """The country's."""
    began_s: float
    """The loop's time when the unit was built."""

    def loop_s(self, moment: datetime) -> float:
        """The loop's time at this moment of the unit's clock."""
        return self.began_s + (moment - self.unit.started).total_seconds()


@asynccontextmanager
async def ground(office: Office, prompts: PromptLibrary, at: datetime, folder: Path) -> AsyncIterator[Ground]:
    """Put it up, on a loop of virtual time, as it is at this moment.

    prompts: with all that the office says. folder: for what the unit keeps.
    Every line of the office is a direct one here, whatever it is plugged into, and a company that has only numbers gets
    one. Every telephone is one of the simulated exchange.
    """
    flow = CallFlow(office, office.local(at))
    walked = replace(office, trunks=_trunks(flow))
    clock, plan = LoopClock(asyncio.get_running_loop(), at), tone_plan(office.country)
    exchange = Exchange(plan, lambda: office.local(clock.now()))
    telephones = {station.name: exchange.add_station(station.port) for station in office.stations}
    lines = [DirectLine(trunk.port, plan) for trunk in walked.trunks]
    began_s = asyncio.get_running_loop().time()
    unit = Unit(
        office=walked,
        cards=[DirectCard(lines), exchange.card],
        led=SimLed(),
        data=DataFolder(folder),
        prompts=prompts,
        clock=clock,
        plan=plan,
    )
    await exchange.start()
    await unit.start()
    try:
        yield Ground(
            walked, flow, unit, dict(zip(flow.entrances, lines, strict=True)), telephones, prompts, plan, began_s
        )
    finally:
        await unit.close()
        await exchange.close()


def _trunks(flow: CallFlow) -> tuple[Trunk, ...]:
    """A line for each entrance, those of the office first. It answers at once, whatever ring it answers at else."""
    own = list(flow.office.trunks)
    further = [Trunk(one.name, f"walk-{place}", one.number) for place, one in enumerate(flow.entrances[len(own) :])]
    lines = zip(flow.entrances, [*own, *further], strict=True)
    return tuple(replace(trunk, company=entrance.company or None, answer_after_rings=0) for entrance, trunk in lines)

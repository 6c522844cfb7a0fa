"""What happens to lines, to circuits, and to the power."""

from __future__ import annotations

from random import Random

from appliance.scenario import actions as act
from appliance.simulation.town import Town

CUT_S = (2.0, 120.0)
"""How long a line is cut, or taken by another telephone."""
POWER_S = (4.0, 60.0)


async def line_fault(town: Town, random: Random) -> None:
    """A line is cut and restored, breaks, is noisy, or somebody lifts another telephone on it."""
    trunk = random.choice(town.environment.office.trunks).name
    match random.choice(["cut", "break", "noise", "in-use", "circuits"]):
        case "cut":
            await _for_a_while(town, random, act.Fault(trunk, "cut"), act.Fault(trunk, "restore"))
        case "in-use":
            await _for_a_while(town, random, act.Fault(trunk, "in-use"), act.Fault(trunk, "free"))
        case "break":
            await town.do(act.Fault(trunk, "break"))
        case "noise":
            await town.do(act.Fault(trunk, "noise"))
        case _:
            if not town.cast.cells:
                return
            prefix = town.hands[random.choice(town.cast.cells)].telephone.name
            await _for_a_while(town, random, act.Circuits(prefix, busy=True), act.Circuits(prefix, busy=False))


async def power_cut(town: Town, random: Random) -> None:
    await town.do(act.PowerFails(float(round(random.uniform(*POWER_S)))))


async def _for_a_while(town: Town, random: Random, first: act.Act, then: act.Act) -> None:
    town.act(first)
    await town.waits(random.uniform(*CUT_S))
    town.act(then)

"""The unit itself calls a number outside, and a conversation is held with whoever answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from appliance.calls.call import Call
from appliance.calls.leg import Leg
from appliance.calls.linesout import lines_out
from appliance.calls.outcome import Outcome
from appliance.calls.outgoing import dial_out
from appliance.calls.services import Services
from appliance.media.engine import Engine
from appliance.office.model import Person
from appliance.switchboard import Switchboard

ANSWER_SECONDS = 45.0
"""How long it rings there at the most."""
KEPT_FREE = 1
"""So many trunks are left for those who call the office."""


async def call_out(
    switchboard: Switchboard,
    services: Services,
    engine: Engine,
    number: str,
    whose: Person,
    flow: Callable[[Call], Awaitable[Outcome]],
) -> Outcome:
    """What became of it; NO_LINE where only the last free trunk would be left to call on, REFUSED beyond a limit.

    whose: on whose account it goes.
    """
    office = switchboard.office
    if services.outside.limit(office.rights, whose.id, "") is not None:
        return Outcome.REFUSED
    nobody = Leg("call by the unit", engine.open("call by the unit", lambda _frame: None), lambda _leg: None)
    try:
        trunks = [trunk for trunk in services.lines.trunks if trunk.facts.outside]
        trunk = None
        for way in lines_out(office, services.lines.trunks, number):
            trunk = trunk or await dial_out(
                way.trunks,
                way.number,
                nobody,
                emergency=False,
                report=services.faults.report,
                keep_free=KEPT_FREE,
                among=trunks,
            )
        if trunk is None or trunk.leg is None or trunk.progress is None:
            return Outcome.NO_LINE
        leg = trunk.leg
        try:
            if await trunk.progress.until_answered(nobody, ANSWER_SECONDS) is not None:
                return Outcome.NO_ANSWER
            return await switchboard.called_out(trunk, leg, number, whose, flow)
        finally:
            leg.release()
    finally:
        nobody.media.close()

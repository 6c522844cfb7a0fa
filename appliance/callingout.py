"""The unit itself calls a number outside, and a conversation is held with whoever answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from appliance.calls.call import Call
from appliance.calls.leg import Leg
from appliance.calls.outcome import Outcome
from appliance.calls.outgoing import dial_out
from appliance.calls.services import Services
from appliance.media.engine import Engine
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
    flow: Callable[[Call], Awaitable[Outcome]],
) -> Outcome:
    """What became of it; NO_LINE where only the last free trunk would be left to call on."""
    nobody = Leg("call by the unit", engine.open("call by the unit", lambda _frame: None), lambda _leg: None)
    try:
        trunks = [trunk for trunk in services.lines.trunks if trunk.facts.outside]
        report = services.faults.report
        trunk = await dial_out(trunks, number, nobody, emergency=False, report=report, keep_free=KEPT_FREE)
        if trunk is None or trunk.leg is None or trunk.progress is None:
            return Outcome.NO_LINE
        leg = trunk.leg
        try:
            if await trunk.progress.until_answered(nobody, ANSWER_SECONDS) is not None:
                return Outcome.NO_ANSWER
            return await switchboard.called_out(trunk, leg, number, flow)
        finally:
            leg.release()
    finally:
        nobody.media.close()

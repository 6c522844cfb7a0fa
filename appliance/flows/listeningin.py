"""An operator listens to an emergency call that goes on."""

from __future__ import annotations

from contextlib import suppress

from appliance.calls.call import Call
from appliance.calls.outcome import CallEnded, Outcome
from appliance.flows.emergency import listen
from appliance.office.phrase import phrase


async def listen_in(call: Call) -> Outcome:
    """Let operators, and whoever is told of such calls, hear the one that began last."""
    await call.answer()
    owner, emergency = call.owner, call.services.emergencies.newest
    allowed = call.office.operator_ids | {person.id for person in call.office.told_of_emergencies}
    if owner is None or owner.id not in allowed:
        await call.caller.play(phrase("operators-only"))
        return Outcome.REFUSED
    if emergency is None:
        await call.caller.play(phrase("no-emergency-call"))
        return Outcome.NOT_DIALLED
    with suppress(CallEnded):
        await listen(call, emergency)
    return Outcome.TOLD

"""No waiting call disturbs the one that is dialled now."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.flows.dialagain import dial_again


async def without_waiting(call: Call) -> Outcome:
    """Dial tone again, for the number of a call that no other one disturbs."""
    call.caller.leg.undisturbed = True
    return await dial_again(call)

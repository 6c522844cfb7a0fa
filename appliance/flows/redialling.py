"""Both ends are rung once a busy number or colleague is free."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome


async def redial(call: Call) -> Outcome:
    """Both ends are rung once a busy number or colleague is free."""
    return Outcome.NOT_DIALLED


async def redial_no_more(call: Call) -> Outcome:
    """What waits for this telephone is given up."""
    return Outcome.NOT_DIALLED

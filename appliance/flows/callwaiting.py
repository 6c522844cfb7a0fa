"""No waiting call disturbs the one that is dialled now."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome


async def without_waiting(call: Call) -> Outcome:
    """No waiting call disturbs the one that is dialled now."""
    return Outcome.NOT_DIALLED

"""Several talk with each other."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome


async def conference(call: Call) -> Outcome:
    """Several talk with each other."""
    return Outcome.NOT_DIALLED

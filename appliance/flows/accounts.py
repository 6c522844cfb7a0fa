"""An outside call is booked on an account."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome


async def account(call: Call) -> Outcome:
    """An outside call is booked on an account."""
    return Outcome.NOT_DIALLED

"""An operator listens to an emergency call."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome


async def listen_in(call: Call) -> Outcome:
    """An operator listens to an emergency call."""
    return Outcome.NOT_DIALLED

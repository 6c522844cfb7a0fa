"""What an emergency call does is tried, without one."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome


async def emergency_test(call: Call) -> Outcome:
    """What an emergency call does is tried, without one."""
    return Outcome.NOT_DIALLED

"""A wake-up call is set or ended."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome


async def wake_up(call: Call) -> Outcome:
    """A wake-up call is set or ended."""
    return Outcome.NOT_DIALLED

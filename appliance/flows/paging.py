"""All telephones, or a group, are spoken to."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome


async def page(call: Call) -> Outcome:
    """All telephones, or a group, are spoken to."""
    return Outcome.NOT_DIALLED

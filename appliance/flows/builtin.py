"""The built-in attendant: answers when the office document cannot be used, so that no line goes unanswered."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.flows.person import reach_operator
from appliance.office.phrase import phrase


async def builtin_attendant(call: Call) -> Outcome:
    """Thank the caller, ring the telephones one could find, then take a message."""
    await call.answer()
    await call.play(phrase("builtin-greeting"))
    return await reach_operator(call)

"""What is said while a unit is set up, to whoever finds out which line or telephone is which."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.office.phrase import phrase


async def line_found(call: Call) -> Outcome:
    """Tell a caller that the line works, and hang up."""
    await call.answer()
    await call.caller.play(phrase("line-found"))
    return Outcome.GOODBYE


async def telephone_found(call: Call) -> Outcome:
    """Tell whoever has lifted that the telephone is the one that was looked for."""
    await call.caller.play(phrase("telephone-found"))
    return Outcome.GOODBYE

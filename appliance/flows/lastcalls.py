"""The number that was dialled last is dialled again."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome


async def last_number(call: Call) -> Outcome:
    """The number that was dialled last is dialled again."""
    return Outcome.NOT_DIALLED


async def call_return(call: Call) -> Outcome:
    """Whoever called last is called back."""
    return Outcome.NOT_DIALLED


async def who_called(call: Call) -> Outcome:
    """Who called last, and when."""
    return Outcome.NOT_DIALLED

"""A telephone that rings near by is answered from this one."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome


async def pick_up(call: Call) -> Outcome:
    """A telephone that rings near by is answered from this one."""
    return Outcome.NOT_DIALLED


async def pick_up_from(call: Call) -> Outcome:
    """The telephone of an extension that rings is answered from this one."""
    return Outcome.NOT_DIALLED

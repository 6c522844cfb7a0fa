"""The digits behind a code: a place, a group, a conference. They are asked for where none follow."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.office.phrase import Sayable

FOLLOW_SECONDS = 2.0
"""Whoever knows the digits dials them at once."""


async def digits_behind(call: Call, longest: int, *asked: Sayable) -> str:
    """What was dialled behind the code, or else what is pressed once it is asked for; "" for nothing."""
    digits = await call.caller.read_number(longest=longest, first=FOLLOW_SECONDS)
    return digits if digits or not asked else await call.caller.read_number(*asked, longest=longest)

"""Dial tone once more in the same call: behind a code, for the number that the code is about."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.office.numbering import ended, station_destination, station_plan

FIRST_DIGIT_SECONDS = 16.0


async def dial_again(call: Call) -> Outcome:
    """Go where the number leads that is dialled now, also on a telephone that dials another one by itself."""
    tones = call.services.tones
    digits = await call.caller.dial(
        station_plan(call.office),
        tones.dial,
        first=FIRST_DIGIT_SECONDS,
        again_after=call.office.outside_prefix,
        again=tones.dial,
    )
    call.record.dialled(ended(digits))
    return await call.follow(station_destination(call.office, digits, call.owner))

"""Calls that leave this office: to the public network, and to other offices of ours."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.calls.party import Party
from appliance.calls.reaching import Why
from appliance.calls.station import StationLine
from appliance.flows.talk import talk
from appliance.flows.voicemail import leave_message
from appliance.office.destination import ToElsewhere, ToOutside
from appliance.office.phrase import phrase


async def dial_out(call: Call, outside: ToOutside) -> Outcome:
    """Take a trunk, dial, and let the two talk. An emergency call gets a trunk whatever happens."""
    call.wants_outside(outside)
    match await call.dial_out(outside):
        case Party() as party:
            return await talk(call, party) or Outcome.DIALLED_OUT
        case _ if call.from_outside:
            return await leave_message(call, None, phrase("no-line-free"))
        case _:
            await call.caller.play(phrase("no-line-free"))
            return Outcome.NO_LINE


async def reach_elsewhere(call: Call, elsewhere: ToElsewhere) -> Outcome:
    """Call an extension of another of our offices, which rings it, or takes the message, by its own rules."""
    call.wants(elsewhere.number)
    await call.answer()
    reached = await call.call_elsewhere(elsewhere)
    if isinstance(reached, Party):
        return await talk(call, reached) or Outcome.CONNECTED
    no_line = reached.cause is Why.NO_LINE
    because = phrase("no-line-free" if no_line else "nobody-available")
    if not isinstance(call.caller.line, StationLine):
        return await leave_message(call, None, because)
    await call.caller.play(because, phrase("goodbye"))
    return Outcome.NO_LINE if no_line else Outcome.NO_ANSWER

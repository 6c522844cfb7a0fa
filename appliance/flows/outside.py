"""Calls that leave this office: to the public network, and to other offices of ours."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.leg import Leg
from appliance.calls.outcome import Outcome
from appliance.calls.station import StationLine
from appliance.flows.talk import talk
from appliance.flows.voicemail import leave_message
from appliance.office.destination import ToElsewhere, ToOutside
from appliance.office.phrase import phrase


async def dial_out(call: Call, outside: ToOutside) -> Outcome:
    """Take a trunk, dial, and let the two talk. An emergency call gets a trunk whatever happens."""
    call.called = outside.number
    trunk = await call.dial_out(outside.number, emergency=outside.emergency)
    if trunk is None:
        await call.play(phrase("no-line-free"))
        return Outcome.NO_LINE
    return await talk(call, trunk) or Outcome.DIALLED_OUT


async def reach_elsewhere(call: Call, elsewhere: ToElsewhere) -> Outcome:
    """Call an extension of another of our offices, which rings it, or takes the message, by its own rules."""
    call.called = elsewhere.number
    await call.answer()
    reached = await call.call_elsewhere(elsewhere)
    if isinstance(reached, Leg):
        return await talk(call, reached) or Outcome.CONNECTED
    because = phrase("no-line-free" if reached is None else "nobody-available")
    if not isinstance(call.line, StationLine):
        return await leave_message(call, None, because)
    await call.play(because, phrase("goodbye"))
    return Outcome.NO_LINE if reached is None else Outcome.NO_ANSWER

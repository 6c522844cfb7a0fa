"""The built-in attendant: answers when the office document cannot be used, so that no line goes unanswered."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.calls.party import Party
from appliance.flows.talk import talk
from appliance.flows.trials import line_found
from appliance.flows.voicemail import leave_message
from appliance.office.phrase import phrase


async def builtin_attendant(call: Call) -> Outcome:
    """Thank the caller, ring all telephones, then take a message. While the unit is set up, its page may answer."""
    if await call.services.line_trials.answered_at_the_page(call.caller.name, call.caller.leg):
        return await line_found(call)
    await call.answer()
    await call.caller.play(phrase("builtin-greeting"))
    party = await call.ring_everybody()
    if isinstance(party, Party):
        return await talk(call, party) or Outcome.OPERATOR
    return await leave_message(call, None, phrase("nobody-available"))

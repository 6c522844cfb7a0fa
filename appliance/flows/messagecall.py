"""Somebody is called about a new message: whoever answers gives the PIN, and hears the mailbox."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.flows.mailbox import mailbox
from appliance.office.model import Person
from appliance.office.phrase import phrase


async def message_call(call: Call, person: Person) -> Outcome:
    """A voicemail that answers knows no PIN, and is left after three times of asking."""
    call.caller.language = person.language or call.office.language
    await call.caller.play(phrase("message-call", name=person.name), until_digit=True)
    return await mailbox(call, person)

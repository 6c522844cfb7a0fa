"""The one place that follows a destination, however a call came to it."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.flows.attendant import attendant
from appliance.flows.mailbox import mailbox
from appliance.flows.outside import dial_out, reach_elsewhere
from appliance.flows.person import reach, reach_operator
from appliance.flows.voicemail import leave_message
from appliance.office.destination import (
    Destination,
    EndCall,
    Nowhere,
    RepeatMenu,
    ToElsewhere,
    ToMailbox,
    ToMenu,
    ToMessages,
    ToOperator,
    ToOutside,
    ToPerson,
)
from appliance.office.phrase import phrase


async def go(call: Call, destination: Destination) -> Outcome:
    """Take the call there, and return what became of it."""
    office = call.office
    match destination:
        case ToPerson(id) if (person := office.person(id)) is not None:
            return await reach(call, person)
        case ToMailbox(id) if (person := office.person(id)) is not None:
            return await leave_message(call, person)
        case ToOutside():
            return await dial_out(call, destination)
        case ToElsewhere():
            return await reach_elsewhere(call, destination)
        case ToMessages():
            return await mailbox(call, call.owner)
        case ToMenu() | RepeatMenu():
            return await attendant(call)
        case EndCall():
            await call.caller.play(phrase("thank-you-goodbye"))
            return Outcome.GOODBYE
        case Nowhere():
            return Outcome.NOT_DIALLED
        case ToOperator() | ToPerson() | ToMailbox():
            return await reach_operator(call)

"""The one forwarding path: however a call comes to a person, this is what happens."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.leg import Leg
from appliance.calls.outcome import Outcome
from appliance.calls.ringing import Unreached
from appliance.flows.voicemail import voicemail
from appliance.office.model import Person
from appliance.office.phrase import phrase


async def reach(call: Call, person: Person, *, mailbox: Person | None = None) -> Outcome:
    """Ring the person; busy, or no answer, goes to the mailbox (the person's own, or another's)."""
    call.called = person.extension
    if person.station is not None:
        await call.play(phrase("one-moment"))
    match await call.ring(person):
        case Leg() as party:
            call.reached = person.id
            await call.bridge(party)
            return Outcome.CONNECTED
        case Unreached.BUSY:
            await call.play(phrase("on-the-phone", name=person.name))
        case Unreached.NO_ANSWER:
            await call.play(phrase("not-available", name=person.name))
        case Unreached.NO_STATION:
            pass
    return await leave_message(call, mailbox or person)


async def reach_operator(call: Call) -> Outcome:
    """Ring the operator, then take a message for the office."""
    operator = call.office.person(call.office.operator)
    general = call.office.person(call.office.general_mailbox)
    if operator is None:
        return Outcome.GAVE_UP if general is None else await leave_message(call, general)
    outcome = await reach(call, operator, mailbox=general)
    return Outcome.OPERATOR if outcome is Outcome.CONNECTED else outcome


async def leave_message(call: Call, person: Person) -> Outcome:
    """Take a message for the person; for one without a mailbox, for the office."""
    keeper = person if person.mailbox else call.office.person(call.office.general_mailbox)
    if keeper is None:
        await call.play(phrase("nobody-available"))
        return Outcome.NO_ANSWER
    call.reached = keeper.id
    return await voicemail(call, keeper)

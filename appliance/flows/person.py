"""The one forwarding path: however a call comes to a person, this is what happens."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.leg import Leg
from appliance.calls.outcome import Outcome
from appliance.calls.ringing import Unreached
from appliance.flows.voicemail import voicemail
from appliance.office.model import Person
from appliance.office.phrase import Sayable, phrase


async def reach(call: Call, person: Person) -> Outcome:
    """Ring the person; busy, or no answer, goes to the person's mailbox."""
    call.called = person.extension
    if person.station is not None:
        await call.play(phrase("one-moment"))
    match await call.ring(person):
        case Unreached.BUSY:
            return await leave_message(call, person, phrase("on-the-phone", name=person.name))
        case Unreached.NO_ANSWER | Unreached.RINGING:
            return await leave_message(call, person, phrase("not-available", name=person.name))
        case Unreached.NO_STATION:
            return await leave_message(call, person)
        case Leg() as party:
            return await connect(call, person, party)


async def reach_operator(call: Call) -> Outcome:
    """Ring the operator, then take a message for the office."""
    operator = call.office.person(call.office.operator)
    if operator is not None:
        call.called = operator.extension
        await call.play(phrase("connecting-operator"))
        party = await call.ring(operator)
        if isinstance(party, Leg):
            await connect(call, operator, party)
            return Outcome.OPERATOR
    general = call.office.person(call.office.general_mailbox)
    if general is None:
        await call.play(phrase("nobody-available"), phrase("goodbye"))
        return Outcome.NO_ANSWER
    return await leave_message(call, general, phrase("nobody-available"))


async def connect(call: Call, person: Person, party: Leg) -> Outcome:
    """Let the two talk until one of them leaves."""
    call.reached = person.id
    await call.bridge(party)
    return Outcome.CONNECTED


async def leave_message(call: Call, person: Person, because: Sayable | None = None) -> Outcome:
    """Take a message for the person, or the office where the person has no mailbox. because: why, for the caller."""
    keeper = person if person.mailbox else call.office.person(call.office.general_mailbox)
    if keeper is None:
        await call.play(because or phrase("nobody-available"), phrase("goodbye"))
        return Outcome.NO_ANSWER
    call.reached = keeper.id
    return await voicemail(call, keeper, because)

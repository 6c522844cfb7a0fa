"""The one forwarding path: however a call comes to a person, this is what happens."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.calls.party import Party
from appliance.calls.reaching import Unreached, Why
from appliance.flows.talk import talk
from appliance.flows.voicemail import leave_message
from appliance.office.destination import ToPerson
from appliance.office.model import Person
from appliance.office.numbering import station_destination
from appliance.office.phrase import phrase


async def reach(call: Call, person: Person) -> Outcome:
    """Ring the person; busy, or no answer, goes to the person's mailbox."""
    call.wants(person.extension)
    if person.station is not None:
        await call.caller.play(phrase("one-moment"))
    match await call.ring(person):
        case Party() as party:
            return await connect(call, person, party)
        case Unreached(forward_to=number) if number and (another := _forwarded(call, number)) is not None:
            return await reach(call, another)
        case Unreached(Why.NO_STATION):
            return await leave_message(call, person)
        case Unreached(Why.BUSY, ""):
            return await leave_message(call, person, phrase("on-the-phone", name=person.name))
        case _:
            return await leave_message(call, person, phrase("not-available", name=person.name))


def _forwarded(call: Call, number: str) -> Person | None:
    """Whom to ring instead. Nobody who was rung in this call already, and never a number outside."""
    match station_destination(call.office, number):
        case ToPerson(id) if id not in call.rung:
            return call.office.person(id)
        case _:
            return None


async def reach_operator(call: Call) -> Outcome:
    """Ring the operator, then take a message for the office."""
    operator = call.office.person(call.company.operator)
    if operator is not None:
        call.wants(operator.extension)
        await call.caller.play(phrase("connecting-operator"))
        party = await call.ring(operator)
        while isinstance(party, Unreached) and (another := _forwarded(call, party.forward_to)) is not None:
            operator, party = another, await call.ring(another)
        if isinstance(party, Party):
            await connect(call, operator, party)
            return Outcome.OPERATOR
    return await leave_message(call, None, phrase("nobody-available"))


async def connect(call: Call, person: Person, party: Party) -> Outcome:
    """Let the two talk, until one of them leaves or is transferred."""
    call.record.reached(person.id)
    return await talk(call, party) or Outcome.CONNECTED

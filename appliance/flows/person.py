"""The one forwarding path: however a call comes to a person, this is what happens."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.leg import Leg
from appliance.calls.outcome import Outcome
from appliance.calls.ringing import Forwarded, Unreached
from appliance.calls.station import StationLine
from appliance.flows.voicemail import voicemail
from appliance.office.model import Key, Person
from appliance.office.numbering import Elsewhere, Outside, station_destination
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
        case Forwarded() as forwarded:
            another = _forwarded(call, forwarded)
            if another is not None:
                return await reach(call, another)
            return await leave_message(call, person, phrase("not-available", name=person.name))
        case Leg() as party:
            return await connect(call, person, party)


def _forwarded(call: Call, forwarded: Forwarded) -> Person | None:
    """Whom to ring instead. Nobody who was rung in this call already, and never a number outside."""
    destination = station_destination(call.office, forwarded.number)
    return destination if isinstance(destination, Person) and destination.id not in call.rung else None


async def reach_directly(call: Call, person: Person) -> Outcome:
    """A call that comes in for a person's extension, from another of our offices."""
    await call.answer()
    return await reach(call, person)


async def reach_operator(call: Call) -> Outcome:
    """Ring the operator, then take a message for the office."""
    operator = call.office.person(call.office.operator)
    if operator is not None:
        call.called = operator.extension
        await call.play(phrase("connecting-operator"))
        party = await call.ring(operator)
        while isinstance(party, Forwarded) and (another := _forwarded(call, party)) is not None:
            operator, party = another, await call.ring(another)
        if isinstance(party, Leg):
            await connect(call, operator, party)
            return Outcome.OPERATOR
    general = call.office.person(call.office.general_mailbox)
    if general is None:
        await call.play(phrase("nobody-available"), phrase("goodbye"))
        return Outcome.NO_ANSWER
    return await leave_message(call, general, phrase("nobody-available"))


async def connect(call: Call, person: Person, party: Leg) -> Outcome:
    """Let the two talk, until one of them leaves or is transferred."""
    call.reached = person.id
    return await talk(call, party) or Outcome.CONNECTED


async def talk(call: Call, party: Leg) -> Outcome | None:
    """Let the caller and a party talk until one leaves: None. After a transfer: what became of whoever remained."""
    while (transfer := await call.bridge(party)) is not None:
        if transfer.to:
            party = call.take(transfer) or party
            continue
        match station_destination(call.office, transfer.number):
            case Person() as person:
                call.remains(transfer)
                return await reach(call, person)
            case Key():
                call.remains(transfer)
                return await reach_operator(call)
            case Outside() as outside:
                call.remains(transfer)
                return await dial_out(call, outside)
            case Elsewhere() as elsewhere:
                call.remains(transfer)
                return await reach_elsewhere(call, elsewhere)
            case _:
                transfer.reply(False)
    return None


async def dial_out(call: Call, outside: Outside) -> Outcome:
    """Take a trunk, dial, and let the two talk. An emergency call gets a trunk whatever happens."""
    call.called = outside.number
    trunk = await call.dial_out(outside.number, emergency=outside.emergency)
    if trunk is None:
        await call.play(phrase("no-line-free"))
        return Outcome.NO_LINE
    return await talk(call, trunk) or Outcome.DIALLED_OUT


async def reach_elsewhere(call: Call, elsewhere: Elsewhere) -> Outcome:
    """Call an extension of another of our offices, which rings it, or takes the message, by its own rules."""
    call.called = elsewhere.number
    await call.answer()
    reached = await call.call_elsewhere(elsewhere)
    if isinstance(reached, Leg):
        return await talk(call, reached) or Outcome.CONNECTED
    because = phrase("no-line-free" if reached is None else "nobody-available")
    general = call.office.person(call.office.general_mailbox)
    if general is not None and not isinstance(call.line, StationLine):
        return await leave_message(call, general, because)
    await call.play(because, phrase("goodbye"))
    return Outcome.NO_LINE if reached is None else Outcome.NO_ANSWER


async def leave_message(call: Call, person: Person, because: Sayable | None = None) -> Outcome:
    """Take a message for the person, or the office where the person has no mailbox. because: why, for the caller."""
    keeper = person if person.mailbox else call.office.person(call.office.general_mailbox)
    if keeper is None:
        await call.play(because or phrase("nobody-available"), phrase("goodbye"))
        return Outcome.NO_ANSWER
    call.reached = keeper.id
    return await voicemail(call, keeper, because)

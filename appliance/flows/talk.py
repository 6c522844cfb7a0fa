"""Two parties talk, or three, until one of them leaves or is transferred; and whoever is left on hold is not lost."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.greetingchoice import Came
from appliance.calls.outcome import Outcome
from appliance.calls.party import Party
from appliance.calls.station import StationLine
from appliance.calls.talk import FaxComes
from appliance.calls.transfer import Join, LeftHolding, LetFax, Park, WaitsNoMore
from appliance.flows.fax import receive, receive_from_talk
from appliance.flows.onhold import hold_question
from appliance.flows.parking import parked
from appliance.flows.voicemail import leave_message
from appliance.office.destination import Destination, Nowhere, ToBlockLast, ToFeature, ToMessages, ToNightMode
from appliance.office.feature import Feature
from appliance.office.numbering import station_destination
from appliance.office.phrase import phrase


async def talk(call: Call, party: Party) -> Outcome | None:
    """Let the caller and a party talk until one leaves: None. After a transfer: what became of whoever remained."""
    question = hold_question(call)
    while (turn := await call.bridge(party, question)) is not None:
        if isinstance(turn, FaxComes):
            return await receive_from_talk(call, party)
        if isinstance(turn, WaitsNoMore):
            return await leave_message(call, call.office.at_station(turn.station.name))
        if isinstance(turn, LeftHolding):
            back = await call.ring_back(turn)
            if not isinstance(back, Party):
                return await left_on_hold(call, turn)
            party = back
        elif isinstance(turn, Park):
            taken = await parked(call, turn)
            if not isinstance(taken, Party):
                return taken
            party = taken
        elif isinstance(turn, LetFax):
            call.remains(turn)
            return await receive(call)
        elif isinstance(turn, Join):
            if (joined := call.join(turn)) is not None:
                party = await call.confer(party, joined, turn.initiator)
        elif turn.to and not (room := call.services.rooms.of(turn.to)):
            party = call.take(turn) or party
        else:
            number = f"{call.office.codes.conference}{room}" if turn.to else turn.number
            destination = station_destination(call.office, number)
            if not may_be_transferred_to(destination):
                turn.refuse()
                continue
            call.remains(turn)
            line = turn.initiator.line
            call.returns_to = line if isinstance(line, StationLine) else None
            return await call.follow(destination)
    return None


def may_be_transferred_to(destination: Destination) -> bool:
    """Whether somebody may be transferred there: to somebody to talk to, or the fax, not to what changes anything."""
    if isinstance(destination, ToFeature):
        return destination.feature in (Feature.CONFERENCE, Feature.FAX)
    return not isinstance(destination, ToMessages | ToNightMode | ToBlockLast | Nowhere)


async def left_on_hold(call: Call, left: LeftHolding) -> Outcome:
    """A telephone was hung up with this party on hold, and did not answer when it was rung again: take a message."""
    owner = call.office.at_station(left.station.name)
    because = phrase("nobody-available") if owner is None else None
    return await leave_message(call, owner, because, came=Came.NO_ANSWER)

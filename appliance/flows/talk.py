"""Two parties talk, or three, until one of them leaves or is transferred; and whoever is left on hold is not lost."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.greetingchoice import Came
from appliance.calls.outcome import Outcome
from appliance.calls.party import Party
from appliance.calls.transfer import Join, LeftHolding
from appliance.flows.voicemail import leave_message
from appliance.office.destination import Nowhere, ToBlockLast, ToMessages, ToNightMode
from appliance.office.model import Person
from appliance.office.numbering import station_destination
from appliance.office.phrase import phrase


async def talk(call: Call, party: Party) -> Outcome | None:
    """Let the caller and a party talk until one leaves: None. After a transfer: what became of whoever remained."""
    while (turn := await call.bridge(party)) is not None:
        if isinstance(turn, LeftHolding):
            back = await call.ring_back(turn)
            if not isinstance(back, Party):
                return await left_on_hold(call, turn)
            party = back
        elif isinstance(turn, Join):
            if (joined := call.join(turn)) is not None:
                party = await call.confer(party, joined, turn.initiator)
        elif turn.to:
            party = call.take(turn) or party
        else:
            destination = station_destination(call.office, turn.number)
            if isinstance(destination, ToMessages | ToNightMode | ToBlockLast | Nowhere):
                turn.refuse()
                continue
            call.remains(turn)
            call.returns_to = operator_at(call, turn.initiator)
            return await call.follow(destination)
    return None


def operator_at(call: Call, party: Party) -> Person | None:
    """The operator whose telephone this party has."""
    owner = call.office.at_station(party.line.name)
    return owner if owner is not None and owner.id in call.office.operator_ids else None


async def left_on_hold(call: Call, left: LeftHolding) -> Outcome:
    """A telephone was hung up with this party on hold, and did not answer when it was rung again: take a message."""
    owner = call.office.at_station(left.station.name)
    because = phrase("nobody-available") if owner is None else None
    return await leave_message(call, owner, because, came=Came.NO_ANSWER)

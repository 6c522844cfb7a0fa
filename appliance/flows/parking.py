"""Parking: whoever is on hold waits in a numbered place, where any telephone can take the call up."""

from __future__ import annotations

from contextlib import suppress

from appliance.calls.call import Call
from appliance.calls.outcome import CallEnded, Outcome
from appliance.calls.party import Party
from appliance.calls.transfer import Park, WaitsNoMore
from appliance.flows.onhold import hold_question
from appliance.flows.voicemail import leave_message
from appliance.office.destination import ToOperator
from appliance.office.phrase import Digits, phrase

PLACE_SECONDS, NEXT_DIGIT_SECONDS = 3.0, 2.0
"""How long the number of a place is waited for, before it is asked for, and for each further digit of it."""


async def park(call: Call) -> Outcome:
    """Whoever is on hold is parked, and the telephone is told in which place."""
    if not call.can_park:
        await call.caller.play(phrase("nobody-to-park"))
        return Outcome.NOT_DIALLED
    place = call.park_held()
    if place is None:
        await call.caller.play(phrase("all-places-taken"))
        return Outcome.REFUSED
    with suppress(CallEnded):
        for _ in range(2):  # Who has not caught it hears it once more.
            await call.caller.play(phrase("parked-in-place", place=Digits(str(place))))
    return Outcome.CHANGED


async def parked(call: Call, turn: Park) -> Party | Outcome:
    """Whom the caller talks to next: the caller is parked until somebody takes the call up.

    Where nobody does, and the telephone that has parked it does not answer, the operator is called.
    """
    call.remains(turn)
    found = await call.wait_parked(turn.place, hold_question(call))
    station = turn.place.station
    if isinstance(found, WaitsNoMore):
        return await leave_message(call, call.office.at_station(station.name))
    if not isinstance(found, Party):
        return await call.follow(ToOperator())
    if not turn.place.taken.done() and not await call.tell_first(found, phrase("parked-call-is-back")):
        return await call.follow(ToOperator())
    owner = call.office.at_station(found.name)
    call.record.reached(owner.id if owner is not None else "")
    return found


async def take_parked(call: Call) -> Outcome:
    """A parked call is taken up, from any telephone, by its place."""
    last = str(call.office.telephones.parking_places)

    def plan(digits: str) -> float | None:
        more = digits.isdigit() and len(digits) < len(last) and int(digits) * 10 <= int(last)
        return NEXT_DIGIT_SECONDS if more else None

    number = await call.caller.read_digits(plan, first=PLACE_SECONDS)
    if not number:
        number = await call.caller.read_digits(plan, phrase("enter-parking-place"), first=PLACE_SECONDS * 2)
    place = number.removesuffix("#")
    if place.isdigit() and await call.take_parked(int(place)):
        return Outcome.CONNECTED
    await call.caller.play(phrase("nobody-parked-there"))
    return Outcome.NO_ANSWER

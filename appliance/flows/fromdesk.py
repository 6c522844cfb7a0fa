"""What whoever answers for the office does from the page with a call that goes on: leads it, takes it up, listens."""

from __future__ import annotations

from contextlib import suppress
from functools import partial

from appliance.calls.call import Call
from appliance.calls.leg import Leg
from appliance.calls.listening import overhear_talk, tell_who_talk
from appliance.calls.outcome import CallEnded, Outcome
from appliance.calls.station import StationLine
from appliance.calls.talk import Talk
from appliance.flows.emergency import listen
from appliance.flows.lostcallers import call_back
from appliance.flows.outside import dial_out
from appliance.flows.pickingup import nothing_rings
from appliance.flows.talk import talk
from appliance.office.destination import Destination, ToElsewhere, ToOperator, ToOutside
from appliance.office.model import Person
from appliance.office.phrase import phrase


async def led(call: Call, destination: Destination) -> Outcome:
    """The caller was in a menu, or waited, and is led elsewhere."""
    call.record.step("led on from the page")
    await call.answer()
    return await call.follow(destination)


async def led_outside(call: Call, destination: ToOutside | ToElsewhere, whose: Person | None) -> Outcome:
    """The same to somebody outside. whose: who has led the caller there, and has the number called."""
    call.record.step("led on from the page")
    await call.answer()
    if isinstance(destination, ToOutside):
        return await dial_out(call, destination, whose)
    return await call.follow(destination)


async def take_up(call: Call, wanted: Call) -> Outcome:
    """Whoever has lifted talks to the caller of another call from now on, wherever in the menus that one is."""
    line = call.caller.line
    assert isinstance(line, StationLine)
    taken = wanted.redirecting.redirect(partial(taken_up, wanted, call.caller.leg, line))
    await call.caller.leg.until(taken)
    if not taken.result():
        return await nothing_rings(call)
    await call.take_part_elsewhere()
    return Outcome.CONNECTED


async def taken_up(call: Call, leg: Leg, station: StationLine) -> Outcome:
    """The caller talks to whoever has lifted this telephone; to the operator, where that one has gone again."""
    call.record.step(f"answered by {station.name}")
    if leg.gone.done():
        leg.release()
        return await call.follow(ToOperator())
    party = call.caller.on_line(leg, station)
    call.take_up(party)
    owner = call.office.at_station(station.name)
    call.record.reached(owner.id if owner is not None else "")
    await call.answer()
    return await talk(call, party) or Outcome.CONNECTED


async def listen_to(call: Call, listened: Call, going_on: Talk, *, announced: bool) -> Outcome:
    """Whoever has lifted hears a talk, unheard, until it is over. announced: those who talk are told before."""
    emergencies = call.services.emergencies.going_on
    helped = next((one for one in emergencies if listened.caller.leg in one.legs()), None)
    if helped is not None:
        await listen(call, helped)
        return Outcome.TOLD
    await call.caller.play(phrase("listening-in"))
    listened.record.step(f"{call.caller.name} listens")
    if announced:
        await tell_who_talk(call.caller.leg, going_on, phrase("somebody-listens"))
    await overhear_talk(call.caller.leg, going_on)
    with suppress(CallEnded):
        await call.caller.play(phrase("emergency-over"))
    return Outcome.TOLD


async def call_lost_caller(call: Call, number: str) -> Outcome:
    """Whoever has lifted calls somebody back who got nobody."""
    back = call_back(call, number)
    if back is None:
        await call.caller.play(phrase("cannot-call-back"))
        return Outcome.NOT_DIALLED
    return await call.follow(back)

"""A call for help, and what people in the office hear of it."""

from __future__ import annotations

from contextlib import suppress

from appliance.calls.call import Call
from appliance.calls.emergencies import EmergencyCall, overhear
from appliance.calls.outcome import CallEnded, Outcome
from appliance.flows.keys import choose_key
from appliance.flows.outside import dial_out
from appliance.office.destination import ToOutside
from appliance.office.phrase import Digits, Sayable, phrase


async def call_for_help(call: Call, outside: ToOutside) -> Outcome:
    """Dial the number. People in the office are told of it meanwhile, and nothing of that is waited for."""
    services = call.services
    emergency = EmergencyCall(call.caller.name, outside.number, services.clock.now(), lambda: call.legs)
    services.emergencies.begin(emergency)
    try:
        return await dial_out(call, outside)
    finally:
        services.emergencies.end(emergency)


async def told_of_emergency(call: Call, emergency: EmergencyCall) -> Outcome:
    """Whoever is to be told has lifted: who calls for help, where, and by one key the call itself."""
    if not emergency.told.done():
        owner = call.owner
        emergency.told.set_result(owner.name if owner is not None else call.caller.name)
    with suppress(CallEnded):
        await call.caller.play(*what_happened(call, emergency), until_digit=True)
        if not emergency.trial and await choose_key(call, "1", phrase("listen-menu"), *what_happened(call, emergency)):
            await listen(call, emergency)
        await call.caller.play(phrase("goodbye"))
    return Outcome.TOLD


def what_happened(call: Call, emergency: EmergencyCall) -> list[Sayable]:
    """From which telephone help was called, and where that is."""
    said: list[Sayable] = [phrase("emergency-test-only")] if emergency.trial else []
    said += [phrase("emergency-called", name=emergency.station, number=Digits(emergency.number))]
    station = next((one for one in call.office.stations if one.name == emergency.station), None)
    places = [station.place if station is not None else "", call.office.emergency.place]
    return said + [phrase("emergency-place", place=place) for place in places if place]


async def listen(call: Call, emergency: EmergencyCall) -> None:
    """Hear an emergency call that goes on, unheard, until it is over."""
    if not emergency.over.done():
        await call.caller.play(phrase("listening-in"))
        call.record.step("listens in")
        await overhear(call.caller.leg, emergency)
    await call.caller.play(phrase("emergency-over"))

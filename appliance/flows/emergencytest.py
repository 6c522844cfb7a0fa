"""Trying what an emergency call does in the office, without one."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.emergencies import EmergencyCall
from appliance.calls.outcome import Outcome
from appliance.calls.station import StationLine
from appliance.office.phrase import phrase

TOLD_SECONDS = 60.0
"""How long whoever is to be told is rung."""


async def emergency_test(call: Call) -> Outcome:
    """Have whoever is to be told rung, and say whether somebody lifted. No line is taken, and nobody is written to."""
    await call.answer()
    if not isinstance(call.caller.line, StationLine):  # Somebody outside was transferred here.
        return Outcome.REFUSED
    services = call.services
    emergency = EmergencyCall(
        call.caller.name, services.tones.emergency[0], services.clock.now(), lambda: call.legs, trial=True
    )
    await call.caller.play(phrase("emergency-test"))
    services.emergencies.begin(emergency)
    try:
        if await call.caller.leg.until(emergency.told, seconds=TOLD_SECONDS):
            said = phrase("emergency-test-told", name=emergency.told.result())
        else:
            said = phrase("emergency-test-nobody")
    finally:
        services.emergencies.end(emergency)
    await call.caller.play(said, phrase("goodbye"))
    return Outcome.CHANGED

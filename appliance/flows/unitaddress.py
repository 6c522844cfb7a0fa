"""A telephone of the office says where browsers find the unit, and whether the file on its card has mistakes."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.calls.station import StationLine
from appliance.office.phrase import Digits, phrase

TIMES = 3
"""How often it is said, for whoever writes it down."""


async def unit_address(call: Call) -> Outcome:
    """Say address and name, and again until the telephone is hung up or it was enough.

    The name is spoken while the address is said, so it may come the second time only.
    """
    await call.answer()
    if not isinstance(call.caller.line, StationLine):  # Somebody outside was transferred here.
        return Outcome.REFUSED
    found, announcer = call.services.whereabouts(), call.services.announcer
    name = found.name.replace("-", " ")
    announcer.get_ready(name, call.caller.language)
    if call.services.sheet_has_mistakes:
        await call.caller.play(phrase("unit-mistakes"))
    for _ in range(TIMES):
        if not found.address:
            await call.caller.play(phrase("no-unit-address"))
            break
        first, second, third, fourth = map(Digits, found.address.split("."))
        await call.caller.play(phrase("unit-address", first=first, second=second, third=third, fourth=fourth))
        if announcer.can_say(name, call.caller.language):
            await call.caller.play(phrase("unit-name", name=name))
    await call.caller.play(phrase("goodbye"))
    return Outcome.GOODBYE

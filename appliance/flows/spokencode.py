"""A telephone of the office says the code that the local page asks for."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.calls.station import StationLine
from appliance.office.phrase import Digits, phrase

TIMES = 3
"""How often the code is said, for whoever writes it down."""


async def spoken_code(call: Call) -> Outcome:
    """Say the code that was begun last, digit by digit, and again until the telephone is hung up or it was enough."""
    await call.answer()
    if not isinstance(call.caller.line, StationLine):  # Somebody outside was transferred here.
        return Outcome.REFUSED
    for _ in range(TIMES):
        code = call.services.spoken_codes.newest()
        if code is None:
            await call.caller.play(phrase("no-spoken-code"))
            break
        await call.caller.play(phrase("spoken-code", number=Digits(code.digits)))
    await call.caller.play(phrase("goodbye"))
    return Outcome.GOODBYE

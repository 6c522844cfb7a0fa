"""A choice of keys, as the menus inside a mailbox offer it."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.office.phrase import Sayable, phrase

TRIES = 3


async def choose_key(call: Call, valid: str, *said: Sayable) -> str:
    """One of the valid keys; "" after three silent or three wrong tries."""
    silent = wrong = 0
    while silent < TRIES and wrong < TRIES:
        key = await call.caller.read_key(*said)
        if not key:
            silent += 1
        elif key in valid:
            if "#" not in valid:
                call.caller.leg.number_read()
            return key
        else:
            wrong += 1
            await call.caller.play(phrase("not-valid"))
    return ""

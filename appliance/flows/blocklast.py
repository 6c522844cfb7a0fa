"""Blocking whoever called last, by a code on a telephone of the office."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.flows.keys import choose_key
from appliance.office.phrase import Digits, phrase


async def block_last(call: Call) -> Outcome:
    """Say the number of whoever reached this telephone's owner last, and block it if that is wanted."""
    await call.answer()
    number = await call.who.last_caller(call.owner.id) if call.owner is not None else ""
    if not number:
        await call.caller.play(phrase("no-last-caller"), phrase("goodbye"))
        return Outcome.ABANDONED
    key = await choose_key(call, "1*", phrase("last-caller", number=Digits(number)), phrase("block-menu"))
    if key != "1":
        await call.caller.play(phrase("goodbye"))
        return Outcome.ABANDONED
    done = await call.who.block(number)
    await call.caller.play(phrase("caller-blocked" if done else "not-changed"), phrase("goodbye"))
    return Outcome.CHANGED if done else Outcome.FAULT

"""What a caller gets who is on the block list."""

from __future__ import annotations

from contextlib import suppress

from appliance.calls.call import Call
from appliance.calls.outcome import CallEnded, Outcome
from appliance.flows.voicemail import leave_message
from appliance.office.contact import Blocked, Gets
from appliance.office.phrase import Digits, phrase

CHALLENGES = 2


async def turn_away(call: Call, blocked: Blocked) -> Outcome | None:
    """Give the caller what the block list says. None: a person, who has met the challenge and may go on."""
    call.record.step(f"blocked: {blocked.gets.value}")
    match blocked.gets:
        case Gets.RINGING:
            await call.who.turned_away(blocked)
            with suppress(CallEnded):
                await call.ring_on()
        case Gets.VOICEMAIL:
            await call.who.turned_away(blocked)
            await call.answer()
            return await leave_message(call, None, phrase("nobody-available"))
        case Gets.CHALLENGE:
            await call.answer()
            with suppress(CallEnded):
                if await meets_the_challenge(call):
                    return None
            await call.who.turned_away(blocked)
        case Gets.REFUSAL:
            await call.who.turned_away(blocked)
            await call.answer()
            with suppress(CallEnded):
                await call.caller.play(phrase("call-refused"), phrase("goodbye"))
    return Outcome.BLOCKED


async def meets_the_challenge(call: Call) -> bool:
    """Ask for a key that a machine does not know, twice. No two callers are asked for the same one."""
    for _ in range(CHALLENGES):
        if await call.caller.read_key(phrase("challenge", key=Digits(call.who.challenge))) == call.who.challenge:
            return True
    await call.caller.play(phrase("goodbye"))
    return False

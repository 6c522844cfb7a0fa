"""A caller who presses 9 in a greeting is noted down to be called back."""

from __future__ import annotations

from contextlib import suppress

from appliance.calls.call import Call
from appliance.calls.outcome import CallEnded, Outcome
from appliance.flows.asknumber import LONGEST_NUMBER, SHORTEST_NUMBER
from appliance.flows.keys import TRIES, choose_key
from appliance.flows.voicemail import take_message
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.phrase import Digits, phrase


async def call_back(call: Call, owner: MailboxOwner) -> Outcome:
    """Ask for the number, and note it; who gives none, or whom the disk fails, can leave a message instead.

    A caller who hangs up while the number is being confirmed is called back at the number that the line told.
    """
    known = call.who.number
    try:
        number = await _number(call, known)
    except CallEnded:
        if known and await call.services.lost_callers.book(call.record.known, owner.id):
            return Outcome.CALLBACK_BOOKED
        raise
    if not number:
        return await take_message(call, owner, phrase("call-back-without-number"))
    other = number if number != known else ""
    if not await call.services.lost_callers.book(call.record.known, owner.id, other):
        return await take_message(call, owner, phrase("call-back-not-noted"))
    with suppress(CallEnded):
        await call.caller.play(phrase("call-back-booked"), phrase("goodbye"))
    return Outcome.CALLBACK_BOOKED


async def _number(call: Call, known: str) -> str:
    """The number at which the caller is to be called; empty where none was given."""
    if known:
        key = await choose_key(call, "12#", phrase("call-back-at", number=Digits(known)))
        if key != "2":
            return known
    for _ in range(TRIES):
        number = await call.caller.read_number(phrase("enter-your-number"), longest=LONGEST_NUMBER)
        if len(number) == LONGEST_NUMBER:
            await call.caller.let_finish_dialling()
        if number.isdigit() and len(number) >= SHORTEST_NUMBER:
            return number
        if number:
            await call.caller.play(phrase("not-valid"))
    return known

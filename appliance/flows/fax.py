"""A fax is received: a machine was heard, or the call was led here; and a silent machine is let in by hand."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.faxtaking import TakenFax
from appliance.calls.outcome import Outcome
from appliance.calls.party import Party
from appliance.office.destination import ToOperator
from appliance.office.phrase import phrase

ECHO_GONE_SECONDS = 0.5
SAYS_SOMETHING_SECONDS = 4.0
"""So long somebody has to say a word who was taken for a fax machine."""


async def receive(call: Call, owner: str = "") -> Outcome:
    """Receive the caller's fax. owner: the id of the person or department to whose fax the call was led; or empty.

    Who is on the block list sends none.
    """
    call.caller.leg.ignore_fax()
    if call.who.blocked is not None:
        return Outcome.BLOCKED
    await call.answer()
    if not call.office.fax.receives:
        await call.caller.play(phrase("no-fax"), phrase("goodbye"))
        return Outcome.FAX_NOT_ACCEPTED
    taken = await call.take_fax(owner)
    if taken is None:
        return Outcome.FAX_NOT_ACCEPTED
    call.record.step(in_words(taken))
    if taken.fax is None:
        return Outcome.FAX_FAILED
    call.record.reached(taken.fax.mailbox)
    return Outcome.FAX_RECEIVED


async def receive_heard(call: Call) -> Outcome:
    """The tone of a fax machine was heard. Where it was none, and somebody is there all the same, call the operator."""
    outcome = await receive(call)
    if outcome is not Outcome.FAX_FAILED or not await somebody_there(call):
        return outcome
    call.record.step("is no fax machine")
    return await call.follow(ToOperator())


async def somebody_there(call: Call) -> bool:
    """Whether a caller whom nothing was sent by says a word, or presses a key, when asked."""
    leg = call.caller.leg
    leg.forget_digits()
    await call.caller.play(phrase("did-not-hear"), until_digit=True)
    # Behind a fax the echo canceller begins anew, so what comes back of our own words may seem to be the caller's.
    await leg.until(leg.digit_ready(), seconds=ECHO_GONE_SECONDS)
    leg.spoke = False
    return bool(await leg.digit(SAYS_SOMETHING_SECONDS)) or leg.spoke


async def receive_from_talk(call: Call, other: Party) -> Outcome:
    """The caller turned out to be a fax machine while somebody talked to it: tell that one, and receive the fax."""
    call.lets_go(other, phrase("fax-is-coming"))
    return await receive_heard(call)


async def by_hand(call: Call) -> Outcome:
    """Have the fax received of whoever the telephone holds, whose machine is silent; or else of the telephone's own."""
    if not call.let_held_fax():
        return await receive(call)
    await call.caller.play(phrase("fax-is-coming"))
    return Outcome.CHANGED


def in_words(taken: TakenFax) -> str:
    """The step that the call's record tells of a fax: how many pages, from which number, and how it ended."""
    pages = taken.fax.sheet.pages if taken.fax is not None else 0
    sender = f" from {taken.result.far_identity}" if taken.result.far_identity else ""
    return f"fax of {pages} pages{sender}: {taken.result.cause.value}"

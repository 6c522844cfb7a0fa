"""Callers who got nobody are told, called back by one key, or marked as done."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.lostcallers import LostCaller
from appliance.calls.outcome import Outcome
from appliance.flows.keys import choose_key
from appliance.office.callback import dialled_back
from appliance.office.destination import ToElsewhere, ToOutside
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.numbering import station_destination
from appliance.office.phrase import Digits, Sayable, phrase


async def lost_callers(call: Call) -> Outcome:
    """By a code on a telephone: those of whoever has it; on one that is nobody's, everybody's."""
    await call.answer()
    return await tell_lost_callers(call, call.owner) or Outcome.GOODBYE


async def tell_lost_callers(call: Call, owner: MailboxOwner | None) -> Outcome | None:
    """Say how many there are, then each with number and time. Returns what became of a call back; None: there was none.

    From outside nobody can be called back: no caller gets a line of the office by way of a mailbox.
    """
    callers = await call.services.lost_callers.waiting_for(owner, call.office)
    if not callers:
        await call.caller.play(phrase("lost-callers-none"))
        return None
    await call.caller.play(phrase("lost-callers", count=len(callers)), until_digit=True)
    for caller in callers:
        back = call_back(call, caller.number)
        can_call = back is not None
        menu = phrase("lost-caller-menu" if can_call else "lost-caller-menu-no-number")
        match await choose_key(call, "123*" if can_call else "23*", *described(call, caller), menu):
            case "1" if back is not None:
                return await call.follow(back)
            case "2":
                await call.services.lost_callers.done(caller)
                await call.caller.play(phrase("lost-caller-done"))
            case "*" | "":
                return None
    await call.caller.play(phrase("lost-callers-no-more"))
    return None


def call_back(call: Call, caller_number: str) -> ToOutside | ToElsewhere | None:
    """Where a telephone calls that dials the caller's number; None where it may not."""
    number = "" if call.from_outside else dialled_back(call.office, caller_number, inside=False)
    found = station_destination(call.office, number, call.owner)
    return found if isinstance(found, ToOutside | ToElsewhere) else None


def described(call: Call, caller: LostCaller) -> list[Sayable]:
    """Who called and when, if that is certain, how often, and what is asked of us."""
    last = caller.last
    said: list[Sayable]
    when = {"when": last.at} if call.services.clock.is_sure(last.at) else {}
    if caller.number:
        said = [phrase("lost-caller-number" if when else "from-number", number=Digits(caller.number), **when)]
    elif last.number == "private":
        said = [phrase("lost-caller-private" if when else "from-private", **when)]
    else:
        said = [phrase("lost-caller-unknown" if when else "from-unknown", **when)]
    if len(caller.calls) > 1:
        said.append(phrase("lost-caller-often", count=len(caller.calls)))
    if caller.call_back:
        said.append(phrase("lost-caller-asks"))
    return said

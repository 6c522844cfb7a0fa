"""Calls that leave this office: to the public network, and to other offices of ours."""

from __future__ import annotations

from contextlib import suppress

from appliance.calls.call import Call
from appliance.calls.guard import Forbidden, may_dial
from appliance.calls.outcome import CallEnded, Outcome
from appliance.calls.parties import is_outside
from appliance.calls.party import Party
from appliance.calls.reaching import Why
from appliance.calls.station import StationLine
from appliance.flows.accounts import booked
from appliance.flows.talk import talk
from appliance.flows.voicemail import leave_message
from appliance.office.destination import ToElsewhere, ToOutside
from appliance.office.limits import Limit
from appliance.office.model import Person
from appliance.office.numberclass import NumberClass
from appliance.office.phrase import Phrase, phrase


async def dial_out(call: Call, outside: ToOutside, whose: Person | None = None) -> Outcome:
    """Take a trunk, dial, and let the two talk. An emergency call gets a trunk whatever happens.

    whose: who has it called; None: whose telephone it is. What the office itself leads callers to is called for nobody,
    and everybody may be led there.
    """
    whose = whose or call.owner
    if not outside.emergency and not outside.granted:
        forbidden = may_dial(call, outside.number, whose, from_outside=call.from_outside)
        if (forbidden := forbidden or _may_lead(call, outside.number)) is not None:
            call.record.dialled(outside.number)
            return await refuse(call, forbidden)
        if (instead := await booked(call, whose)) is not None:
            return instead
    call.wants_outside(outside)
    match await call.dial_out(outside, whose):
        case Party() as party:
            return await talk(call, party) or Outcome.DIALLED_OUT
        case _ if call.from_outside:
            return await leave_message(call, None, phrase("no-line-free"))
        case _:
            await call.caller.play(phrase("no-line-free"))
            return Outcome.NO_LINE


def _may_lead(call: Call, number: str) -> Forbidden | None:
    """Why whoever has transferred the caller there may not have the number called; None: they may, or nobody has."""
    by = call.led_by
    if by is None:
        return None
    owner = call.office.at_station(by.line.name) if isinstance(by.line, StationLine) else None
    return may_dial(call, number, owner, from_outside=is_outside(by), by=by)


async def refuse(call: Call, forbidden: Forbidden) -> Outcome:
    """Tell that a number may not be called, and why."""
    call.record.step(str(forbidden))
    if call.from_outside:
        return await leave_message(call, None, told(forbidden))
    with suppress(CallEnded):
        await call.answer()
        await call.caller.play(told(forbidden), phrase("goodbye"))
    return Outcome.REFUSED


def told(forbidden: Forbidden) -> Phrase:
    """What whoever wanted the number called is told."""
    match forbidden.why:
        case None:
            return phrase("telephone-locked")
        case Limit() if forbidden.from_outside:
            return phrase("limit-from-outside")
        case NumberClass() if forbidden.from_outside:
            return phrase("may-not-be-called-from-outside")
        case Limit.AT_ONCE:
            return phrase("limit-at-once")
        case Limit.HOUR:
            return phrase("limit-of-the-hour")
        case Limit.DAY:
            return phrase("limit-of-the-day")
        case NumberClass.LOCAL:
            return phrase("may-not-call-outside")
        case NumberClass.NATIONAL:
            return phrase("may-not-call-national")
        case NumberClass.MOBILE:
            return phrase("may-not-call-mobile")
        case NumberClass.ABROAD:
            return phrase("may-not-call-abroad")
        case NumberClass.PREMIUM:
            return phrase("may-not-call-premium")


async def reach_elsewhere(call: Call, elsewhere: ToElsewhere) -> Outcome:
    """Call an extension of another of our offices, which rings it, or takes the message, by its own rules."""
    call.wants(elsewhere.number)
    await call.answer()
    reached = await call.call_elsewhere(elsewhere)
    if isinstance(reached, Party):
        return await talk(call, reached) or Outcome.CONNECTED
    no_line = reached.cause is Why.NO_LINE
    because = phrase("no-line-free" if no_line else "nobody-available")
    if not isinstance(call.caller.line, StationLine):
        return await leave_message(call, None, because)
    await call.caller.play(because, phrase("goodbye"))
    return Outcome.NO_LINE if no_line else Outcome.NO_ANSWER

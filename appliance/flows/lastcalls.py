"""The number that was dialled last, and whoever called last: who it was and when, and a call back."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.calls.record import CallRecord
from appliance.flows.keys import choose_key
from appliance.office.callback import dialled_back
from appliance.office.contact import PRIVATE
from appliance.office.numbering import station_destination
from appliance.office.phrase import Digits, Sayable, phrase


async def last_number(call: Call) -> Outcome:
    """Dial again what this telephone has dialled last outside, as if it were dialled now."""
    last = await call.record.last_dialled(outside=True)
    if last is None:
        await call.caller.play(phrase("nothing-dialled"), phrase("goodbye"))
        return Outcome.NOT_DIALLED
    await call.caller.play(phrase("one-moment"))
    return await dial(call, call.office.outside_prefix + last.called)


async def who_called(call: Call) -> Outcome:
    """Say who has called the owner of this telephone last, and when."""
    await call.answer()
    last = await last_call(call)
    await call.caller.play(*(about(call, last) if last is not None else [phrase("nobody-called")]), phrase("goodbye"))
    return Outcome.GOODBYE


async def call_return(call: Call) -> Outcome:
    """Say the same, and call back if that is wanted."""
    await call.answer()
    last = await last_call(call)
    if last is None:
        await call.caller.play(phrase("nobody-called"), phrase("goodbye"))
        return Outcome.GOODBYE
    number = dialled_back(call.office, last.caller_number, inside=last.direction == "inside")
    if not number:
        await call.caller.play(*about(call, last), phrase("cannot-call-back"), phrase("goodbye"))
        return Outcome.GOODBYE
    if await choose_key(call, "1", *about(call, last), phrase("call-last-back-menu")) != "1":
        await call.caller.play(phrase("goodbye"))
        return Outcome.GOODBYE
    return await dial(call, number)


async def dial(call: Call, number: str) -> Outcome:
    """Call a number as if this telephone had dialled it, with all rules for that."""
    return await call.follow(station_destination(call.office, number, call.owner))


async def last_call(call: Call) -> CallRecord | None:
    """The last call for the owner of this telephone; None for nobody's telephone."""
    return await call.record.last_call_for(call.owner) if call.owner is not None else None


def about(call: Call, last: CallRecord) -> list[Sayable]:
    """Who it was, by the name where it is known and can be said, and when, if that is certain."""
    if not call.services.clock.is_sure(last.started):
        return [_who(call, last)]
    return [_who(call, last), phrase("called-at", when=call.office.local(last.started))]


def _who(call: Call, last: CallRecord) -> Sayable:
    number = last.caller_number
    if number == PRIVATE:
        return phrase("last-caller-private")
    if not number.removeprefix("+").isdecimal():
        return phrase("last-caller-unknown")
    if name := _name(call, last):
        return phrase("last-caller-name", name=name)
    return phrase("last-caller", number=Digits(number))


def _name(call: Call, last: CallRecord) -> str:
    """A colleague's or a contact's; what a line tells as a name cannot be said."""
    if last.direction == "inside":
        colleague = call.office.by_extension(last.caller_number)
        return colleague.name if colleague is not None else ""
    return call.who.sayable_name(last.caller_number, call.caller.language)

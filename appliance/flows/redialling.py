"""A number outside or a colleague that was busy: tried again, and both ends rung once that is free."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress

from appliance.calls.call import Call
from appliance.calls.guard import may_dial
from appliance.calls.outcome import CallEnded, Outcome
from appliance.calls.party import Party
from appliance.calls.station import StationLine
from appliance.flows.outside import refuse
from appliance.flows.talk import talk
from appliance.office.destination import ToOutside, ToPerson
from appliance.office.model import Person
from appliance.office.numbering import station_destination
from appliance.office.phrase import Digits, phrase
from appliance.office.redial import LONGEST, Redial, of_station


async def redial(call: Call) -> Outcome:
    """Try again whatever this telephone has dialled last: as soon as it is hung up, and until that is free.

    Nobody has to wait until busy tone is recognised: it is the number dialled last, and where that is free it rings.
    """
    await call.answer()
    wanted = await last_dialled(call)
    if wanted is None:
        await call.caller.play(phrase("redial-impossible"), phrase("goodbye"))
        return Outcome.REFUSED
    try:
        now = call.services.clock.now()
        await call.services.switches.flip(wanted.switch, now.isoformat(), now + LONGEST)
    except OSError:  # The disk is full, or broken.
        await call.caller.play(phrase("not-changed"), phrase("goodbye"))
        return Outcome.FAULT
    called = station_destination(call.office, wanted.number, call.owner)
    person = call.office.person(called.person) if isinstance(called, ToPerson) else None
    said = phrase("redial-number", number=Digits(wanted.number))
    if person is not None:
        said = phrase("redial-name", name=person.name)
    elif isinstance(called, ToOutside):
        said = phrase("redial-number", number=Digits(called.number))
    with suppress(CallEnded):
        await call.caller.play(said, phrase("goodbye"))
    return Outcome.CHANGED


async def last_dialled(call: Call) -> Redial | None:
    """What may be tried again for this telephone; None where it has dialled nothing, or what cannot be tried again.

    That is an emergency number, one that may not be called from here, the telephone itself, and any number outside
    where the office has no line besides the one it would take.
    """
    last = await call.record.last_dialled(outside=False)
    if last is None or call.consults or not isinstance(call.caller.line, StationLine):
        return None
    number = call.office.outside_prefix + last.called if last.direction == "out" else last.called
    match station_destination(call.office, number, call.owner):
        case ToPerson(id) if (person := call.office.person(id)) is not None and person.station in call.stations:
            # A telephone that waits for itself would ring, and find itself busy, again and again.
            return Redial(call.caller.name, number) if person.station != call.caller.name else None
        case ToOutside(outside, emergency=False) if len(call.outside_lines) > 1:
            forbidden = may_dial(call, outside, call.owner, from_outside=False)
            return Redial(call.caller.name, number) if forbidden is None else None
    return None


async def redial_no_more(call: Call) -> Outcome:
    """Give up all that is tried for this telephone."""
    await call.answer()
    waiting = call.services.switches.standing(of_station(call.caller.name))
    try:
        for switch in waiting:
            await call.services.switches.flip(switch, "")
    except OSError:  # The disk is full, or broken.
        await call.caller.play(phrase("not-changed"), phrase("goodbye"))
        return Outcome.FAULT
    with suppress(CallEnded):
        await call.caller.play(phrase("redial-ended" if waiting else "redial-none"), phrase("goodbye"))
    return Outcome.CHANGED if waiting else Outcome.GOODBYE


async def again_inside(call: Call, person: Person, reached: Callable[[], Awaitable[None]]) -> Outcome:
    """Whoever has waited for a colleague has lifted: call the colleague, as if the extension were dialled.

    Where the colleague talks again, it goes on being tried. reached: called where it does not.
    """
    station = call.stations.get(person.station or "")
    if station is None or not station.free:
        await call.caller.play(phrase("busy-again", name=person.name), phrase("goodbye"))
        return Outcome.NO_ANSWER
    await reached()
    return await call.follow(ToPerson(person.id))


async def again_outside(call: Call, number: str, callee: Party) -> Outcome:
    """Whoever has waited for a number outside has lifted: it is rung already, or somebody has answered."""
    call.record.goes_out()
    call.wants_outside(ToOutside(number))
    call.take_up(callee)
    if (forbidden := may_dial(call, number, call.owner, from_outside=False)) is not None:
        callee.release()
        return await refuse(call, forbidden)
    if callee.leg.gone.done():
        await call.caller.play(phrase("redial-gone"), phrase("goodbye"))
        return Outcome.NO_ANSWER
    over = call.counts(number, call.owner, call.caller.name)
    try:
        return await talk(call, callee) or Outcome.DIALLED_OUT
    finally:
        over()


async def hold_on(callee: Party) -> None:
    """To whoever answers outside before the telephone here is lifted: somebody is being fetched."""
    await callee.until_answered()
    await callee.play(phrase("hold-for-call"))


async def nobody_came(callee: Party) -> None:
    """The telephone here was not lifted: nobody outside is left in silence."""
    if callee.has_answered:
        with suppress(CallEnded):
            await callee.play(phrase("call-not-taken"))
    callee.release()

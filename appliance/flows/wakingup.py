"""A wake-up call: asked for by code, told and ended by code, and what is heard when it comes."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from appliance.calls.call import Call
from appliance.calls.outcome import CallEnded, Outcome
from appliance.calls.station import StationLine
from appliance.flows.flipping import flip
from appliance.flows.keys import TRIES, choose_key
from appliance.office.phrase import phrase
from appliance.office.wakeup import WakeUp, minutes_of, next_showing, read_wake_up, wake_up_switch

TIME_DIGITS = 4


async def wake_up(call: Call) -> Outcome:
    """Ask when the telephone is to ring; or where that is set, tell it, and end or change it if that is wanted."""
    await call.answer()
    if not isinstance(call.caller.line, StationLine):  # Somebody outside was transferred here.
        return Outcome.REFUSED
    outcome = await (change(call, known) if (known := set_for(call)) is not None else ask(call))
    with suppress(CallEnded):
        await call.caller.play(phrase("goodbye"))
    return outcome


def set_for(call: Call) -> WakeUp | None:
    """The wake-up call of this telephone."""
    switch = wake_up_switch(call.caller.name)
    at = call.services.switches.at(switch)
    return read_wake_up(switch, at) if at else None


async def change(call: Call, known: WakeUp) -> Outcome:
    told = phrase("wake-up-set", when=call.office.local(known.at))
    match await choose_key(call, "12", told, phrase("wake-up-menu")):
        case "1":
            return await flip(call, known.switch, "", said=phrase("wake-up-ended"))
        case "2":
            return await ask(call)
        case _:
            return Outcome.ABANDONED


async def ask(call: Call) -> Outcome:
    """The next moment at which the clock on the wall shows what is entered."""
    for _ in range(TRIES):
        given = await call.caller.read_number(phrase("enter-wake-up-time"), longest=TIME_DIGITS)
        minutes = minutes_of(given)
        if minutes is not None:
            wanted = WakeUp(call.caller.name, next_showing(minutes, call.services.clock.now(), call.office.time_zone))
            said = phrase("wake-up-set", when=call.office.local(wanted.at))
            return await flip(call, wanted.switch, wanted.written, wanted.over, said=said)
        if given:
            await call.caller.play(phrase("not-valid"))
    return Outcome.ABANDONED


async def wake(call: Call, at: datetime) -> Outcome:
    """What is heard when it comes, twice, as people who are asleep miss the first words. at: when it was wanted for."""
    said = phrase("wake-up", when=call.office.local(at))
    with suppress(CallEnded):
        await call.caller.play(said, said, phrase("goodbye"))
    return Outcome.WOKEN

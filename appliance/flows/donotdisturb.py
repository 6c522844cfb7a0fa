"""Do not disturb: the telephone of whoever wants it does not ring, and callers hear the unavailable greeting."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from appliance.calls.bytelephone import ChangedByTelephone
from appliance.calls.call import Call
from appliance.calls.outcome import CallEnded, Outcome
from appliance.flows.flipping import by_code, flip
from appliance.flows.keys import TRIES
from appliance.office.availability import ON, do_not_disturb_switch
from appliance.office.model import Person
from appliance.office.phrase import phrase

LONGEST_HOURS = 24


async def do_not_disturb(call: Call, on: bool) -> Outcome:
    """Switch it on, with an end if that is wanted, or off."""
    return await by_code(call, with_an_end if on else disturb)


async def change_do_not_disturb(call: Call, person: Person) -> Outcome:
    """On, until that is changed, where it is off; and off where it is on."""
    if call.availability.not_disturbed(person):
        return await disturb(call, person)
    return await until_changed(call, person)


async def until_changed(call: Call, person: Person) -> Outcome:
    return await flip(
        call, do_not_disturb_switch(person.id), ON, said=phrase("do-not-disturb-on"), noted=_noted(person, "on")
    )


async def disturb(call: Call, person: Person) -> Outcome:
    return await flip(
        call, do_not_disturb_switch(person.id), "", said=phrase("do-not-disturb-off"), noted=_noted(person, "off")
    )


def _noted(person: Person, on: str) -> ChangedByTelephone:
    return ChangedByTelephone(person.name, "people.do-not-disturb", (person.id, on))


async def with_an_end(call: Call, person: Person) -> Outcome:
    """It is on at once, so that whoever dials the code and hangs up is not disturbed. Then hours can be entered."""
    outcome = await until_changed(call, person)
    if outcome is Outcome.CHANGED:
        with suppress(CallEnded):
            await _end(call, person)
    return outcome


async def _end(call: Call, person: Person) -> None:
    """Let it end by itself after some hours; it stays until that is changed for whoever enters none."""
    for _ in range(TRIES):
        given = await call.caller.read_number(phrase("do-not-disturb-hours"), longest=len(str(LONGEST_HOURS)))
        if not given:
            return
        if given.isdigit() and 1 <= int(given) <= LONGEST_HOURS:
            until = call.services.clock.now() + timedelta(hours=int(given))
            said = phrase("do-not-disturb-until", when=call.office.local(until))
            await flip(call, do_not_disturb_switch(person.id), ON, until, said=said)
            return
        await call.caller.play(phrase("not-valid"))

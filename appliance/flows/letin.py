"""Who somebody is: a person of the office, by extension and PIN."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.pins import TRIES_PER_CALL
from appliance.flows.keys import TRIES
from appliance.office.model import Person
from appliance.office.phrase import phrase

LONGEST_PIN = 12
LONGEST_ENTRY = 8
"""Digits that are read as an extension. It is more than one has, so that a longer number is wrong as a whole."""
OTHER_MAILBOX_KEY = "*"


async def let_in(call: Call, owner: Person | None) -> Person | None:
    """The person whose PIN was given; None after three wrong or three silent tries. * asks for another mailbox.

    From then on the caller hears the person's own language.
    """
    silent = wrong = 0
    while silent < TRIES and wrong < TRIES_PER_CALL:
        person = owner or await ask_whose(call)
        given = await call.caller.read_number(phrase("enter-pin"), longest=LONGEST_PIN)
        if given == OTHER_MAILBOX_KEY:
            owner = None
        elif not given:
            silent += 1
        elif person is not None and call.services.pins.right(person.id, person.pin, given):
            call.caller.language = person.language or call.office.language
            return person
        elif person is not None and call.services.pins.locked(person.id):
            await call.caller.play(phrase("locked"))
            return None
        else:
            wrong += 1
            await call.caller.play(phrase("wrong-pin"))
    return None


async def ask_whose(call: Call) -> Person | None:
    """Whose mailbox, by extension. Nobody is told that there is no such extension: the PIN will be wrong."""
    return call.office.by_extension(await call.caller.read_number(phrase("enter-mailbox"), longest=LONGEST_ENTRY))


async def let_in_a_manager(call: Call) -> Person | None:
    """Somebody who may change what all callers hear; None, once that was said, for anybody else."""
    person = await let_in(call, call.owner)
    if person is not None and not person.manager:
        await call.caller.play(phrase("managers-only"))
        return None
    return person

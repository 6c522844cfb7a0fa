"""The lock of a telephone: while it is locked, it calls the office, and for help, and nobody else."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.guard import LOCKED, lock_switch, telephone_of
from appliance.calls.outcome import Outcome
from appliance.flows.flipping import flip
from appliance.flows.letin import let_in_a_person
from appliance.office.model import Person
from appliance.office.phrase import phrase


async def lock(call: Call) -> Outcome:
    """Lock the caller's telephone, if somebody can unlock it again."""
    if not any(_unlocks(call, person) for person in call.office.people):
        await call.caller.play(phrase("nobody-could-unlock"), phrase("goodbye"))
        return Outcome.REFUSED
    return await flip(call, lock_switch(telephone_of(call.caller)), LOCKED, said=phrase("telephone-locked"))


async def unlock(call: Call) -> Outcome:
    """Unlock it again, for its owner or a manager, by PIN."""
    owner = call.owner if call.owner is not None and call.owner.pin else None
    person = await let_in_a_person(call, owner)
    if person is None or not _unlocks(call, person):
        if person is not None:
            await call.caller.play(phrase("not-yours-to-unlock"))
        await call.caller.play(phrase("goodbye"))
        return Outcome.REFUSED
    return await flip(call, lock_switch(telephone_of(call.caller)), "", said=phrase("telephone-unlocked"))


def _unlocks(call: Call, person: Person) -> bool:
    """Whether this person can unlock the caller's telephone."""
    return bool(person.pin) and (person.manager or person == call.owner)

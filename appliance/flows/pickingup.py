"""A telephone that rings near by is answered from this one, as if it had been lifted itself."""

from __future__ import annotations

from appliance.calls.call import Call
from appliance.calls.outcome import Outcome
from appliance.office.model import Person
from appliance.office.phrase import phrase

EXTENSION_SECONDS, NEXT_DIGIT_SECONDS = 3.0, 3.0
"""How long the extension is waited for, before it is asked for, and for each further digit of it."""


async def pick_up(call: Call) -> Outcome:
    """A telephone that rings near by is answered: one of the same department first, or else anybody's."""
    owner = call.owner
    departments = call.office.departments_of(owner.id) if owner is not None else []
    near = [person for person in call.office.people if any(one.has(person.id) for one in departments)]
    if await call.pick_up(call.telephones_of(near)) or await call.pick_up(list(call.stations.values())):
        return Outcome.CONNECTED
    return await nothing_rings(call)


async def pick_up_from(call: Call) -> Outcome:
    """The telephone of an extension that rings is answered: a person's, or that of anybody in a department."""
    extensions = call.office.extensions_for("")

    def plan(digits: str) -> float | None:
        more = any(extension != digits and extension.startswith(digits) for extension in extensions)
        return NEXT_DIGIT_SECONDS if more else None

    number = await call.caller.read_digits(plan, first=EXTENSION_SECONDS)
    if not number:
        number = await call.caller.read_digits(plan, phrase("enter-extension-to-pick-up"), first=EXTENSION_SECONDS * 2)
    wanted = call.office.at_extension(number.removesuffix("#"))
    if isinstance(wanted, Person):
        people = [wanted]
    else:
        people = [person for person in call.office.people if wanted is not None and wanted.has(person.id)]
    if await call.pick_up(call.telephones_of(people)):
        return Outcome.CONNECTED
    return await nothing_rings(call)


async def nothing_rings(call: Call) -> Outcome:
    """Say that there is no call to answer."""
    await call.caller.play(phrase("nothing-to-pick-up"))
    return Outcome.NO_ANSWER

"""Forwarding: where the calls of whoever wants it go besides the desk, or instead."""

from __future__ import annotations

from appliance.calls.bytelephone import ChangedByTelephone
from appliance.calls.call import Call
from appliance.calls.guard import class_of_service
from appliance.calls.outcome import Outcome
from appliance.flows.flipping import by_code, flip
from appliance.flows.keys import TRIES, choose_key
from appliance.office.availability import forwarding_switch, no_forwarding, written
from appliance.office.destination import ToOutside
from appliance.office.dialling import Refusal, forward_target
from appliance.office.forwarding import ForwardWhen
from appliance.office.model import Person
from appliance.office.phrase import Digits, phrase
from appliance.office.routes import dearest_class_of

CELL_KEY = "*"
LONGEST_NUMBER = 24
WHICH = {
    "1": ForwardWhen.ALWAYS,
    "2": ForwardWhen.NO_ANSWER,
    "3": ForwardWhen.BUSY,
    "4": ForwardWhen.WITH_DESK,
}


async def forwarding(call: Call, on: bool) -> Outcome:
    """Ask where calls are to go, and which; or forward them no longer."""
    return await by_code(call, forward if on else forward_no_more)


async def change_forwarding(call: Call, person: Person) -> Outcome:
    """Ask where calls are to go, where they are not forwarded; and forward them no longer where they are."""
    forwarded = call.availability.forwarding(person).when is not ForwardWhen.NEVER
    return await (forward_no_more(call, person) if forwarded else forward(call, person))


async def forward_no_more(call: Call, person: Person) -> Outcome:
    said, noted = phrase("forwarded-no-more"), _noted(person, ForwardWhen.NEVER)
    return await flip(call, forwarding_switch(person.id), no_forwarding(person), said=said, noted=noted)


async def forward(call: Call, person: Person) -> Outcome:
    """The number is asked for first, then which calls go there."""
    dialled = await _number(call, person)
    key = await choose_key(call, "1234", phrase("forward-menu")) if dialled else ""
    if not key:
        return Outcome.ABANDONED
    number = call.office.cell_of(person) if dialled == CELL_KEY else dialled
    to = "" if dialled == CELL_KEY else dialled  # So that another cell phone, later, is meant as well.
    said = phrase("forwarded-to", number=Digits(number))
    noted = _noted(person, WHICH[key])
    return await flip(call, forwarding_switch(person.id), written(WHICH[key], to), said=said, noted=noted)


def _noted(person: Person, when: ForwardWhen) -> ChangedByTelephone:
    """Without the number: it may be a private one."""
    return ChangedByTelephone(person.name, "people.forward", (person.id, when.value))


async def _number(call: Call, person: Person) -> str:
    """A number that calls may be forwarded to, as a telephone of the office dials it, or the key for the cell phone.

    "" after three silent tries, or three numbers that are refused.
    """
    silent = refused = 0
    while silent < TRIES and refused < TRIES:
        given = await call.caller.read_number(phrase("enter-forward-number"), longest=LONGEST_NUMBER)
        number = call.office.cell_of(person) if given == CELL_KEY else given
        if not given:
            silent += 1
        elif _allowed(call, person, number):
            return given
        else:
            refused += 1
            await call.caller.play(phrase("forward-refused"))
    return ""


def _allowed(call: Call, person: Person, dialled: str) -> bool:
    """Whether this person may have calls forwarded to what is dialled so: who may not call there may not, either.

    From outside the office's strictest class counts, but for the cell phone that the document names.
    """
    target = forward_target(call.office, dialled, person)
    if isinstance(target, Refusal):
        return False
    if not isinstance(target, ToOutside) or dialled == call.office.cell_of(person):
        return True
    return (
        dearest_class_of(call.office, target.number)
        in class_of_service(call, person, from_outside=call.from_outside).calls
    )

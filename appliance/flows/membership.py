"""Logging in to departments and out: whose calls ring the telephone of whoever dials this."""

from __future__ import annotations

from appliance.calls.bytelephone import ChangedByTelephone
from appliance.calls.call import Call
from appliance.calls.outcome import CallEnded, Outcome
from appliance.flows.flipping import by_code, flip
from appliance.flows.keys import choose_key
from appliance.office.availability import OUT, membership_switch
from appliance.office.departments import Department
from appliance.office.model import Person
from appliance.office.phrase import Phrase, phrase


async def membership(call: Call) -> Outcome:
    """Go through the departments of the person, and change what is wanted."""
    return await by_code(call, log_in_or_out)


async def log_in_or_out(call: Call, person: Person) -> Outcome:
    """Say of each department how it stands; 1 changes that."""
    departments = call.office.departments_of(person.id)
    if not departments:
        await call.caller.play(phrase("member-of-none"))
    outcome = Outcome.ABANDONED
    for department in departments:
        switch = membership_switch(department.id, person.id)
        logged_in = call.availability.logged_in(department.id, person.id)
        try:
            key = await choose_key(call, "1#", stands(department, logged_in), phrase("member-menu"))
        except CallEnded:
            if outcome is Outcome.CHANGED:
                return outcome
            raise
        if not key:
            break
        if key == "1":
            said = stands(department, not logged_in)
            about = (person.id, department.id, "out" if logged_in else "in")
            noted = ChangedByTelephone(person.name, "people.member", about)
            outcome = await flip(call, switch, OUT if logged_in else "", said=said, noted=noted)
        if outcome is Outcome.FAULT:
            break
    return outcome


def stands(department: Department, logged_in: bool) -> Phrase:
    """How it stands, or now stands."""
    if logged_in:
        return phrase("member-in", name=department.name)
    return phrase("member-out", name=department.name)

"""The example office with a department, a cell phone and an assistant, for tests of what people say by code."""

from __future__ import annotations

from dataclasses import replace

from appliance.office.availability import forwarding_switch
from appliance.office.departments import Department, Member
from appliance.office.forwarding import Forwarding, ForwardWhen
from appliance.office.model import Office
from tests.calls.world import World

CELL = "4075550177"
FORWARDED = Forwarding(ForwardWhen.BUSY, "102")
"""What the document says of Ruth's calls."""


def with_departments(office: Office) -> Office:
    """Maria has a cell phone, and Tom for assistant; both are in sales, and Maria is in service."""
    people = {
        "maria": {"cell": CELL, "assistant": "tom"},
        "ruth": {"forwarding": FORWARDED},
    }
    changed = [replace(person, **people.get(person.id, {})) for person in office.people]
    both = (Member("maria"), Member("tom"))
    sales = Department("sales", "Sales", "201", both, mailbox=True, pin="5823")
    service = Department("service", "Service", "202", (Member("maria"),))
    return replace(office, people=tuple(changed), departments=(sales, service))


def forwarding_of(here: World, person: str) -> str:
    """Where the switch of this person's forwarding stands."""
    return here.appliance.switches.at(forwarding_switch(person))

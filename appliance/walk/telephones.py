"""Which telephones ring first where a path leads, by the same search as in a call, while no switch is flipped."""

from __future__ import annotations

from datetime import datetime

from appliance.office.availability import Availability
from appliance.office.callflow import CallFlow
from appliance.office.departments import Strategy
from appliance.office.destination import Destination, ToDepartment, ToElsewhere, ToOperator, ToOutside, ToPerson
from appliance.office.finding import Finder
from appliance.office.search import Desk, Number, Ring, Search, StationRing

IN_ANY_ORDER = (Strategy.ROUND_ROBIN, Strategy.LONGEST_IDLE)
"""The strategies by which any member may be the first."""

Together = frozenset[str]
"""Telephones that ring at once, by their names, and numbers outside."""


def ringing(flow: CallFlow, target: Destination, company: str, now: datetime) -> list[Together]:
    """What rings: one of these; nothing, where there is none. company: whose caller it is, by its id."""
    office = flow.office
    finder = Finder(office, Availability(office, now))
    match target:
        case ToPerson(id) if (person := office.person(id)) is not None:
            search = finder.person(person)
        case ToDepartment(id) if (department := office.department(id)) is not None:
            search = finder.department(department)
            if department.strategy in IN_ANY_ORDER:
                return [first for stage in search.stages if (first := _together(stage.rings))]
        case ToOperator():
            search = finder.operator(office.company(company))
        case ToOutside(number):
            return [frozenset({number})]
        case _:
            return []
    first = _first(search)
    return [first] if first else []


def _first(search: Search) -> Together:
    return next((found for stage in search.stages if (found := _together(stage.rings))), frozenset())


def _together(rings: tuple[Ring, ...]) -> Together:
    found: set[str] = set()
    for ring in rings:
        match ring:
            case Search():
                found |= _first(ring)
            case Desk(person):
                found |= {person.station} if person.station is not None else set()
            case StationRing(name) | Number(name) | ToElsewhere(name):
                found.add(name)
    return frozenset(found)

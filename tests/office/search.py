"""A small office whose people are looked for, and what a `Search` rings as one line of text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from appliance.office.availability import Availability
from appliance.office.departments import Department
from appliance.office.finding import Finder, InTurn, as_listed
from appliance.office.hours import Hours, Week
from appliance.office.menus import Menu
from appliance.office.model import Office, Person
from appliance.office.search import After, Desk, Number, Ring, Search, Stage
from appliance.office.span import Span

HERE = ZoneInfo("America/Chicago")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=HERE)
NIGHT = datetime(2026, 3, 2, 23, 0, tzinfo=HERE)
"""A Monday's."""

ANN = Person("ann", "Ann Hill", "101", station="front", cell="5551111")
BOB = Person("bob", "Bob Lane", "102", station="back", cell="5552222")
CAL = Person("cal", "Cal Moss", "103", station="yard")
EVE = Person("eve", "Eve Nash", "104")
"""Has no telephone, only a mailbox."""

PLAIN = Office(
    name="Hill Street Books",
    country="us",
    time_zone=HERE,
    trunks=(),
    stations=(),
    people=(ANN, BOB, CAL, EVE),
    operator="ann",
    general_mailbox="eve",
    menu=Menu(keys={}),
    hours={"day": Hours(Week(monday=(Span.read("08:00-17:00"),)))},
)


def office(*changed: Person, departments: Sequence[Department] = ()) -> Office:
    """The office in which these people are otherwise than above, and with these departments."""
    people = {person.id: person for person in (*PLAIN.people, *changed)}
    return replace(PLAIN, people=tuple(people.values()), departments=tuple(departments))


def finder(
    of: Office,
    at: datetime = NOON,
    switches: Mapping[str, str] | None = None,
    *,
    in_turn: InTurn = as_listed,
    exempt: bool = False,
) -> Finder:
    """Looks for people of an office, with its switches standing so."""
    standing = switches or {}
    return Finder(of, Availability(of, at, lambda name: standing.get(name, "")), in_turn, exempt)


def for_person(of: Office, id: str = "ann", at: datetime = NOON, switches: Mapping[str, str] | None = None) -> str:
    """Who is rung for this person, as text."""
    person = of.person(id)
    assert person is not None
    return told(finder(of, at, switches).person(person))


def for_department(
    of: Office,
    id: str = "sales",
    at: datetime = NOON,
    switches: Mapping[str, str] | None = None,
    in_turn: InTurn = as_listed,
) -> str:
    """Who is rung for this department, as text."""
    department = of.department(id)
    assert department is not None
    return told(finder(of, at, switches, in_turn=in_turn).department(department))


def told(search: Search) -> str:
    """Its stages, each with those who are rung and its seconds: `ann 20, bob & 5551111 25`.

    A plus is in front of a stage in which those before ring on, and a question mark behind a number that is screened.
    """
    if search.not_disturbed:
        return "not disturbed"
    return ", ".join(map(_stage, search.stages)) or "nobody"


def _stage(stage: Stage) -> str:
    after = {After.ANYTHING: "", After.BUSY: "if busy ", After.NO_ANSWER: "if no answer "}[stage.after]
    return f"{after}{'+' if stage.keeps else ''}{' & '.join(map(_ring, stage.rings))} {stage.seconds:g}"


def _ring(ring: Ring) -> str:
    match ring:
        case Desk(person):
            return person.id
        case Number(number, _, screened):
            return number + ("?" if screened else "")
        case Search():
            return f"({told(ring)})"

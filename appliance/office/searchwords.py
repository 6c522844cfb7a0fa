"""A search in sentences: who is rung, step by step and for how long, and what callers get whom nobody answers."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.office.companies import Company
from appliance.office.departments import Department, Strategy
from appliance.office.description import leads
from appliance.office.destination import Destination, ToDepartment, ToElsewhere, ToOperator, ToPerson
from appliance.office.finding import Finder
from appliance.office.model import Person
from appliance.office.search import After, Desk, Number, Ring, Search, Stage, StationRing

OPENINGS = {
    After.ANYTHING: "If nobody has answered, ",
    After.BUSY: "If it is busy, ",
    After.NO_ANSWER: "If nobody answers, ",
}
MEANWHILE = "While that goes on ringing, "
AT_ONCE = "; at the same time "

OTHER_ORDERS = {
    Strategy.ROUND_ROBIN: "The next call begins with the member behind the one who was first in this one.",
    Strategy.LONGEST_IDLE: "Whoever has not talked for longest comes first; told here as the members are listed.",
}


def followed(finder: Finder, destination: Destination, company: Company) -> list[str]:
    """Who is rung at a destination, and what is next; nothing, where nobody is looked for."""
    office = finder.office
    match destination:
        case ToPerson(id) if (person := office.person(id)) is not None:
            return [*told(finder.person(person)), _of_person(finder, person, company)]
        case ToDepartment(id) if (department := office.department(id)) is not None:
            search = finder.department(department)
            order = [OTHER_ORDERS[department.strategy]] if department.strategy in OTHER_ORDERS else []
            return [*told(search), *order, _of_department(finder, department, company)]
        case ToOperator():
            message = f"callers can leave {_mailbox(finder, '', company)} a message"
            return [*told(finder.operator(company)), f"If nobody answers, {message}."]
        case _:
            return []


def told(search: Search) -> list[str]:
    """One sentence for each of its stages, and those of searches within it indented behind it."""
    if search.not_disturbed:
        return [f"{search.whom} does not want to be disturbed: nothing rings."]
    if search.rings_nothing:
        return [f"No telephone rings for {search.whom}."]
    sentences = list(_stages(search))
    if search.longest_seconds is not None and sum(one.seconds for one in search.stages) > search.longest_seconds:
        sentences.append(f"All of this is over after {search.longest_seconds:g} s.")
    return sentences


def _stages(search: Search) -> Iterator[str]:
    for place, stage in enumerate(search.stages):
        opening = MEANWHILE if stage.keeps and place else OPENINGS[stage.after] if place else ""
        clauses: dict[str, None] = {}
        within: list[str] = []
        for ring in stage.rings:
            for clause, further in _ring(ring, stage.seconds):
                clauses[clause] = None
                within += further
        sentence = opening + AT_ONCE.join(clauses)
        yield sentence[0].upper() + sentence[1:] + (":" if within else ".")
        yield from (f"  {line}" for line in within)


def _ring(ring: Ring, seconds: float) -> Iterator[tuple[str, list[str]]]:
    """What one of those who are rung at once does, and the sentences that are told of it by itself."""
    match ring:
        case Desk(person):
            yield f"the telephone of {person.name} rings for {seconds:g} s", []
        case StationRing(name):
            yield f"the telephone {name} rings for {seconds:g} s", []
        case Number(number, person, screened):
            whose = f"{number}, for {person.name}," if person is not None else number
            asked = "asked to press 1" if screened else "connected when it answers"
            yield f"{whose} is called for {seconds:g} s and {asked}", []
        case ToElsewhere(number):
            yield f"{number} in another office rings for {seconds:g} s", []
        case Search(stages=(Stage() as only,)):
            for one in only.rings:
                yield from _ring(one, min(seconds, only.seconds))
        case Search():
            yield f"{ring.whom} is looked for, for {min(seconds, ring.seconds):g} s", list(_stages(ring))


def _of_person(finder: Finder, person: Person, company: Company) -> str:
    mailbox = _mailbox(finder, person.id if person.mailbox else "", company)
    if not finder.person(person).not_disturbed:
        return f"If nobody answers, callers can leave {mailbox} a message."
    assistant = finder.office.person(person.assistant or "")
    help = f", and are told to dial {assistant.extension} for {assistant.name}" if assistant is not None else ""
    return f"Callers can leave {mailbox} a message{help}."


def _of_department(finder: Finder, department: Department, company: Company) -> str:
    if department.otherwise is not None:
        return f"If nobody answers, the unit {leads(finder.office, department.otherwise, company)}."
    mailbox = department.name if department.mailbox else _mailbox(finder, "", company)
    return f"If nobody answers, callers can leave {mailbox} a message."


def _mailbox(finder: Finder, id: str, company: Company) -> str:
    """Whose takes a message: that of the person with this id, or the general one of a company."""
    found = finder.office.person(id or company.general_mailbox)
    return found.name if found is not None else "the office"

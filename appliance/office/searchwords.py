"""A search in sentences: who is rung, step by step and for how long, and what callers get whom nobody answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from appliance.office.companies import Company
from appliance.office.departments import Department, Strategy
from appliance.office.description import leads
from appliance.office.destination import Destination, ToDepartment, ToElsewhere, ToOperator, ToPerson
from appliance.office.finding import Finder
from appliance.office.model import Person
from appliance.office.search import After, Desk, Number, Ring, Search, Stage, StationRing
from hw.said import Said, in_a_row, said

OPENINGS: Mapping[After, Callable[[Said], Said]] = {
    After.ANYTHING: lambda what: said("If nobody has answered, %(what)s", what=what),
    After.BUSY: lambda what: said("If it is busy, %(what)s", what=what),
    After.NO_ANSWER: lambda what: said("If nobody answers, %(what)s", what=what),
}

OTHER_ORDERS = {
    Strategy.ROUND_ROBIN: said("The next call begins with the member behind the one who was first in this one."),
    Strategy.LONGEST_IDLE: said("Whoever has not talked for longest comes first; told here as the members are listed."),
}


def followed(finder: Finder, destination: Destination, company: Company) -> list[Said]:
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
            return [*told(finder.operator(company)), _can_leave(_mailbox(finder, "", company))]
        case _:
            return []


def told(search: Search) -> list[Said]:
    """One sentence for each of its stages, and those of searches within it indented behind it."""
    if search.not_disturbed:
        return [said("%(name)s does not want to be disturbed: nothing rings.", name=search.whom)]
    if search.rings_nothing:
        return [said("No telephone rings for %(name)s.", name=search.whom)]
    sentences = list(_stages(search))
    if search.longest_seconds is not None and sum(one.seconds for one in search.stages) > search.longest_seconds:
        sentences.append(said("All of this is over after %(seconds)s s.", seconds=f"{search.longest_seconds:g}"))
    return sentences


def _stages(search: Search) -> Iterator[Said]:
    for place, stage in enumerate(search.stages):
        clauses: dict[Said, None] = {}
        within: list[Said] = []
        for ring in stage.rings:
            for clause, further in _ring(ring, stage.seconds):
                clauses[clause] = None
                within += further
        first, *others = clauses
        for other in others:
            first = said("%(one)s; at the same time %(other)s", one=first, other=other)
        if place and stage.keeps:
            first = said("While that goes on ringing, %(what)s", what=first)
        elif place:
            first = OPENINGS[stage.after](first)
        yield in_a_row(first, ":" if within else ".", by="", capital=True)
        yield from (in_a_row(" ", line) for line in within)


def _ring(ring: Ring, seconds: float) -> Iterator[tuple[Said, list[Said]]]:
    """What one of those who are rung at once does, and the sentences that are told of it by itself."""
    match ring:
        case Desk(person):
            yield (
                said("the telephone of %(name)s rings for %(seconds)s s", name=person.name, seconds=f"{seconds:g}"),
                [],
            )
        case StationRing(name):
            yield said("the telephone %(name)s rings for %(seconds)s s", name=name, seconds=f"{seconds:g}"), []
        case Number(number, person, screened):
            whose = said("%(number)s, for %(name)s,", number=number, name=person.name) if person is not None else number
            if screened:
                clause = said(
                    "%(number)s is called for %(seconds)s s and asked to press 1", number=whose, seconds=f"{seconds:g}"
                )
            else:
                clause = said(
                    "%(number)s is called for %(seconds)s s and connected when it answers",
                    number=whose,
                    seconds=f"{seconds:g}",
                )
            yield clause, []
        case ToElsewhere(number):
            yield (
                said("%(number)s in another office rings for %(seconds)s s", number=number, seconds=f"{seconds:g}"),
                [],
            )
        case Search(stages=(Stage() as only,)):
            for one in only.rings:
                yield from _ring(one, min(seconds, only.seconds))
        case Search():
            shortest = f"{min(seconds, ring.seconds):g}"
            clause = said("%(name)s is looked for, for %(seconds)s s", name=ring.whom, seconds=shortest)
            yield clause, list(_stages(ring))


def _of_person(finder: Finder, person: Person, company: Company) -> Said:
    mailbox = _mailbox(finder, person.id if person.mailbox else "", company)
    if not finder.person(person).not_disturbed:
        return _can_leave(mailbox)
    assistant = finder.office.person(person.assistant or "")
    if assistant is None:
        return said("Callers can leave %(mailbox)s a message.", mailbox=mailbox)
    return said(
        "Callers can leave %(mailbox)s a message, and are told to dial %(extension)s for %(name)s.",
        mailbox=mailbox,
        extension=assistant.extension,
        name=assistant.name,
    )


def _of_department(finder: Finder, department: Department, company: Company) -> Said:
    if department.otherwise is not None:
        does = leads(finder.office, department.otherwise, company)
        return said("If nobody answers, the unit %(does)s.", does=does)
    mailbox = department.name if department.mailbox else _mailbox(finder, "", company)
    return _can_leave(mailbox)


def _can_leave(mailbox: str) -> Said:
    return said("If nobody answers, callers can leave %(mailbox)s a message.", mailbox=mailbox)


def _mailbox(finder: Finder, id: str, company: Company) -> str:
    """Whose takes a message: that of the person with this id, or the general one of a company."""
    found = finder.office.person(id or company.general_mailbox)
    return found.name if found is not None else said("the office")

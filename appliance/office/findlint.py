"""Warnings about looking for people: forwardings that ring nobody, departments of nobody, lines that do not suffice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from appliance.office.callernumber import CallerNumbers
from appliance.office.departments import Department, Member, Strategy
from appliance.office.destination import ToDepartment, ToOutside, ToPerson
from appliance.office.dialling import LONGEST_LOCAL, Refusal, forward_target, forwardable
from appliance.office.forwarding import ForwardWhen, StepRings, Way
from appliance.office.model import Office, Person
from appliance.office.numbering import station_destination
from appliance.office.problem import Problem
from hw.said import said
from hw.tones.toneplan import tone_plan


def warnings(office: Office) -> Iterator[Problem]:
    for place, person in enumerate(office.people):
        yield from _person(office, f"people[{place}]", person)
    for place, department in enumerate(office.departments):
        yield from _department(office, f"departments[{place}]", department)
    yield from _circles(office)
    yield from _lines(office)


def members_of(office: Office, department: str) -> Sequence[Member]:
    found = office.department(department)
    return found.members if found is not None else ()


def member_rings(office: Office, member: Member) -> bool:
    """Whether something rings for a member of a department at any time."""
    person = office.person(member.person or "")
    if person is None:
        return bool(member.number)
    return person.station is not None if member.desk_only else person.rings


def _person(office: Office, path: str, person: Person) -> Iterator[Problem]:
    forwarding, forwards = person.forwarding, person.forwarding.when is not ForwardWhen.NEVER
    if forwards and person.follow_me:
        reason = said("is never used: %(person)s has a follow-me list, which says all that rings", person=person.name)
        yield Problem(
            f"{path}.forwarding", reason, mend=said("Take it out, or add what it says to the list as a step.")
        )
    elif forwards and forwarding.when is ForwardWhen.BUSY and person.station is None:
        reason = said(
            "%(person)s has no telephone that could be busy, so no call is ever forwarded", person=person.name
        )
        yield Problem(f"{path}.forwarding.when", reason, mend=said("Say always or no-answer."))
    for place, step in enumerate(person.follow_me):
        if step.ring is StepRings.DESK and person.station is None:
            reason = said("%(person)s has no telephone, so this step rings nobody", person=person.name)
            yield Problem(f"{path}.follow_me[{place}].ring", reason, mend=said("Take it out, or give them a station."))
    given = [(f"{path}.forwarding.to", forwarding.to)] if forwards else []
    given += [(f"{path}.follow_me[{place}].number", step.number) for place, step in enumerate(person.follow_me)]
    for where, number in given:
        if number and isinstance(refused := forward_target(office, number, person), Refusal):
            yield _refused(where, refused)
    if person.cell and (refusal := forwardable(office, person.cell)) is not None:
        yield _refused(f"{path}.cell", refusal)
    elif (behind := _behind_prefix(office, person.cell or "")) is not None:
        reason = said(
            "begins with the %(prefix)s for an outside line, which is dialed besides",
            prefix=office.outside_prefix,
        )
        yield Problem(f"{path}.cell", reason, mend=said("Write %(number)s, as the public dials it.", number=behind))


def _behind_prefix(office: Office, cell: str) -> str | None:
    """The number meant by one that was written with the outside prefix; None, where it may be one as it stands."""
    key, behind = CallerNumbers(tone_plan(office.country).number_forms).key, cell.removeprefix(office.outside_prefix)
    meant = (
        len(cell) > LONGEST_LOCAL and behind != cell and not key(cell).startswith("+") and key(behind).startswith("+")
    )
    return behind if meant else None


def _refused(path: str, refusal: Refusal) -> Problem:
    mend = said("Name another number, or allow this one in dialling.")
    return Problem(path, said("is not called, and is passed over: %(why)s", why=refusal.reason), mend=mend)


def _department(office: Office, path: str, department: Department) -> Iterator[Problem]:
    if not any(member_rings(office, member) for member in department.members):
        reason = said(
            "callers who want %(department)s reach nobody: nobody in it has a telephone", department=department.name
        )
        yield Problem(f"{path}.members", reason, mend=said("Add somebody with a station, or a number."))
        return
    for place, member in enumerate(department.members):
        person = office.person(member.person or "")
        if person is not None and not member_rings(office, member):
            reason = said("nothing ever rings for %(person)s here", person=person.name)
            yield Problem(f"{path}.members[{place}]", reason, mend=said("Give them a station, or take them out."))
        target = station_destination(office, member.number) if member.number else None
        if isinstance(target, ToOutside) and (refusal := forwardable(office, target.number)) is not None:
            yield _refused(f"{path}.members[{place}].number", refusal)
    if department.longest_seconds > office.reaching.longest_seconds:
        longest = office.reaching.longest_seconds
        reason = said(
            "%(department)s never rings so long: nobody is looked for longer than %(longest)s s",
            department=department.name,
            longest=f"{longest:g}",
        )
        yield Problem(
            f"{path}.longest_seconds", reason, mend=said("Make it shorter, or reaching.longest_seconds longer.")
        )
    steps = len(department.members) if department.strategy is not Strategy.ALL else 1
    if (steps - 1) * department.step_seconds >= department.longest_seconds:
        last = int(department.longest_seconds / department.step_seconds)
        reason = said(
            "%(seconds)s s are over before the last members of %(department)s are rung",
            seconds=f"{department.longest_seconds:g}",
            department=department.name,
        )
        mend = said(
            "Make it longer, or the steps shorter: these reach %(reached)s of %(members)s members.",
            reached=max(last, 1),
            members=steps,
        )
        yield Problem(f"{path}.longest_seconds", reason, mend=mend)


def _circles(office: Office) -> Iterator[Problem]:
    """Those who forward all calls to one another, and departments that lead round to one another."""

    def forwarded(id: str) -> list[str]:
        owner = office.person(id) or office.department(id)
        follows = isinstance(owner, Person) and owner.follow_me
        if owner is None or follows or owner.forwarding.when is not ForwardWhen.ALWAYS:
            return []
        match station_destination(office, owner.forwarding.to or ""):
            case ToPerson(target) | ToDepartment(target):
                return [target]
            case _:
                return []

    def ringing(id: str) -> list[str]:
        targets = [station_destination(office, one.number) for one in members_of(office, id) if one.number]
        return [target.department for target in targets if isinstance(target, ToDepartment)]

    def unanswered(id: str) -> list[str]:
        department = office.department(id)
        otherwise = department.otherwise if department is not None else None
        return [otherwise.department] if isinstance(otherwise, ToDepartment) else []

    paths = {person.id: f"people[{place}]" for place, person in enumerate(office.people)}
    paths |= {department.id: f"departments[{place}]" for place, department in enumerate(office.departments)}
    names = {person.id: person.name for person in office.people}
    names |= {department.id: department.name for department in office.departments}
    for on, field, what in (
        (forwarded, "forwarding.to", said("all calls are forwarded in a circle, and ring nobody")),
        (ringing, "members", said("departments ring one another in a circle, each once")),
        (unanswered, "otherwise", said("callers whom nobody answers are led in a circle")),
    ):
        for circle in _circle_of(list(names), on):
            first, *others = (names[id] for id in (*circle, circle[0]))
            way: str = first
            for other in others:
                way = said("%(one)s to %(other)s", one=way, other=other)
            path = f"{paths[circle[0]]}.{field}"
            yield Problem(
                path,
                said("%(what)s: from %(way)s", what=what, way=way),
                mend=said("Let one of them lead elsewhere."),
            )


def _circle_of(ids: list[str], on: Callable[[str], list[str]]) -> Iterator[list[str]]:
    """Each circle once, beginning with the first of these that is in it."""
    over: set[str] = set()
    for first in ids:
        way: list[str] = []
        branches = [iter([first])]
        while branches:
            id = next(branches[-1], None)
            if id is None:
                branches.pop()
                over.update(way[len(branches) - 1 :])
                del way[len(branches) - 1 :]
            elif id in way:
                circle = way[way.index(id) :]
                start = min(range(len(circle)), key=lambda place: ids.index(circle[place]))
                yield circle[start:] + circle[:start]
            elif id not in over:
                way.append(id)
                branches.append(iter(on(id)))


def _lines(office: Office) -> Iterator[Problem]:
    """The lines by which people are called outside; where nobody ever is, nothing is missing."""
    trunks = [trunk for trunk in office.trunks if office.trunk_on(trunk.port).outside]
    if not trunks or not _calls_outside(office):
        return
    ways = office.reaching.ways
    for place, way in enumerate(ways):
        if not any(way in trunk.ways for trunk in trunks):
            reason = said("no line has the way %(way)s, so it is never tried", way=way.value)
            yield Problem(
                f"reaching.ways[{place}]",
                reason,
                mend=said("Add it to the ways of the lines that have it, or take it out."),
            )
    usable = [way for way in ways if any(way in trunk.ways for trunk in trunks)]
    if usable == [Way.TWO_LINES] and len(trunks) == 1:
        reason = said("nobody outside is ever called for a caller: there is one line, and the caller is on it")
        mend = said("Order a second line, or three-way calls for this one, and name three-way in its ways and here.")
        yield Problem("reaching.ways", reason, mend=mend)
    elif usable == [Way.TWO_LINES] and office.reaching.keep_lines_free > len(trunks) - 2:
        reason = said(
            "nobody outside is ever called for a caller: of %(num)s lines one is the caller's", num=len(trunks)
        )
        mend = said("Keep %(num)s free at most.", num=len(trunks) - 2)
        yield Problem("reaching.keep_lines_free", reason, mend=mend)


def _calls_outside(office: Office) -> bool:
    """Whether the document says that anybody outside is called for a caller."""
    numbers = [member.number for department in office.departments for member in department.members]
    for person in office.people:
        if any(step.ring is StepRings.CELL for step in person.follow_me):
            return True
        numbers += [step.number for step in person.follow_me]
        if not person.follow_me and person.forwarding.when is not ForwardWhen.NEVER:
            if person.forwarding.to is None:
                return True
            numbers.append(person.forwarding.to)
    return any(isinstance(station_destination(office, number), ToOutside) for number in numbers if number)

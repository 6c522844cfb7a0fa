"""Who is rung for a call, in what order and for how long: worked out before the first telephone rings.

A `Search` is a tree. Its stages come one after the other, and each rings desks, numbers and further searches, such as
those of a colleague to whom calls are forwarded. Nobody is in it twice on the way to the same leaf, so forwardings in a
circle end. `appliance.calls.searching` carries it out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from appliance.office.availability import Availability
from appliance.office.companies import Company
from appliance.office.departments import Department, Member, Strategy
from appliance.office.destination import ToDepartment, ToOutside, ToPerson
from appliance.office.forwarding import FollowMeStep, ForwardWhen, StepRings
from appliance.office.model import Office, Person
from appliance.office.numbering import station_destination
from appliance.office.operators import OperatorTurn

OUTSIDE_SECONDS = 25.0
"""How long a number outside is called; cell phones' own voicemail answers later than that as a rule."""


class After(Enum):
    """Behind what a stage comes."""

    ANYTHING = "whatever became of the stage before"
    BUSY = "the stage before was busy"
    NO_ANSWER = "nobody answered in the stage before"


@dataclass(frozen=True, slots=True)
class Desk:
    """The telephone of a person."""

    person: Person


@dataclass(frozen=True, slots=True)
class Number:
    """A number outside, as it is dialled on a line. person: whose it is; None for nobody's in particular."""

    number: str
    person: Person | None
    screened: bool


@dataclass(frozen=True, slots=True)
class Search:
    """Everything that is rung for one person or department. whom: the name, for people."""

    whom: str
    stages: tuple[Stage, ...] = ()
    not_disturbed: bool = False
    """Nothing is rung, because the person does not want to be disturbed."""
    label: str = ""
    """What telephones show in front of the caller, so that people know for which department they are rung."""
    longest_seconds: float | None = None

    @property
    def numbers(self) -> list[Number]:
        """All numbers outside in it."""
        found: list[Number] = []
        for ring in (ring for stage in self.stages for ring in stage.rings):
            found += [ring] if isinstance(ring, Number) else ring.numbers if isinstance(ring, Search) else []
        return found

    @property
    def rings_nothing(self) -> bool:
        return not any(
            not ring.rings_nothing if isinstance(ring, Search) else True
            for stage in self.stages
            for ring in stage.rings
        )


Ring = Desk | Number | Search


@dataclass(frozen=True, slots=True)
class Stage:
    """What is rung at once. keeps: what rang before goes on ringing besides."""

    rings: tuple[Ring, ...]
    seconds: float
    keeps: bool = False
    after: After = After.ANYTHING


InTurn = Callable[[Department, Sequence[Member]], Sequence[Member]]
"""The members of a department in the order of this call; it may go by who was rung before, and who talked last."""


def as_listed(_department: Department, members: Sequence[Member]) -> Sequence[Member]:
    """In the order of the document."""
    return members


@dataclass(frozen=True, slots=True)
class Finder:
    """Works out searches at one moment.

    exempt: this call disturbs also who does not want that, as the operator's does.
    """

    office: Office
    now: Availability
    in_turn: InTurn = as_listed
    exempt: bool = False

    def person(self, person: Person, above: frozenset[str] = frozenset()) -> Search:
        """Who is rung for a person. above: the ids of those for whom it is rung already."""
        if person.id in above:
            return Search(person.name)
        if self.now.not_disturbed(person) and not self.exempt:
            return Search(person.name, not_disturbed=True)
        above |= {person.id}
        by_list = person.follow_me and self.now.forwarding(person).when is ForwardWhen.NEVER
        stages = self._follow_me(person, above) if by_list else self._forwarded(person, above)
        return Search(person.name, stages)

    def department(self, department: Department, above: frozenset[str] = frozenset()) -> Search:
        """Who is rung for a department."""
        if department.id in above:
            return Search(department.name)
        above |= {department.id}
        wanted = [member for member in department.members if self._wanted(department, member)]
        rings = [(member, self._member(member, above)) for member in wanted]
        found = {member: ring for member, ring in rings if not (isinstance(ring, Search) and ring.rings_nothing)}
        there = [found[member] for member in self.in_turn(department, tuple(found))]
        seconds = department.step_seconds
        if department.strategy is Strategy.ALL:
            stages: tuple[Stage, ...] = (Stage(tuple(there), department.longest_seconds),) if there else ()
        else:
            keeps = department.strategy is Strategy.ESCALATING
            stages = tuple(Stage((ring,), seconds, keeps=keeps) for ring in there)
            if keeps and stages:  # All ring on until the time of the department is over.
                left = max(seconds, department.longest_seconds - seconds * (len(stages) - 1))
                stages = (*stages[:-1], Stage(stages[-1].rings, left, keeps=True))
        return Search(department.name, stages, label=department.name, longest_seconds=department.longest_seconds)

    def operator(self, company: Company) -> Search:
        """Who is rung for callers who want the operator of a company."""
        own = self.office.person(company.operator)
        turns: Sequence[OperatorTurn] = (OperatorTurn(company.operator),)
        if self.office.operators and company.operator == self.office.operator:
            turns = self.office.operators
        searches = [
            (self.person(person), turn.seconds)
            for turn in turns
            if (person := self.office.person(turn.person)) is not None and self.now.within(turn.hours)
        ]
        stages = [Stage((search,), seconds) for search, seconds in searches if not search.rings_nothing]
        return Search(own.name if own is not None else "", tuple(stages))

    def desk(self, person: Person, label: str) -> Search:
        """The telephone of a person and nothing else. label: what it shows in front of the caller."""
        stages = (Stage((Desk(person),), person.ring_seconds),) if person.station is not None else ()
        return Search(person.name, stages, label=label)

    def led(self, number: str, but_for: Collection[str]) -> Search | None:
        """Who is rung where a telephone wants this number called instead; None for nobody. Nobody outside is.

        but_for: the ids of people who are not.
        """
        found = self._led(number, None, frozenset(but_for))
        return found if isinstance(found, Search) else None

    def _forwarded(self, person: Person, above: frozenset[str]) -> tuple[Stage, ...]:
        forwarding = self.now.forwarding(person)
        number = forwarding.to or self.office.cell_of(person)
        desk = (Stage((Desk(person),), person.ring_seconds),) if person.station is not None else ()
        target = self._led(number, person, above) if forwarding.when is not ForwardWhen.NEVER else None
        if target is None:
            return desk
        outside = Stage((target,), OUTSIDE_SECONDS)
        match forwarding.when:
            case ForwardWhen.ALWAYS:
                return (outside,)
            case ForwardWhen.BUSY:
                return (*desk, Stage((target,), OUTSIDE_SECONDS, after=After.BUSY))
            case ForwardWhen.NO_ANSWER:
                return (*desk, Stage((target,), OUTSIDE_SECONDS, after=After.NO_ANSWER))
            case ForwardWhen.WITH_DESK if desk and forwarding.delay_seconds:
                alone = Stage(desk[0].rings, forwarding.delay_seconds)
                return (alone, Stage((target,), OUTSIDE_SECONDS, keeps=True))
            case ForwardWhen.WITH_DESK if desk:
                return (Stage((*desk[0].rings, target), OUTSIDE_SECONDS),)
            case _:
                return (*desk, outside)

    def _follow_me(self, person: Person, above: frozenset[str]) -> tuple[Stage, ...]:
        stages: list[Stage] = []
        for step in person.follow_me:
            taken = self.now.within(step.hours) and self.now.taken(step.when, person)
            if taken and (ring := self._of_step(step, person, above)) is not None:
                stages.append(Stage((ring,), step.seconds, keeps=step.together))
        return tuple(stages)

    def _of_step(self, step: FollowMeStep, person: Person, above: frozenset[str]) -> Ring | None:
        match step.ring:
            case StepRings.DESK:
                return Desk(person) if person.station is not None else None
            case StepRings.CELL:
                return self._led(self.office.cell_of(person), person, above)
            case StepRings.NUMBER:
                return self._led(step.number or "", person, above)

    def _led(self, number: str, person: Person | None, above: frozenset[str]) -> Ring | None:
        """Who is reached by a number, dialled as on a telephone of the office; None where nobody may be."""
        match station_destination(self.office, number) if number else None:
            case ToPerson(id) if id not in above and (found := self.office.person(id)) is not None:
                return self.person(found, above)
            case ToDepartment(id) if id not in above and (department := self.office.department(id)) is not None:
                return self.department(department, above)
            case ToOutside(number, emergency=False):
                return Number(number, person, person is None or person.screening)
            case _:
                return None

    def _wanted(self, department: Department, member: Member) -> bool:
        logged_in = member.person is None or self.now.logged_in(department.id, member.person)
        return logged_in and self.now.within(member.hours)

    def _member(self, member: Member, above: frozenset[str]) -> Ring:
        """Who is rung for a member; nobody in particular (an empty search), where there is nobody."""
        if member.number:
            return self._led(member.number, None, above) or Search(member.number)
        person = self.office.person(member.person or "")
        if person is None or not member.desk_only:
            return self.person(person, above) if person is not None else Search("")
        if person.station is None or (self.now.not_disturbed(person) and not self.exempt):
            return Search(person.name, not_disturbed=True)
        return Desk(person)

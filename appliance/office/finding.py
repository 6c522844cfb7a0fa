"""Who is rung for a call, in what order and for how long: worked out before the first telephone rings.

A `Search` is a tree. Its stages come one after the other, and each rings desks, numbers and further searches, such as
those of a colleague to whom calls are forwarded. Nobody is looked for twice in it, wherever calls are forwarded to: so
forwardings in a circle end, and the search stays small even where everybody forwards to everybody else.
A chain of forwardings ends behind `MOST_FORWARDINGS`. `appliance.calls.searching` carries it out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace

from appliance.office.availability import Availability
from appliance.office.companies import Company
from appliance.office.departments import Department, Member, Strategy
from appliance.office.destination import ToDepartment, ToElsewhere, ToOperator, ToOutside, ToPerson
from appliance.office.dialling import forwardable
from appliance.office.forwarding import FollowMeStep, Forwarding, ForwardWhen, StepRings
from appliance.office.model import Office, Person
from appliance.office.numbering import station_destination
from appliance.office.search import After, Desk, Number, Ring, Search, Stage, StationRing
from hw.ringkind import RingKind

OUTSIDE_SECONDS = 25.0
"""How long a number outside is called; cell phones' own voicemail answers later than that as a rule."""

NOBODYS_TELEPHONE_SECONDS = 20.0
"""How long a telephone rings that is nobody's."""

MOST_FORWARDINGS = 10
"""From one colleague to the next, of one call: more than any office means to have."""


InTurn = Callable[[Department, Sequence[Member]], Sequence[Member]]
"""The members of a department in the order of this call; it may go by who was rung before, and who talked last."""


def as_listed(_department: Department, members: Sequence[Member]) -> Sequence[Member]:
    """In the order of the document."""
    return members


@dataclass(frozen=True, slots=True)
class _Way:
    """How somebody came to be looked for. rung: the ids of all in the search so far. forwardings: how many led here.

    quiet: the names of those met so far who do not want to be disturbed.
    """

    rung: set[str]
    forwardings: int = 0
    quiet: dict[str, None] = field(default_factory=dict)

    @property
    def on(self) -> _Way:
        """One forwarding further."""
        return replace(self, forwardings=self.forwardings + 1)


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
        """Who is rung for a person. above: the ids of those who are rung already, and are left out."""
        way = _Way(set(above))
        return replace(self._person(person, way), left_out=tuple(way.quiet))

    def department(self, department: Department, above: frozenset[str] = frozenset()) -> Search:
        """Who is rung for a department."""
        way = _Way(set(above))
        return replace(self._department(department, way), left_out=tuple(way.quiet))

    def operator(self, company: Company) -> Search:
        """Who is rung for callers who want the operator of a company."""
        own = self.office.person(company.operator)
        if own is not None and not (self.office.operators and company.operator == self.office.operator):
            return self.person(own)
        turns = [turn for turn in self.office.operators if self.now.within(turn.hours)]
        everybody = {turn.person for turn in turns}  # Each has a turn, and is not rung in that of another besides.
        quiet: dict[str, None] = {}
        stages: list[Stage] = []
        for turn in turns:
            person = self.office.person(turn.person)
            search = self._person(person, _Way(everybody - {turn.person}, quiet=quiet)) if person is not None else None
            if search is not None and not search.rings_nothing:
                stages.append(Stage((_lasting(search, turn.seconds),), turn.seconds))
        stages[:-1] = [replace(stage, rings=tuple(_passing(ring) for ring in stage.rings)) for stage in stages[:-1]]
        longest = self.office.reaching.longest_seconds
        whom = own.name if own is not None else ""
        return Search(whom, tuple(stages), left_out=tuple(quiet), longest_seconds=longest)

    def telephone(self, name: str, label: str, kind: RingKind) -> Search:
        """The telephone of this name and nothing else. label: what it shows in front of the caller. kind: how it rings.

        It rings as long as it does for whoever has it.
        """
        owner = self.office.at_station(name)
        seconds = owner.ring_seconds if owner is not None else NOBODYS_TELEPHONE_SECONDS
        whom = owner.name if owner is not None else name
        return Search(whom, (Stage((StationRing(name, owner, kind),), seconds),), label=label)

    def led(self, number: str, but_for: Collection[str]) -> Search | None:
        """Who is rung where a telephone wants this number called instead; None for nobody. Nobody outside is.

        but_for: the ids of people who are not.
        """
        found = self._led(number, None, _Way(set(but_for)))
        return found if isinstance(found, Search) else None

    def _person(self, person: Person, way: _Way) -> Search:
        if person.id in way.rung or way.forwardings > MOST_FORWARDINGS:
            return Search(person.name)
        if self._is_quiet(person, way):
            return Search(person.name, not_disturbed=True)
        way.rung.add(person.id)
        dialled = self.now.forwarded_by_code(person)
        stages = self._follow_me(person, way) if person.follow_me and not dialled else self._forwarded(person, way)
        return Search(person.name, stages, longest_seconds=self.office.reaching.longest_seconds)

    def _department(self, department: Department, way: _Way) -> Search:
        if department.id in way.rung or way.forwardings > MOST_FORWARDINGS:
            return Search(department.name)
        wanted = [member for member in department.members if self._wanted(department, member, way)]
        # Whoever is a member twice, as in hours that overlap, is rung by what stands first.
        first = {member.person or member.number: member for member in reversed(wanted)}
        members = [member for member in wanted if first[member.person or member.number] is member]
        way.rung.update({department.id, *(member.person for member in members if member.person)})
        rings = [(member, self._member(member, way)) for member in members]
        found = {member: ring for member, ring in rings if not (isinstance(ring, Search) and ring.rings_nothing)}
        keeps = department.strategy is Strategy.ESCALATING
        together = keeps or department.strategy is Strategy.ALL
        seconds = department.longest_seconds if together else department.step_seconds
        there = [_lasting(found[member], seconds) for member in self.in_turn(department, tuple(found))]
        if department.strategy is Strategy.ALL:
            stages: tuple[Stage, ...] = (Stage(tuple(there), seconds),) if there else ()
        else:
            stages = tuple(Stage((ring,), department.step_seconds, keeps=keeps) for ring in there)
            if keeps and stages:  # All ring on until the time of the department is over.
                stages = (*stages[:-1], replace(stages[-1], seconds=seconds))
        members_only = Search(
            department.name, stages, label=department.name, longest_seconds=department.longest_seconds
        )
        return self._members_or_elsewhere(department, members_only, way)

    def _forwarded(self, person: Person, way: _Way) -> tuple[Stage, ...]:
        forwarding = self.now.forwarding(person)
        desk = (Stage((Desk(person),), person.ring_seconds),) if person.station is not None else ()
        number = forwarding.to or (self.office.outside_prefix + person.cell if person.cell else "")
        forwards = forwarding.when is not ForwardWhen.NEVER
        return _besides(desk, forwarding, self._led(number, person, way) if forwards else None)

    def _members_or_elsewhere(self, department: Department, members: Search, way: _Way) -> Search:
        """The members of a department, and wherever its calls are forwarded to besides."""
        forwarding = department.forwarding
        if forwarding.when is ForwardWhen.NEVER or not self.now.within(forwarding.hours):
            return members
        everybody = () if members.rings_nothing else (Stage((members,), department.longest_seconds),)
        stages = _besides(everybody, forwarding, self._led(forwarding.to or "", None, way))
        return Search(department.name, stages, label=department.name)

    def _follow_me(self, person: Person, way: _Way) -> tuple[Stage, ...]:
        stages: list[Stage] = []
        for step in person.follow_me:
            taken = self.now.within(step.hours) and self.now.taken(step.when, person)
            ring = self._of_step(step, person, way) if taken else None
            if ring is not None and not (isinstance(ring, Search) and ring.rings_nothing):
                stages.append(Stage((ring,), step.seconds, keeps=step.together))
        return tuple(stages)

    def _of_step(self, step: FollowMeStep, person: Person, way: _Way) -> Ring | None:
        match step.ring:
            case StepRings.DESK:
                return Desk(person) if person.station is not None else None
            case StepRings.CELL:
                return self._led(self.office.outside_prefix + (person.cell or ""), person, way)
            case StepRings.NUMBER:
                return self._led(step.number or "", person, way)

    def _led(self, number: str, person: Person | None, way: _Way) -> Ring | None:
        """Who is reached by a number, dialled as on a telephone of the office; None where nobody may be."""
        match station_destination(self.office, number):
            case ToPerson(id) if (found := self.office.person(id)) is not None:
                return self._person(found, way.on)
            case ToDepartment(id) if (department := self.office.department(id)) is not None:
                return self._department(department, way.on)
            case ToOperator() if (operator := self.office.person(self.office.operator)) is not None:
                return self._person(operator, way.on)
            case ToElsewhere() as elsewhere:
                return elsewhere
            case ToOutside(number, emergency=False) if forwardable(self.office, number) is None:
                return Number(number, person, person is None or person.screening)
            case _:
                return None

    def _wanted(self, department: Department, member: Member, way: _Way) -> bool:
        person = member.person
        there = person is None or (person not in way.rung and self.now.logged_in(department.id, person))
        return there and self.now.within(member.hours)

    def _member(self, member: Member, way: _Way) -> Ring:
        """Who is rung for a member; nobody in particular (an empty search), where there is nobody."""
        if member.number:
            return self._led(member.number, None, way) or Search(member.number)
        person = self.office.person(member.person or "")
        if person is None:
            return Search("")
        if not member.desk_only:
            way.rung.discard(person.id)  # A member is rung as such, and in nobody else's place.
            return self._person(person, way)
        if self._is_quiet(person, way):
            return Search(person.name, not_disturbed=True)
        return Desk(person) if person.station is not None else Search(person.name)

    def _is_quiet(self, person: Person, way: _Way) -> bool:
        """Whether nothing of this person's is rung, who does not want to be disturbed."""
        quiet = self.now.not_disturbed(person) and not self.exempt
        if quiet:
            way.quiet[person.name] = None
        return quiet


def _lasting(ring: Ring, seconds: float) -> Ring:
    """The same, in which desks that ring to the end do so for as long as this, where a department or a turn says so.

    How long a person's telephone rings by itself is said for the person's own mailbox. Of numbers it is not changed:
    cell phones' own voicemail would answer.
    """
    if not isinstance(ring, Search) or ring.label or not ring.stages:
        return ring
    stages = list(ring.stages)
    end = len(stages) - (2 if len(stages) > 1 and stages[-1].after is After.BUSY else 1)
    if all(isinstance(one, Desk | Search) for one in stages[end].rings):
        rings = tuple(_lasting(one, seconds) for one in stages[end].rings)
        stages[end] = replace(stages[end], rings=rings, seconds=max(seconds, stages[end].seconds))
    return replace(ring, stages=tuple(stages))


def _passing(ring: Ring) -> Ring:
    """The same, in which no call waits at a telephone that is in use: somebody else is tried at once."""
    match ring:
        case Desk():
            return replace(ring, waits=False)
        case Search(stages=stages):
            passing = (replace(stage, rings=tuple(_passing(one) for one in stage.rings)) for stage in stages)
            return replace(ring, stages=tuple(passing))
        case _:
            return ring


def _besides(desk: tuple[Stage, ...], forwarding: Forwarding, target: Ring | None) -> tuple[Stage, ...]:
    """What is rung where calls are forwarded so. desk: what is rung otherwise; target: where they go, or nowhere."""
    if target is None:
        return desk
    if isinstance(target, Search) and target.rings_nothing:  # Where all calls go, and in vain, the mailbox is next.
        return () if forwarding.when is ForwardWhen.ALWAYS else desk
    there = Stage((target,), target.seconds if isinstance(target, Search) else OUTSIDE_SECONDS)
    match forwarding.when:
        case ForwardWhen.ALWAYS:
            return (there,)
        case ForwardWhen.BUSY:
            return (*desk, replace(there, after=After.BUSY)) if desk else ()
        case ForwardWhen.NO_ANSWER if desk:
            return (*desk, replace(there, after=After.NO_ANSWER))
        case ForwardWhen.WITH_DESK if desk and forwarding.delay_seconds:
            return (replace(desk[0], seconds=forwarding.delay_seconds), replace(there, keeps=True))
        case ForwardWhen.WITH_DESK if desk:
            return (Stage((*desk[0].rings, target), max(there.seconds, desk[0].seconds)),)
        case _:
            return (*desk, there)

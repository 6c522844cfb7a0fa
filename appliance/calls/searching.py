"""Makes of a search, which says who is rung, the targets that are tried: the lines, the ways, and what is asked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from functools import partial

from appliance.calls.asking import AskedTarget, Asks, Verdict, just_answered
from appliance.calls.counted import CountedTarget
from appliance.calls.linesout import lines_out
from appliance.calls.ownline import OwnLineTarget
from appliance.calls.parties import Parties
from appliance.calls.party import Party
from appliance.calls.reaching import DECIDED, Reached, Stages, Target, TargetStage, Why
from appliance.calls.targets import CalledTarget, DeskTarget, NotedTarget, OtherOfficeTarget, StationTarget
from appliance.calls.trunk import TrunkLine
from appliance.calls.waiting import Conversation, Waiting
from appliance.calls.ways import FirstOpenWay
from appliance.office.destination import ToElsewhere
from appliance.office.forwarding import Way
from appliance.office.search import Desk, Number, Ring, Search, Stage, StationRing
from hw.ringkind import RingKind

DECIDED_BY_A_MEMBER = (Why.DECLINED,)
"""What one member decides for a whole department. Whoever wants a message taken only leaves the call to the others."""

Instead = Callable[[str, Collection[str]], Search | None]
"""Who is reached by a number that a telephone wants called instead, but for people with these ids."""


class Searching:
    """Carries out searches in one call."""

    def __init__(self, call: Parties, waiting: Waiting, conversation: Conversation, led: Instead) -> None:
        self._caller = call.caller
        self._who, self._record = call.who, call.record
        self._trunks, self._stations = call.services.lines.trunks, call.stations
        self._faults = call.services.faults
        self._farewells = call.services.farewells
        self._office, self._reaching, self._language = call.office, call.office.reaching, call.office.language
        self._telephones, self._from_outside = call.office.telephones, call.from_outside
        self._outside, self._rights = call.services.outside, call.office.rights
        self._counts = call.counts
        self._waiting = waiting
        self._conversation = conversation
        self._led = led
        self._redirected: set[str] = set()
        """The ids of the people whose telephones want another number called."""

    async def begin(self, search: Search) -> asyncio.Task[Reached]:
        """Begin to look for somebody, for the longest time that the office allows."""
        stages = Stages([TargetStage([await self.target(search)])], self._reaching.longest_seconds, late=self._too_late)
        return asyncio.create_task(stages.reach(self._caller), name=f"looking for {search.whom}")

    async def target(self, search: Search, label: str = "", *, alone: bool = True) -> Stages:
        """Everything in a search as one target.

        label: shown in front of the caller. alone: nothing is tried besides, so that the caller's own line may be used.
        """
        label = search.label or label
        stages = []
        for place, stage in enumerate(search.stages):
            rings_on = place + 1 < len(search.stages) and search.stages[place + 1].keeps
            by_itself = alone and len(stage.rings) == 1 and not stage.keeps and not rings_on
            stages.append(await self._stage(stage, label, by_itself))
        decided = DECIDED_BY_A_MEMBER if search.label else DECIDED
        return Stages(stages, search.longest_seconds, decided, self._too_late)

    async def _stage(self, stage: Stage, label: str, alone: bool) -> TargetStage:
        """alone: a number has the stage's seconds for each way to it, behind the last digit."""
        if alone and isinstance(number := stage.rings[0], Number):
            return TargetStage([self._noted_number(number, stage.seconds)], after=stage.after)
        targets = [await self._of(ring, label, alone) for ring in stage.rings]
        return TargetStage(targets, stage.seconds, keeps=stage.keeps, after=stage.after)

    async def _of(self, ring: Ring, label: str, alone: bool) -> Target:
        match ring:
            case Search():
                return await self.target(ring, label, alone=alone)
            case Desk(person):
                return NotedTarget(await self._desk(ring, label), f"the telephone of {person.name}", self._record.step)
            case StationRing(name, person):
                shown = person.name if person is not None else name
                return NotedTarget(await self._telephone(ring, label), f"the telephone of {shown}", self._record.step)
            case Number():
                return self._noted_number(ring, None)
            case ToElsewhere(number, ports):
                lines = [trunk for trunk in self._trunks if trunk.port in ports]
                elsewhere = OtherOfficeTarget(lines, number, await self._who.shown(label))
                return NotedTarget(elsewhere, f"{number} in another office", self._record.step)

    def _noted_number(self, number: Number, ring_seconds: float | None) -> Target:
        name = f"{number.number} for {number.person.name}" if number.person is not None else number.number
        counted = CountedTarget(
            self._number(number, ring_seconds),
            lambda: self._outside.limit(self._rights, number.owner, "") is not None,
            lambda: self._counts(number.number, number.person, ""),
        )
        return NotedTarget(counted, name, self._record.step)

    async def _desk(self, desk: Desk, label: str) -> DeskTarget:
        async def instead(number: str) -> Target | None:
            self._redirected.add(desk.person.id)
            search = self._led(number, self._redirected)
            return await self.target(search, label, alone=False) if search is not None else None

        station = self._stations.get(desk.person.station or "")
        if station is None:
            return DeskTarget(None, instead)
        kind = RingKind.OUTSIDE if self._from_outside else RingKind.INSIDE
        rings = self._telephones.rings(RingKind.DEPARTMENT if label else kind)
        shown, person = await self._who.shown(label), desk.person
        waits = person.ring_seconds if desk.waits and not label else 0.0  # In a department somebody else is free.
        return DeskTarget(StationTarget(station, shown, person.id, rings, waits), instead)

    async def _telephone(self, ring: StationRing, label: str) -> Target:
        owner = ring.person.id if ring.person is not None else ""
        rings = self._telephones.rings(ring.kind)
        return StationTarget(self._stations[ring.name], await self._who.shown(label), owner, rings)

    def _number(self, number: Number, ring_seconds: float | None) -> Target:
        """By the ways that are open, in their order; on the caller's own line only where nothing rings besides.

        ring_seconds: how long it rings for each way; None where something else rings, too, and decides that.
        """
        line = self._caller.line
        came_in = line if isinstance(line, TrunkLine) and line.facts.outside else None
        ways: list[Target] = []
        for way in dict.fromkeys(self._reaching.ways):
            if came_in is not None and way not in came_in.facts.ways:
                continue
            if way is Way.TWO_LINES:
                ways.append(self._on_another_line(number, ring_seconds))
            elif came_in is not None and ring_seconds is not None:
                ways.append(self._on_own_line(way, number, ring_seconds))
        return FirstOpenWay(ways)

    def _on_another_line(self, number: Number, ring_seconds: float | None) -> Target:
        ways = lines_out(self._office, self._trunks, number.number)
        called = CalledTarget(ways, number.owner, self._reaching.keep_lines_free, self._faults)
        if not number.screened:
            return AskedTarget(called, just_answered, lambda party, _verdict: party.release(), ring_seconds)
        return AskedTarget(called, self._ask(number), self._part, ring_seconds)

    def _on_own_line(self, way: Way, number: Number, ring_seconds: float) -> Target:
        ask = self._ask(number) if number.screened else None
        return OwnLineTarget(
            way, number, ask, ring_seconds, self._waiting, self._conversation, self._faults, self._record.step
        )

    def _ask(self, number: Number) -> Asks:
        return partial(self._asked, number)

    async def _asked(self, number: Number, callee: Party) -> Verdict:
        """In the language of whoever is called, which need not be the caller's."""
        callee.language = number.language or self._language
        with self._waiting.saying() as say:
            return await self._conversation.ask(callee, number, say)

    def _too_late(self, party: Party) -> None:
        """Somebody has accepted, or lifted, at the same moment as another."""
        if isinstance(party.line, TrunkLine):
            self._part(party, None)
        else:
            party.release()

    def _part(self, party: Party, verdict: Verdict | None) -> None:
        self._farewells.say(party, *self._conversation.last_words(verdict, self._caller.leg.gone.done()))

"""Reaching others in a call: whoever is looked for, a number outside, another office, a telephone rung again."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import TypeVar

from appliance.calls.counted import CountedTarget
from appliance.calls.linesout import lines_out
from appliance.calls.outcome import CallEnded
from appliance.calls.parked import ParkedWait
from appliance.calls.parkinglot import ParkingPlace
from appliance.calls.parties import Parties, asked_on_hold
from appliance.calls.party import Party
from appliance.calls.patience import HoldQuestion
from appliance.calls.reaching import Reached, Target, Unreached, reach_first
from appliance.calls.searching import Searching
from appliance.calls.station import StationLine
from appliance.calls.targets import OtherOfficeTarget, OutsideTarget, StationTarget
from appliance.calls.transfer import LeftHolding, WaitsNoMore
from appliance.calls.trunk import TrunkLine
from appliance.calls.waiting import EXPLAINED_SECONDS, Conversation, Pressed, Waiting
from appliance.media.sources import Source
from appliance.media.tone import ToneSource
from appliance.office.availability import Availability
from appliance.office.destination import ToElsewhere, ToOutside
from appliance.office.finding import Finder
from appliance.office.model import Person
from appliance.office.phrase import Sayable
from appliance.office.search import Search
from appliance.office.telephones import RingSound
from hw.ringkind import RingKind

EVERYBODY_SECONDS = 20.0
RING_BACK_SECONDS = 30.0


Whoever = TypeVar("Whoever")


class Connecting(Parties):
    """The parties of a call, and how further ones come to it."""

    @property
    def known_name(self) -> str:
        """The caller's name, where the caller is a contact or on a telephone of ours; what a line tells is no name."""
        if self.from_outside:
            return contact.name if (contact := self.who.contact) is not None else ""
        return self.caller_id.name if self.caller_id is not None else ""

    def local_now(self) -> datetime:
        """This moment on the office's clock."""
        return self.office.local(self.services.clock.now())

    def wants(self, number: str) -> None:
        """Whom the caller is about to be connected to, as an extension or a number outside. A telephone that is hung
        up meanwhile, and has somebody on hold, has that party transferred there.
        """
        self.record.dialled(number)
        self.caller.leg.calling = number

    def wants_outside(self, outside: ToOutside) -> None:
        """The same of a number of the public network."""
        self.record.dialled(outside.number)
        self.caller.leg.calling = self.office.outside_prefix + outside.number

    @property
    def outside_lines(self) -> list[TrunkLine]:
        """The lines to the public network."""
        return [trunk for trunk in self.services.lines.trunks if trunk.facts.outside]

    @property
    def page_rings(self) -> RingSound:
        """How telephones ring that are paged."""
        return self.office.telephones.rings(RingKind.PAGE)

    @property
    def availability(self) -> Availability:
        """Who of the office is there now."""
        return Availability(self.office, self.local_now(), self.services.switches.at, self.services.calendars.closures)

    @property
    def finder(self) -> Finder:
        """Works out who is rung in this call. Operators, and contacts of rank, disturb whoever they call."""
        contact, owner = self.who.contact, self.owner
        ranked = contact is not None and contact.rank >= self.office.callers.ranked_from
        operator = owner is not None and owner.id in self.office.operator_ids
        return Finder(self.office, self.availability, self.services.turns.in_turn, exempt=ranked or operator)

    async def look_for(self, search: Search, conversation: Conversation) -> Reached | Pressed:
        """Look for somebody while the caller hears ringback, or music where telephones outside are rung, too."""
        music, ringback = self.services.music, self.services.tones.ringback
        hears_music = bool(search.numbers) and self.office.reaching.music

        def sound() -> Source:
            return music.loop() if hears_music else ToneSource(ringback)

        loop = asyncio.get_running_loop()  # Whose time nobody sets back.
        began = loop.time()
        waiting = Waiting(self.caller, sound, conversation)
        searching = Searching(self, waiting, conversation, self.finder.led)
        try:
            reached = await waiting.until(await searching.begin(search))
        finally:
            self.caller.leg.calling = ""
            waited = loop.time() - began
            if waited >= EXPLAINED_SECONDS:
                self.record.step(f"waited {waited:.0f} s for {search.whom}")
        return self._found(reached)

    async def ring_everybody(self) -> Party | Unreached:
        """The same for all telephones at once."""
        return await self._ring(list(self.stations.values()), EVERYBODY_SECONDS)

    async def dial_out(self, outside: ToOutside, whose: Person | None = None) -> Party | Unreached:
        """Dial a number on a trunk; an emergency call gets one whatever happens, and counts towards no limit.

        whose: who calls it; None: nobody of the office. `appliance.calls.guard.may_dial` says before whether it may be.
        """
        self.record.goes_out()
        trunks = self.services.lines.trunks
        ways = lines_out(self.office, trunks, outside.number, emergency=outside.emergency)
        target: Target = OutsideTarget(ways, outside.emergency, self.services.faults)
        if not outside.emergency:
            line = self.caller.line
            telephone = line.name if isinstance(line, StationLine) else ""
            target = CountedTarget(target, lambda: False, partial(self.counts, outside.number, whose, telephone))
        return await self._reach([target])

    async def call_elsewhere(self, elsewhere: ToElsewhere) -> Party | Unreached:
        """Call an extension of another of our offices; the caller's own line to it is taken where that is free."""
        own = self.caller_id.number if self.caller_id else ""
        lines = [trunk for trunk in self.services.lines.trunks if trunk.port in elsewhere.ports]
        own_last = sorted(lines, key=lambda trunk: self.office.user_of(trunk.port) == own)
        return await self._reach([OtherOfficeTarget(own_last, elsewhere.number, self.caller_id)])

    def take_up(self, party: Party) -> None:
        """Somebody whom the unit has reached by itself takes part in this call from now on."""
        self._found(party)

    async def ring_back(self, left: LeftHolding) -> Party | Unreached:
        """Ring a telephone that was hung up with the caller on hold, who goes on hearing music."""
        self.record.step(f"rings {left.station.name} again")
        music = self.services.music.loop()
        self.caller.leg.hear(music)
        try:
            rings = self.office.telephones.rings(RingKind.RETURNED)
            return await self._reach([StationTarget(left.station, self.caller_id, rings=rings)], RING_BACK_SECONDS)
        finally:
            self.caller.leg.stop(music)

    async def wait_parked(self, place: ParkingPlace, question: HoldQuestion) -> Party | Unreached | WaitsNoMore:
        """Let the caller wait in a parking place until a telephone takes the call up; see `ParkedWait`."""
        self.record.step(f"parked in {place.number} by {place.station.name}")
        rings = self.office.telephones.rings(RingKind.PARKED)
        back = StationTarget(place.station, await self.who.shown("parked"), rings=rings)
        asked = question if asked_on_hold(self.caller) else None
        wait = ParkedWait(self.services.parking, place, back, asked, self.record.step)
        music = self.services.music.loop()
        self.caller.leg.hear(music)
        try:
            return self._found(await wait.until_over(self.caller, self.office.telephones.parked_return_seconds))
        finally:
            self.caller.leg.stop(music)

    async def take_parked(self, number: int) -> bool:
        """Let the caller's telephone take up the call in this place, and wait until it is done with it. False where
        there is none."""
        line = self.caller.line
        assert isinstance(line, StationLine)
        if not self.services.parking.take(number, self.caller.leg, line):
            return False
        await self.take_part_elsewhere()
        return True

    def telephones_of(self, people: Sequence[Person]) -> list[StationLine]:
        """The telephones of these people."""
        return [self.stations[person.station] for person in people if person.station in self.stations]

    async def pick_up(self, among: Sequence[StationLine]) -> bool:
        """Let the caller's telephone answer the one of these that has rung for longest, and wait until it is done with
        that call. False where none rings for a call that another telephone may answer."""
        line = self.caller.line
        assert isinstance(line, StationLine)
        ringing = [station for station in among if station.can_be_picked_up]
        if not ringing:
            return False
        first = min(ringing, key=lambda station: station.rang_at)
        self.record.step(f"answers {first.name}")
        first.pick_up(self.caller.leg, line)
        await self.take_part_elsewhere()
        return True

    async def tell_first(self, party: Party, *said: Sayable) -> bool:
        """Tell somebody something who was just reached, while the caller hears music. False: has left again."""
        music = self.services.music.loop()
        self.caller.leg.hear(music)
        try:
            await party.play(*said)
        except CallEnded:
            self._goes_on_without(party, self.caller)
            return False
        finally:
            self.caller.leg.stop(music)
        return True

    async def _ring(self, stations: Sequence[StationLine], seconds: float) -> Party | Unreached:
        ringback = ToneSource(self.services.tones.ringback)
        self.caller.leg.hear(ringback)
        try:
            shown = await self.who.shown()
            return await self._reach([StationTarget(station, shown) for station in stations], seconds)
        finally:
            self.caller.leg.stop(ringback)

    async def _reach(self, targets: Sequence[Target], seconds: float | None = None) -> Party | Unreached:
        try:
            reached = await reach_first(targets, self.caller, seconds)
        finally:
            self.caller.leg.calling = ""
        return self._found(reached)

    def _found(self, found: Whoever) -> Whoever:
        """Make whoever was reached a party of this call."""
        if isinstance(found, Party):
            found.language = self.office.language
            self._parties.append(found)
            self.on_change()
        return found

"""What a flow holds: the parties of a call, and how they are connected.

Every operation raises CallEnded when the caller has left, except `bridge`, and recording once it has begun: they
return then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from appliance.calls.leg import Leg
from appliance.calls.lines import Line
from appliance.calls.mail import MailRoom
from appliance.calls.message import TakenMessage
from appliance.calls.outcome import CallEnded, Outcome
from appliance.calls.parties import Parties
from appliance.calls.party import Party
from appliance.calls.reaching import Reached, Target, Unreached, reach_first
from appliance.calls.record import Record
from appliance.calls.recording import EndedBy, Recording
from appliance.calls.searching import Searching
from appliance.calls.services import Services
from appliance.calls.station import StationLine
from appliance.calls.targets import OtherOfficeTarget, OutsideTarget, StationTarget
from appliance.calls.transfer import LeftHolding
from appliance.calls.trunk import TrunkLine
from appliance.calls.waiting import EXPLAINED_SECONDS, Conversation, Pressed, Waiting
from appliance.calls.whocalls import WhoCalls
from appliance.clock import off_loop
from appliance.media.player import Loop
from appliance.media.sources import Source
from appliance.media.tone import ToneSource
from appliance.office.availability import Availability
from appliance.office.destination import Destination, ToElsewhere, ToOutside
from appliance.office.finding import Finder, Search
from appliance.office.languages import LanguageCode
from appliance.office.model import Office, Part, Person
from appliance.office.phrase import Recorded, Sayable
from appliance.store.messages import Envelope, StoreFull
from appliance.wav.trimming import cut_silence
from hw.audio import Samples
from hw.callerid.coding import CallerId

SETTLE_SECONDS = 0.4
"""An exchange takes this long to connect both ways after an answer; what is said earlier is cut off."""
EVERYBODY_SECONDS = 20.0
RING_BACK_SECONDS = 30.0

Route = Callable[["Call", Destination], Awaitable[Outcome]]
"""Follows a destination: `appliance.flows.route.go`, which imports all flows, as this module may not."""


class Call(Parties):
    """One call, as its flow sees it. The office, with the names of its stations, is that of the call's beginning,
    whatever is loaded meanwhile.
    """

    def __init__(
        self,
        services: Services,
        office: Office,
        leg: Leg,
        line: Line,
        caller_id: CallerId | None,
        record: Record,
        route: Route,
        *,
        unsure: bool = False,
    ) -> None:
        outside = isinstance(line, TrunkLine) and line.facts.outside
        who = WhoCalls(services, record, caller_id, outside)
        super().__init__(services, office, record, Party(leg, line, self._speak), who)
        self.unsure = unsure
        """Nobody rang, so there may be nobody on the line (glare)."""
        self.returns_to: Person | None = None
        """The operator who has transferred the caller, who comes back to the operator if nobody answers."""
        self.departments: set[str] = set()
        """The ids of the departments in which nobody has answered: none is rung twice in a call."""
        self.company = office.company_called(line.facts, line.called) if isinstance(line, TrunkLine) else office.itself
        """Whose caller it is."""
        who.label = self.company.label
        self.caller.language = who.language(office, self._line_languages())
        self._route = route

    @property
    def mail(self) -> MailRoom:
        return self.services.mail

    @property
    def owner(self) -> Person | None:
        """Whose telephone the caller's is, where it is one of ours."""
        line = self.caller.line
        return self.office.at_station(line.name) if isinstance(line, StationLine) else None

    @property
    def known_name(self) -> str:
        """The caller's name, where the caller is a contact or on a telephone of ours; what a line tells is no name."""
        if self.from_outside:
            return contact.name if (contact := self.who.contact) is not None else ""
        return self.caller_id.name if self.caller_id is not None else ""

    @property
    def consults(self) -> bool:
        """The caller's telephone has a call on hold, and makes this one besides."""
        line = self.caller.line
        return isinstance(line, StationLine) and any(leg is not self.caller.leg for leg in line.held)

    @property
    def from_outside(self) -> bool:
        """It came in from the public network, not from another of our offices or from a telephone of ours."""
        return isinstance(self.caller.line, TrunkLine) and self.caller.line.facts.outside

    def local_now(self) -> datetime:
        """This moment on the office's clock."""
        return self.office.local(self.services.clock.now())

    def part_of_day(self) -> Part:
        return self.office.part_of_day(self.services.clock.now())

    async def follow(self, destination: Destination) -> Outcome:
        """Take the call there, whatever it is, and return what became of it."""
        self.record.step(str(destination))
        return await self._route(self, destination)

    async def ring_on(self) -> None:
        """Let the line ring, and raise CallEnded when the caller gives up. The fail-safe does not answer it."""
        if isinstance(self.caller.line, TrunkLine):
            self.caller.line.ring.unwanted = True
        await self.caller.leg.until()

    async def answer(self) -> None:
        """Answer the caller, if that was not done yet, and let the line settle before anything is said."""
        line = self.caller.line
        if isinstance(line, TrunkLine) and self.record.known.answered is None:
            line.answer()
            self.record.answered()
            await self.caller.leg.until(seconds=0 if line.digital else SETTLE_SECONDS)
        self.record.answered()

    # Reaching others

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
            return Loop(music) if hears_music else ToneSource(ringback)

        loop = asyncio.get_running_loop()  # Whose time no one sets back.
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
        if isinstance(reached, Party):
            reached.language = self.office.language
            self._parties.append(reached)
            self.on_change()
        return reached

    async def ring_everybody(self) -> Party | Unreached:
        """The same for all telephones at once."""
        return await self._ring(list(self.stations.values()), EVERYBODY_SECONDS)

    async def dial_out(self, outside: ToOutside) -> Party | Unreached:
        """Dial a number on a trunk; an emergency call gets one whatever happens."""
        self.record.goes_out()
        trunks = [trunk for trunk in self.services.lines.trunks if trunk.facts.outside]
        return await self._reach([OutsideTarget(trunks, outside.number, outside.emergency, self.services.faults)])

    async def call_elsewhere(self, elsewhere: ToElsewhere) -> Party | Unreached:
        """Call an extension of another of our offices; the caller's own line to it is taken where that is free."""
        own = self.caller_id.number if self.caller_id else ""
        lines = [trunk for trunk in self.services.lines.trunks if trunk.port in elsewhere.ports]
        own_last = sorted(lines, key=lambda trunk: self.office.user_of(trunk.port) == own)
        return await self._reach([OtherOfficeTarget(own_last, elsewhere.number, self.caller_id)])

    async def ring_back(self, left: LeftHolding) -> Party | Unreached:
        """Ring a telephone that was hung up with the caller on hold, who goes on hearing music."""
        self.record.step(f"rings {left.station.name} again")
        music = Loop(self.services.music)
        self.caller.leg.hear(music)
        try:
            return await self._reach([StationTarget(left.station, self.caller_id)], RING_BACK_SECONDS)
        finally:
            self.caller.leg.stop(music)

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
        if isinstance(reached, Party):
            reached.language = self.office.language
            self._parties.append(reached)
            self.on_change()
        return reached

    # Recording

    async def record_message(self, mailbox: str) -> TakenMessage | None:
        """Record a message for a mailbox, after a beep. None when the disk has no room to begin one."""
        known = self.caller_id or CallerId()
        envelope = Envelope(known.shown, known.name, self.services.clock.now())
        recording = await self._record(self.mail.begin(mailbox, envelope), self.office.longest_message_seconds)
        if recording is None:
            return None
        if recording.ended_by is EndedBy.DISK_FULL:
            self.services.faults.report("the disk is full: a message had to be cut short")
        return TakenMessage(self.mail, recording, envelope)

    async def record_own(self, mailbox: str, longest_seconds: float, *, trim: bool = False) -> Recording | None:
        """Record a mailbox's owner, not yet for use. None when the disk has no room to begin.

        trim: cut off the silence before and behind what is said.
        """
        recording = await self._record(self.mail.begin_own(mailbox), longest_seconds)
        if trim and recording is not None and recording.speech_seconds:
            with suppress(OSError):  # On a full disk it stays as it is.
                recording.seconds = await off_loop(cut_silence, recording.path)
        return recording

    async def playable(self, recording: Recorded) -> bool:
        """Whether a recording can be played; people are told where not."""
        return await self.services.announcer.playable(recording)

    def hang_up(self) -> None:
        """Be done with everybody in this call."""
        for party in (*self._parties, self.caller):
            party.release()

    async def _record(self, begin: Awaitable[Path], longest_seconds: float) -> Recording | None:
        try:
            path = await begin
        except StoreFull as full:
            self.services.faults.report(str(full))
            return None
        try:
            return await self.caller.record(path, longest_seconds)
        except CallEnded:
            await self.mail.discard(path)
            raise

    async def _speak(self, said: Sequence[Sayable], language: LanguageCode) -> list[Samples]:
        return await self.services.announcer.clips(said, self.local_now(), language)

    def _line_languages(self) -> tuple[LanguageCode | None, ...]:
        line = self.caller.line
        owner = self.owner
        of_line = line.facts.language if isinstance(line, TrunkLine) else owner.language if owner is not None else None
        return (of_line, self.company.language)

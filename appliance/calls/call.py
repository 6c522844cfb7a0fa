"""What a flow holds: the parties of a call, and how they are connected.

Every operation raises CallEnded when the caller has left, except `bridge`, and recording once it has begun: they
return then.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from appliance.calls.lines import Line
from appliance.calls.mail import MailRoom
from appliance.calls.message import TakenMessage
from appliance.calls.outcome import CallEnded, Cause, Outcome
from appliance.calls.party import Party
from appliance.calls.reaching import Target, Unreached, reach_first
from appliance.calls.record import Record
from appliance.calls.recording import EndedBy, Recording
from appliance.calls.services import Services
from appliance.calls.station import StationLine
from appliance.calls.switches import BY_HAND
from appliance.calls.talk import Taken, Talk
from appliance.calls.targets import OtherOfficeTarget, OutsideTarget, StationTarget
from appliance.calls.transfer import Transfer
from appliance.calls.trunk import TrunkLine
from appliance.media.tone import ToneSource
from appliance.office.arrival import Circumstances
from appliance.office.contact import Blocked, Contact
from appliance.office.destination import Destination, ToElsewhere, ToOutside
from appliance.office.languages import LanguageCode
from appliance.office.model import Office, Part, Person
from appliance.office.phrase import Recorded, Sayable
from appliance.store.calllog import History
from appliance.store.messages import Envelope, StoreFull
from hw.audio import Samples
from hw.callerid.coding import CallerId

SETTLE_SECONDS = 0.4
"""An exchange takes this long to connect both ways after an answer; what is said earlier is cut off."""
BRIDGE_SILENCE_SECONDS = 300
"""Of all parties, where the line tells a hang-up by nothing but silence: exchanges take from 60 to 300 s."""
LONGEST_GREETING_SECONDS = 60.0
EVERYBODY_SECONDS = 20.0
CHALLENGES = "23456789"
"""Machines try 1 and 0."""

Route = Callable[["Call", Destination], Awaitable[Outcome]]
"""Follows a destination: `appliance.flows.route.go`, which imports all flows, as this module may not."""


class Call:
    """One call, as its flow sees it. The office, with the names of its stations, is that of the call's beginning,
    whatever is loaded meanwhile.
    """

    def __init__(
        self,
        services: Services,
        office: Office,
        line: Line,
        caller_id: CallerId | None,
        record: Record,
        route: Route,
        *,
        unsure: bool = False,
    ) -> None:
        assert line.leg is not None
        self.services = services
        self.office = office
        self.caller = Party(line.leg, line, self._speak)
        self.caller_id = caller_id
        self.unsure = unsure
        """Nobody rang, so there may be nobody on the line (glare)."""
        self.record = record
        self.rung: set[str] = set()
        """The ids of the people who were rung."""
        self.cause: Cause | None = None
        """How a talk ended."""
        self.company = office.company_called(line.facts, line.called) if isinstance(line, TrunkLine) else office.itself
        """Whose caller it is."""
        self.caller.language = self._language()
        self._route = route
        self._parties: list[Party] = []
        self._stations = services.lines.stations

    @property
    def called(self) -> str:
        """What was dialled."""
        return self.record.known.called

    @property
    def mail(self) -> MailRoom:
        return self.services.mail

    @property
    def owner(self) -> Person | None:
        """Whose telephone the caller's is, where it is one of ours."""
        line = self.caller.line
        return self.office.at_station(line.name) if isinstance(line, StationLine) else None

    @property
    def from_outside(self) -> bool:
        """It came in from the public network, not from another of our offices or from a telephone of ours."""
        return isinstance(self.caller.line, TrunkLine) and self.caller.line.facts.outside

    def local_now(self) -> datetime:
        """This moment on the office's clock."""
        return self.office.local(self.services.clock.now())

    def circumstances(self) -> Circumstances:
        """What decides now, besides the office document, what a caller gets."""
        switches, calendars = self.services.switches, self.services.calendars
        rank = self.contact.rank if self.contact is not None else 0
        night, announced = (until and self.office.local(until) for until in map(switches.until, BY_HAND))
        return Circumstances(
            self.local_now(), rank, switches.night_mode, night, calendars.closures, switches.announced, announced
        )

    def part_of_day(self) -> Part:
        return self.office.part_of_day(self.services.clock.now())

    async def follow(self, destination: Destination) -> Outcome:
        """Take the call there, whatever it is, and return what became of it."""
        self.record.step(str(destination))
        return await self._route(self, destination)

    async def answer(self) -> None:
        """Answer the caller, if that was not done yet, and let the line settle before anything is said."""
        line = self.caller.line
        if isinstance(line, TrunkLine) and self.record.known.answered is None:
            line.answer()
            self.record.answered()
            await self.caller.leg.until(seconds=0 if line.digital else SETTLE_SECONDS)
        self.record.answered()

    # Who calls

    @property
    def contact(self) -> Contact | None:
        """The contact who calls, known by the number."""
        return self.services.contacts.who(self.caller_id.number) if self.caller_id is not None else None

    @property
    def blocked(self) -> Blocked | None:
        """The entry of the block list that the caller falls under. Nobody of ours is blocked."""
        return self.services.contacts.blocked(self.caller_id) if self.from_outside else None

    async def turned_away(self, blocked: Blocked) -> None:
        """The caller got what this entry of the block list says; it is counted."""
        try:
            await self.services.contacts.turned_away(blocked, self.services.clock.now())
        except OSError as error:
            self.services.faults.report(f"blocked calls are not being counted: {error}")

    async def history(self) -> History | None:
        """The calls that came from this caller before; None where there is no number, or no log to look it up in."""
        if self.caller_id is None or not self.caller_id.number:
            return None
        return await self.record.history(self.services.contacts.numbers.written(self.caller_id.number))

    @property
    def number(self) -> str:
        """The caller's number; empty where it is not known."""
        return self.caller_id.number if self.caller_id is not None else ""

    def says_number(self, number: str) -> None:
        """The caller has told the number, which the line did not."""
        self.caller_id = CallerId(number)
        self.record.came_from(self.caller_id)
        self.record.step("told the number")

    @property
    def challenge(self) -> str:
        """A key that no machine knows, another one in each call."""
        return CHALLENGES[sum(map(ord, self.record.id)) % len(CHALLENGES)]

    async def ring_on(self) -> None:
        """Let the line ring, and raise CallEnded when the caller gives up. The fail-safe does not answer it."""
        if isinstance(self.caller.line, TrunkLine):
            self.caller.line.ring.unwanted = True
        await self.caller.leg.until()

    async def person_before(self) -> str:
        """The id of the person whom the caller talked to last; empty for nobody."""
        return await self.record.person_before(self.services.contacts.numbers.written(self.number))

    async def last_caller(self) -> str:
        """The number of whoever reached the owner of this telephone last; empty for nobody."""
        return await self.record.last_caller(self.owner.id) if self.owner is not None else ""

    async def block(self, number: str) -> bool:
        """Put this number on the block list. False where that could not be kept; people are told why."""
        try:
            await self.services.contacts.block(Blocked(number, notes="blocked by code"))
        except (OSError, ValueError) as error:
            self.services.faults.report(f"a caller could not be blocked: {error}")
            return False
        return True

    def _language(self) -> LanguageCode:
        """What the caller is spoken to in: by contact, line, company, or the country of the number."""
        office, line = self.office, self.caller.line
        contact = self.contact.language if self.from_outside and self.contact is not None else ""
        of_line = line.facts.language if isinstance(line, TrunkLine) else None
        by_country = office.callers.language_of_country if self.from_outside and self.number else {}
        forms = self.services.contacts.numbers.written(self.number) if by_country else frozenset()
        country = next((by_country[code] for code in by_country for form in forms if form.startswith(f"+{code}")), None)
        ready = (code for code in (contact, country, of_line, self.company.language) if code in office.languages)
        return next((code for code in ready if code), office.language)

    # Reaching others

    async def ring(self, person: Person) -> Party | Unreached:
        """Ring the person's telephone while the caller hears ringback."""
        self.rung.add(person.id)
        station = self._stations.get(person.station) if person.station else None
        return await self._ring([station] if station else [], person.ring_seconds)

    async def ring_everybody(self) -> Party | Unreached:
        """The same for all telephones at once."""
        return await self._ring(list(self._stations.values()), EVERYBODY_SECONDS)

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

    async def _ring(self, stations: Sequence[StationLine], seconds: float) -> Party | Unreached:
        ringback = ToneSource(self.services.tones.ringback)
        self.caller.leg.hear(ringback)
        try:
            shown = await self._shown()
            return await self._reach([StationTarget(station, shown) for station in stations], seconds)
        finally:
            self.caller.leg.stop(ringback)

    async def _shown(self) -> CallerId | None:
        """What a telephone shows: the caller, behind the label of the company that was called."""
        known, label = await self._named(), self.company.label
        if not label:
            return known
        known = known or CallerId()
        return replace(known, name=f"{label}: {known.name}" if known.name else label, name_absence=None)

    async def _named(self) -> CallerId | None:
        """The caller; for a number without a name with the contact's, or how often it has called."""
        shown = self.services.contacts.named(self.caller_id)
        came_in = self.from_outside and self.record.known.direction == "in"
        if shown is None or shown.name or not came_in or (history := await self.history()) is None:
            return shown
        name = f"Call no. {history.calls + 1}" if history.calls else "New caller"
        return replace(shown, name=name, name_absence=None)

    async def _reach(self, targets: Sequence[Target], seconds: float | None = None) -> Party | Unreached:
        reached = await reach_first(targets, self.caller, seconds)
        if isinstance(reached, Party):
            reached.language = self.office.language
            self._parties.append(reached)
        return reached

    # Talking

    async def bridge(self, other: Party) -> Transfer | None:
        """Let the caller and another party talk until one of them leaves; then both are done with each other.

        Or until one of them wants the other transferred: then how. Both are still there, and whoever asked waits to
        be told by `remains`, `take` or the transfer's `refuse`.
        """
        self.record.answered()
        by_silence = self.caller.told_by_silence or other.told_by_silence
        silence = BRIDGE_SILENCE_SECONDS if by_silence else None
        talk = Talk((self.caller, other), self.services.tones, self.services.music, silence)
        talks = self.services.talks
        talks.update((party.leg.name, talk) for party in talk.parties)
        try:
            turn = await talk.run()
        finally:
            for party in talk.parties:
                if talks.get(party.leg.name) is talk:
                    del talks[party.leg.name]
        match turn:
            case Transfer():
                return turn
            case Taken(party):
                self._parties.remove(party)
                self.cause = Cause.TRANSFERRED
            case first:
                self.cause = first.leg.gone.result()
                other.release()
        return None

    def remains(self, transfer: Transfer) -> None:
        """Make a transfer: who asked for it is done with this call, and who remains is its caller from now on."""
        transfer.accept()
        if self.caller is transfer.initiator:
            self._parties.remove(transfer.transferred)
            self.caller = transfer.transferred
            self.caller_id = self._known_at(self.caller.line)
        else:
            self._parties.remove(transfer.initiator)
        transfer.initiator.release()

    def take(self, transfer: Transfer) -> Party | None:
        """Make an attended transfer: take over whom the initiator talks to in its other call.

        None where that cannot be: there is no such call, or it is one that has to take over this one's party; then who
        asked is told, or will be, and both parties go on as before.
        """
        talk = self.services.talks.get(transfer.to)
        if talk is None:
            transfer.refuse()
            return None
        there = talk.at(transfer.to)
        if there is talk.parties[0]:
            party = talk.other(there)
            if not talk.take(party):
                transfer.refuse()
                return None
            self._parties.append(party)
            self.remains(transfer)
            return party
        if self.caller is transfer.initiator:
            talk.transfer(transfer.handed_to(there, talk.other(there), self.caller.leg.name))
        else:
            transfer.refuse()
        return None

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

    async def record_greeting(self, mailbox: str) -> Recording | None:
        """Record a greeting for a mailbox, not yet in use. None when the disk has no room to begin one."""
        return await self._record(self.mail.begin_greeting(mailbox), LONGEST_GREETING_SECONDS)

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

    def _known_at(self, line: Line) -> CallerId | None:
        """Whom a telephone shows that is rung for the party on this line, which did not call itself."""
        if isinstance(line, TrunkLine):
            return line.caller_id or CallerId(self.called)
        owner = self.office.at_station(line.name)
        return CallerId(owner.extension, owner.name) if owner else None

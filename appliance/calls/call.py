"""What a flow holds: the parties of a call, and how they are connected.

Every operation raises CallEnded when the caller has left, except `bridge`, and recording once it has begun: they
return then.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

from appliance.calls.connecting import Connecting
from appliance.calls.faxroom import FaxSheet
from appliance.calls.faxtaking import FaxTaking, TakenFax
from appliance.calls.leg import Leg
from appliance.calls.lines import Line
from appliance.calls.mail import MailRoom
from appliance.calls.message import TakenMessage
from appliance.calls.outcome import CallEnded, FaxCalling, Outcome
from appliance.calls.party import Party
from appliance.calls.record import Record
from appliance.calls.recording import EndedBy, Recording
from appliance.calls.redirecting import REDIRECTED, Redirecting
from appliance.calls.services import Services
from appliance.calls.station import StationLine
from appliance.calls.trunk import TrunkLine
from appliance.calls.whocalls import WhoCalls
from appliance.clock import off_loop
from appliance.office.destination import Destination
from appliance.office.languages import LanguageCode
from appliance.office.model import Office, Part
from appliance.office.phrase import Recorded, Sayable
from appliance.store.messages import Envelope, StoreFull
from appliance.wav.trimming import cut_silence
from hw.audio import Samples
from hw.callerid.coding import CallerId
from hw.said import said, told_by

SETTLE_SECONDS = 0.4
"""An exchange takes this long to connect both ways after an answer; what is said earlier is cut off."""

CUT_SHORT = said("the disk is full: a message had to be cut short")

Route = Callable[["Call", Destination], Awaitable[Outcome]]
"""Follows a destination: `appliance.flows.route.go`, which imports all flows, as this module may not."""


class Call(Connecting):
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
        self.returns_to: StationLine | None = None
        """The telephone that has transferred the caller, who comes back to it if nobody answers."""
        self.redirecting = Redirecting(self._clear)
        """Runs the flow, which somebody in the office may break off."""
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
            self.caller.leg.watch_for_fax()
            await self.caller.leg.until(seconds=0 if line.digital else SETTLE_SECONDS)
        self.record.answered()

    # Faxes

    async def take_fax(self, owner: str) -> TakenFax | None:
        """Have the caller's fax machine send what it has. None: there is no room for it, which people are told.

        owner: to whose fax the call was led; or empty.
        """
        self.redirecting.bound = True  # A fax that is broken off is lost.
        known, line = self.caller_id or CallerId(), self.caller.line
        number = line.facts.number if isinstance(line, TrunkLine) else ""
        sheet = FaxSheet(
            self.services.clock.now(),
            number=known.number,
            name=known.name,
            called=line.called if isinstance(line, TrunkLine) else "",
            line=line.name,
            call=self.record.id,
        )
        services = self.services
        taking = FaxTaking(services.faxes, services.receive_fax, services.faults, self.office)
        return await taking.take(self.caller, sheet, owner, self.office.fax.number or number)

    # Recording

    async def record_message(self, mailbox: str, longest_seconds: float) -> TakenMessage | None:
        """Record a message for a mailbox, after a beep. None when the disk has no room to begin one."""
        self.redirecting.bound = True  # What is said from now on is kept.
        known = self.caller_id or CallerId()
        envelope = Envelope(known.shown, known.name, self.services.clock.now())
        recording = await self._record(self.mail.begin(mailbox, envelope), longest_seconds)
        if recording is None:
            return None
        if recording.ended_by is EndedBy.DISK_FULL:
            self.services.faults.report(CUT_SHORT)
        return TakenMessage(self.mail, recording, envelope)

    async def record_more(self, message: TakenMessage) -> None:
        """Go on recording behind the end of a message, after a beep."""
        more = await self.caller.record(message.path, message.seconds_left)
        if more.ended_by is EndedBy.DISK_FULL:
            self.services.faults.report(CUT_SHORT)
        message.add(more)

    async def record_own(
        self, mailbox: str, longest_seconds: float, *, trim: bool = False, pause_seconds: float | None = None
    ) -> Recording | None:
        """Record a mailbox's owner, or a caller's name, not yet for use. None when the disk has no room to begin.

        trim: cut off the silence before and behind what is said. pause_seconds: it is over so long behind a word.
        """
        recording = await self._record(self.mail.begin_own(mailbox), longest_seconds, pause_seconds)
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

    def _clear(self) -> None:
        """The caller's flow was broken off, and another one begins: nobody else takes part."""
        self.leave_alone()
        self.departments.clear()
        self.returns_to = None

    async def _record(
        self, begin: Awaitable[Path], longest_seconds: float, pause_seconds: float | None = None
    ) -> Recording | None:
        try:
            path = await begin
        except StoreFull as full:
            self.services.faults.report(told_by(full))
            return None
        try:
            return await self.caller.record(path, longest_seconds, pause_seconds)
        except (CallEnded, FaxCalling):
            await self.mail.discard(path)
            raise
        except asyncio.CancelledError as cancelled:
            if REDIRECTED in cancelled.args:
                await self.mail.discard(path)
            raise

    async def _speak(self, said: Sequence[Sayable], language: LanguageCode) -> list[Samples]:
        return await self.services.announcer.clips(said, self.local_now(), language)

    def _line_languages(self) -> tuple[LanguageCode | None, ...]:
        line = self.caller.line
        owner = self.owner
        of_line = line.facts.language if isinstance(line, TrunkLine) else owner.language if owner is not None else None
        return (of_line, self.company.language)

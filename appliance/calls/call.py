"""What a flow holds: the caller, and everything that can be done with one.

Every operation raises CallEnded when the caller has left, except `bridge`, and recording once it has begun: they
return then.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path

from appliance.calls.conversation import Conversation, Taken, Transfer
from appliance.calls.house import House
from appliance.calls.leg import Leg
from appliance.calls.message import Draft
from appliance.calls.outcome import CallEnded, Cause, Outcome
from appliance.calls.outgoing import call_elsewhere, dial_out
from appliance.calls.recording import EndedBy, Recording, record
from appliance.calls.ringing import Forwarded, Unreached, ring_first
from appliance.calls.station import StationLine
from appliance.calls.trunk import TrunkLine
from appliance.media.tone import ToneSource
from appliance.office.destination import Destination, ToElsewhere
from appliance.office.model import Ending, Part, Person
from appliance.office.numbering import Plan
from appliance.office.phrase import Sayable
from appliance.store.messages import Envelope, StoreFull
from hw.callerid.coding import CallerId
from hw.tones.toneplan import Tone

SETTLE_SECONDS = 0.4
"""An exchange takes this long to connect both ways after an answer; what is said earlier is cut off."""
MENU_SILENCE_SECONDS = 60
BRIDGE_SILENCE_SECONDS = 300
"""Of both parties, where the line tells a hang-up by nothing but silence (facts §5.6: 60–300 s)."""
LONGEST_GREETING_SECONDS = 60.0
EVERYBODY_SECONDS = 20.0
WRONG_DIGITS_PAUSE_SECONDS = 0.8


Route = Callable[["Call", Destination], Awaitable[Outcome]]
"""Follows a destination: `appliance.flows.route.go`, which imports all flows, as this module may not."""


class Call:
    """One call, as its flow sees it. The office, with the names of its stations, is that of the call's beginning,
    whatever is loaded meanwhile.

    line: the trunk or station the caller is on. unsure: nobody rang; there may be nobody on the line (glare).
    For the call record: outgoing is set once a trunk is wanted, called is what was dialled, reached the id of the
    person who took the call or the message, answered_at when the caller was first connected to anything (UTC), cause
    how a conversation ended. rung: the ids of the people who were rung in it.
    """

    def __init__(
        self,
        house: House,
        caller: Leg,
        caller_id: CallerId | None,
        line: TrunkLine | StationLine,
        route: Route,
        *,
        unsure: bool = False,
    ) -> None:
        self.house = house
        self.office = house.office
        self.caller = caller
        self.caller_id = caller_id
        self.line = line
        self.unsure = unsure
        self._route = route
        self.called = ""
        self.outgoing = False
        self.reached = ""
        self.rung: set[str] = set()
        self.answered_at: datetime | None = None
        self.cause: Cause | None = None
        self._parties: list[Leg] = []
        self._stations = house.stations

    @property
    def owner(self) -> Person | None:
        """Whose telephone the caller's is, where it is one of ours."""
        return self.office.at_station(self.line.name) if isinstance(self.line, StationLine) else None

    @property
    def from_outside(self) -> bool:
        """It came in from the public network, not from another of our offices or from a telephone of ours."""
        return isinstance(self.line, TrunkLine) and self.line.facts.outside

    async def follow(self, destination: Destination) -> Outcome:
        """Take the call there, whatever it is, and return what became of it."""
        return await self._route(self, destination)

    def part_of_day(self) -> Part:
        return self.office.part_of_day(self.house.clock.now())

    async def answer(self) -> None:
        """Answer the caller, if that was not done yet, and let the line settle before anything is said."""
        if isinstance(self.line, TrunkLine) and self.answered_at is None:
            self.line.answer()
            self._connected()
            await self.caller.until(seconds=0 if self.line.digital else SETTLE_SECONDS)
        self._connected()

    async def play(self, *said: Sayable, until_digit: bool = False) -> None:
        """Say something to the caller: to its end, or until the first digit is pressed."""
        await self.caller.listen_to(await self.house.clips(said), until_digit=until_digit)

    async def play_tone(self, tone: Tone, seconds: float) -> None:
        """Let the caller hear a tone for a while."""
        source = ToneSource(tone)
        self.caller.hear(source)
        try:
            await self.caller.until(source.done, seconds=seconds)
        finally:
            self.caller.stop(source)

    async def read_digits(self, plan: Plan, *said: Sayable, first: float) -> str:
        """What the caller dials: said is heard until the first digit; "" when none comes.

        first: seconds to wait for the first digit once all is said. plan: how long to wait for each further one.
        """
        digits = await self._first_digit(*said, first=first)
        return await self._read_on(plan, digits) if digits else ""

    async def dial(self, plan: Plan, tone: Tone, *, first: float, again_after: str, again: Tone) -> str:
        """What a lifted station dials under dial tone. Once it has dialled again_after, it hears the other tone.

        A telephone that had dialled before it was lifted hears none."""
        if self.caller.dialled:
            digits, self.caller.dialled = self.caller.dialled, ""
            return digits
        self.caller.hear(ToneSource(tone))
        digits = await self.caller.digit(first) or ""
        self.caller.hear(None)
        if digits == again_after:
            self.caller.hear(ToneSource(again))
            digits += await self.caller.digit(first) or ""
            self.caller.hear(None)
        return await self._read_on(plan, digits) if digits else ""

    async def read_number(self, *said: Sayable, longest: int, first: float = 8.0, between: float = 4.0) -> str:
        """A number of the caller's own length, such as a PIN: ended by #, a pause, or the longest length; or just *."""

        def plan(digits: str) -> float | None:
            return None if digits == "*" or digits.endswith("#") or len(digits) >= longest else between

        return (await self.read_digits(plan, *said, first=first)).removesuffix("#")

    async def read_key(self, *said: Sayable, first: float = 5.0) -> str:
        """One key, or "" when none is pressed. # is a key like any other, also behind another one."""
        return await self._first_digit(*said, first=first)

    async def let_finish_dialling(self) -> None:
        """Wait until the caller has finished a wrong number, and forget it."""
        while await self.caller.digit(WRONG_DIGITS_PAUSE_SECONDS) is not None:
            pass

    async def ring(self, person: Person) -> Leg | Unreached | Forwarded:
        """Ring the person's station while the caller hears ringback. The leg of whoever answered, or why nobody did."""
        self.rung.add(person.id)
        station = self._stations.get(person.station) if person.station else None
        return await self._ring([station] if station else [], person.ring_seconds)

    async def ring_everybody(self) -> Leg | Unreached | Forwarded:
        """The same for all telephones at once."""
        return await self._ring(list(self._stations.values()), EVERYBODY_SECONDS)

    async def bridge(self, other: Leg) -> Transfer | None:
        """Let the caller and another party talk until one of them leaves; then both are done with each other.

        Or until one of them wants the other transferred: then how. Both are still there, and whoever asked waits to
        be told by `remains`, `take` or the transfer's `reply`.
        """
        self._connected()
        by_silence = any(
            trunk.leg in (self.caller, other) and Ending.SILENCE in trunk.facts.endings and not trunk.emergency
            for trunk in self.house.trunks
        )
        silence = BRIDGE_SILENCE_SECONDS if by_silence else None
        talk = Conversation(self.caller, other, self.house.plan, self.house.music, silence)
        self.house.talks |= {self.caller.name: talk, other.name: talk}
        try:
            turn = await talk.run()
        finally:
            for leg in (self.caller, other):
                if self.house.talks.get(leg.name) is talk:
                    del self.house.talks[leg.name]
        match turn:
            case Transfer():
                return turn
            case Taken(party):
                self._parties.remove(party)
                self.cause = Cause.TRANSFERRED
            case first:
                self.cause = first.gone.result()
                other.release()
        return None

    def remains(self, transfer: Transfer) -> None:
        """Make a transfer: who asked for it is done with this call, and who remains is its caller from now on."""
        transfer.reply(True)
        if self.caller is transfer.initiator:
            self._parties.remove(transfer.remaining)
            self.caller = transfer.remaining
            lines: list[TrunkLine | StationLine] = [*self.house.trunks, *self.house.station_lines]
            # Who has left in this very moment has no line any more; the next operation says so.
            self.line = next((line for line in lines if line.leg is self.caller), self.line)
            self.caller_id = self._known_at(self.line)
        else:
            self._parties.remove(transfer.initiator)
        transfer.initiator.release()

    def take(self, transfer: Transfer) -> Leg | None:
        """Make an attended transfer: take over whom the initiator talks to in its other call.

        None where that cannot be: there is no such call, or it is one that has to take over this one's party; then who
        asked is told, or will be, and both parties go on as before.
        """
        talk = self.house.talks.get(transfer.to)
        if talk is None:
            transfer.reply(False)
            return None
        there = talk.a if talk.a.name == transfer.to else talk.b
        if there is talk.a:
            party = talk.other(there)
            if not talk.take(party):
                transfer.reply(False)
                return None
            self._parties.append(party)
            self.remains(transfer)
            return party
        if self.caller is transfer.initiator:
            talk.transfer(Transfer(there, talk.other(there), "", self.caller.name, transfer.reply))
        else:
            transfer.reply(False)
        return None

    async def record_message(self, mailbox: str) -> Draft | None:
        """Record a message for a mailbox, after a beep. None when the disk has no room to begin one."""
        known = self.caller_id or CallerId()
        envelope = Envelope(known.shown, known.name, self.house.clock.now())
        try:
            path = await self.house.mail.begin(mailbox, envelope)
        except StoreFull as full:
            self.house.report(str(full))
            return None
        recording = await self._record(path, self.office.longest_message_seconds)
        if recording.ended_by is EndedBy.DISK_FULL:
            self.house.report("the disk is full: a message had to be cut short")
        return Draft(self.house.mail, recording, envelope)

    async def record_greeting(self, mailbox: str) -> Recording | None:
        """Record a greeting for a mailbox, not yet in use. None when the disk has no room to begin one."""
        try:
            path = await self.house.mail.begin_greeting(mailbox)
        except StoreFull as full:
            self.house.report(str(full))
            return None
        return await self._record(path, LONGEST_GREETING_SECONDS)

    async def dial_out(self, number: str, *, emergency: bool) -> Leg | None:
        """Dial a number on a trunk; see `outgoing.dial_out`."""
        self.outgoing = True
        trunks = [trunk for trunk in self.house.trunks if trunk.facts.outside]
        leg = await dial_out(trunks, number, self.caller, emergency=emergency, report=self.house.report)
        if leg is not None:
            self._parties.append(leg)
        return leg

    async def call_elsewhere(self, elsewhere: ToElsewhere) -> Leg | Cause | None:
        """Call an extension of another of our offices, on a free line to the server that joins them.

        The caller's own line is taken where that is free. Why it can not be reached; None where no line is free.
        """
        own = self.caller_id.number if self.caller_id else ""
        lines = [trunk for trunk in self.house.trunks if trunk.port in elsewhere.ports]
        lines.sort(key=lambda trunk: self.office.user_of(trunk.port) == own)
        reached = await call_elsewhere(lines, elsewhere.number, self.caller, self.caller_id)
        if isinstance(reached, Leg):
            self._parties.append(reached)
        return reached

    def park(self) -> None:
        """Play nothing more to a station that was left off hook."""
        if isinstance(self.line, StationLine):
            self.line.park()

    def hang_up(self) -> None:
        """Be done with everybody in this call."""
        for party in (*self._parties, self.caller):
            party.release()

    async def _first_digit(self, *said: Sayable, first: float) -> str:
        await self.play(*said, until_digit=True)
        digit = await self.caller.digit(first) or ""
        if not digit:
            self._check_silence()
        return digit

    async def _read_on(self, plan: Plan, digits: str) -> str:
        while (seconds := plan(digits)) is not None:
            digit = await self.caller.digit(seconds)
            if digit is None:
                break
            digits += digit
        if not digits.endswith("#"):
            self.caller.number_read()
        return digits

    async def _ring(self, stations: Sequence[StationLine], seconds: float) -> Leg | Unreached | Forwarded:
        ringback = ToneSource(self.house.plan.ringback)
        self.caller.hear(ringback)
        try:
            reached = await ring_first(stations, self.caller, self.caller_id, seconds)
        finally:
            self.caller.stop(ringback)
        if isinstance(reached, Leg):
            self._parties.append(reached)
        return reached

    async def _record(self, path: Path, longest_seconds: float) -> Recording:
        recording = Recording(path, longest_seconds)
        try:
            await record(self.caller, recording)
        except CallEnded:
            await self.house.mail.discard(path)
            raise
        return recording

    def _connected(self) -> None:
        if self.answered_at is None:
            self.answered_at = self.house.clock.now()

    def _known_at(self, line: TrunkLine | StationLine) -> CallerId | None:
        """Whom a telephone shows that is rung for the party on this line, which did not call itself."""
        if isinstance(line, TrunkLine):
            return line.caller_id or CallerId(self.called)
        owner = self.office.at_station(line.name)
        return CallerId(owner.extension, owner.name) if owner else None

    def _check_silence(self) -> None:
        by_silence = isinstance(self.line, TrunkLine) and Ending.SILENCE in self.line.facts.endings
        if by_silence and self.caller.silent_seconds >= MENU_SILENCE_SECONDS:
            self.caller.left(Cause.SILENCE)

"""What a flow holds: the caller, and everything that can be done with one.

Every operation raises CallEnded when the caller has left, except `record` and `bridge`, which then return.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from appliance.calls.house import House
from appliance.calls.leg import Leg
from appliance.calls.message import Draft
from appliance.calls.outcome import CallEnded, Cause
from appliance.calls.recording import EndedBy, Recording, record
from appliance.calls.ringing import Unreached, first_to_leave, ring_first
from appliance.calls.trunk import NoDialTone, TrunkLine
from appliance.media.bridge import bridge, unbridge
from appliance.media.tone import ToneSource
from appliance.office.model import Ending, Office, Part, Person
from appliance.office.numbering import Plan
from appliance.office.phrase import Sayable
from appliance.store.messages import Envelope, StoreFull
from hw.callerid import CallerId
from hw.linecard import LineError
from hw.toneplan import Tone

SETTLE_SECONDS = 0.4
"""An exchange takes this long to connect both ways after an answer; what is said earlier is cut off."""
MENU_SILENCE_SECONDS = 60
BRIDGE_SILENCE_SECONDS = 300
LONGEST_GREETING_SECONDS = 60.0
WRONG_DIGITS_PAUSE_SECONDS = 0.8


class Call:
    """One call, as its flow sees it.

    reached: the id of the person who took it, for the call record. connected_at: when the two could talk (UTC).
    """

    def __init__(self, house: House, caller: Leg, caller_id: CallerId | None, line: str, answer: Callable[[], None]):
        self.house = house
        self.caller = caller
        self.caller_id = caller_id
        self.line = line
        self.reached: str | None = None
        self.answered_at: datetime | None = None
        self.called = ""
        self._answer = answer
        self._parties: list[Leg] = []

    @property
    def office(self) -> Office:
        return self.house.office

    def part_of_day(self) -> Part:
        return self.office.part_of_day(self.house.clock.now())

    async def answer(self) -> None:
        """Answer the caller, if that was not done yet, and let the line settle before anything is said."""
        if self.answered_at is None:
            self._answer()
            self.answered_at = self.house.clock.now()
            await self.caller.until(seconds=SETTLE_SECONDS)

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

    async def read_digits(self, plan: Plan, *said: Sayable, first: float, tone: Tone | None = None) -> str:
        """What the caller dials: said (or a tone) is heard until the first digit; "" when none comes.

        first: seconds to wait for the first digit once all is said. plan: how long to wait for each further one.
        """
        if tone is not None:
            self.caller.hear(ToneSource(tone))
        else:
            await self.play(*said, until_digit=True)
        digits = await self.caller.digit(first) or ""
        self.caller.hear(None)
        if not digits:
            self._check_silence()
            return ""
        while (seconds := plan(digits)) is not None:
            digit = await self.caller.digit(seconds)
            if digit is None:
                break
            digits += digit
        return digits

    async def read_number(self, *said: Sayable, longest: int, first: float = 8.0, between: float = 4.0) -> str:
        """A number of the caller's own length, such as a PIN: ended by #, a pause, or the longest length."""

        def plan(digits: str) -> float | None:
            return None if digits.endswith("#") or len(digits) >= longest else between

        return (await self.read_digits(plan, *said, first=first)).removesuffix("#")

    async def read_key(self, *said: Sayable, first: float = 5.0) -> str:
        """One key, or "" when none is pressed."""
        return await self.read_digits(lambda _digits: None, *said, first=first)

    async def forget_digits(self) -> None:
        """Let the caller finish a wrong number, and forget it."""
        while await self.caller.digit(WRONG_DIGITS_PAUSE_SECONDS) is not None:
            pass

    async def ring(self, person: Person) -> Leg | Unreached:
        """Ring the person's station while the caller hears ringback. The leg of whoever answered, or why nobody did."""
        station = self.house.stations.get(person.station) if person.station else None
        ringback = ToneSource(self.house.plan.ringback)
        self.caller.hear(ringback)
        try:
            reached = await ring_first(
                [station] if station else [], self.caller, self.caller_id, seconds=person.ring_seconds
            )
        finally:
            self.caller.stop(ringback)
        if isinstance(reached, Leg):
            self._parties.append(reached)
        return reached

    async def bridge(self, other: Leg) -> None:
        """Let the caller and another party talk until one of them leaves; then both are done with each other."""
        bridge(self.caller.media, other.media)
        try:
            await first_to_leave(self.caller, other, BRIDGE_SILENCE_SECONDS)
        finally:
            unbridge(self.caller.media, other.media)
            other.release()

    async def record_message(self, mailbox: str) -> Draft | None:
        """Record a message for a mailbox, after a beep. None when the disk has no room to begin one."""
        known = self.caller_id or CallerId()
        envelope = Envelope(known.number, known.name, self.house.clock.now())
        try:
            path = await self.house.mail.begin(mailbox, envelope)
        except StoreFull as full:
            self.house.report(str(full))
            return None
        recording = Recording(path, self.office.longest_message_seconds)
        try:
            await record(self.caller, recording, self.house.plan)
        except CallEnded:
            await self.house.mail.discard(path)
            raise
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
        recording = Recording(path, LONGEST_GREETING_SECONDS)
        try:
            await record(self.caller, recording, self.house.plan)
        except CallEnded:
            await self.house.mail.discard(path)
            raise
        return recording

    async def dial_out(self, number: str, *, take_one: bool = False) -> Leg | None:
        """Dial a number on a free trunk, the last one first. None when no trunk is free or none gives dial tone.

        take_one: when none is free, end another call and take its trunk (emergency).
        """
        for trunk in reversed(self.house.trunks):
            if trunk.can_dial:
                leg = await self._dial_on(trunk, number)
                if leg is not None:
                    return leg
        if take_one:
            for trunk in reversed(self.house.trunks):
                if await trunk.take_away():
                    leg = await self._dial_on(trunk, number)
                    if leg is not None:
                        return leg
        return None

    async def _dial_on(self, trunk: TrunkLine, number: str) -> Leg | None:
        try:
            leg = await trunk.dial_out(number, self.caller)
        except (NoDialTone, LineError):
            return None
        except CallEnded:
            if self.caller.gone.done():
                raise
            return None
        self._parties.append(leg)
        return leg

    def hang_up(self) -> None:
        """Be done with everybody in this call."""
        for party in (*self._parties, self.caller):
            party.release()

    def _check_silence(self) -> None:
        trunk = next((trunk for trunk in self.house.trunks if trunk.leg is self.caller), None)
        if trunk and Ending.SILENCE in trunk.facts.endings and self.caller.silent_seconds >= MENU_SILENCE_SECONDS:
            self.caller.left(Cause.SILENCE)

    def park(self) -> None:
        """Play nothing more to a station that was left off hook."""
        for station in self.house.stations.values():
            if station.leg is self.caller:
                station.park()

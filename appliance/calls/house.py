"""What all calls share: the office, its lines, its voice, its mail and its clock."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from appliance.calls.conversation import Conversation
from appliance.calls.mail import MailRoom
from appliance.calls.pins import PinGuard
from appliance.calls.station import StationLine
from appliance.calls.trunk import TrunkLine
from appliance.clock import Clock, off_loop
from appliance.office.model import Office, Person
from appliance.office.phrase import Recorded, Sayable, phrase
from appliance.prompts.library import PromptLibrary, PromptMissing
from hw.audio import Samples
from hw.tones.toneplan import TonePlan

NOT_SPOKEN = "the voice has failed: callers do not hear all that they should"
MOST_FAULTS = 50


@dataclass(slots=True)
class House:
    """Built once by the unit. `faults` are sentences for people, newest last; `report` adds one.

    second_lines: of telephones that can have a second call, where that one is. talks: the conversations going on, by
    the names of their legs. music: what is heard on hold.
    """

    office: Office
    plan: TonePlan
    prompts: PromptLibrary
    mail: MailRoom
    pins: PinGuard
    clock: Clock
    trunks: Sequence[TrunkLine]
    stations: dict[str, StationLine]
    second_lines: Sequence[StationLine]
    music: Samples
    talks: dict[str, Conversation] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    on_change: Callable[[], None] = lambda: None

    @property
    def station_lines(self) -> list[StationLine]:
        """All places where a telephone's call can be."""
        return [*self.stations.values(), *self.second_lines]

    def report(self, fault: str) -> None:
        if fault not in self.faults:
            self.faults.append(fault)
            del self.faults[:-MOST_FAULTS]
            self.on_change()

    def withdraw(self, fault: str) -> None:
        """A fault is no more. Harmless when it was never reported."""
        if fault in self.faults:
            self.faults.remove(fault)
            self.on_change()

    def local_now(self) -> datetime:
        return self.office.local(self.clock.now())

    def new_messages_for(self, person: Person) -> int:
        """What a lamp or stutter dial tone tells a person of: the own mailbox, and for the operator the office's."""
        mailboxes = {person.id} | ({self.office.general_mailbox} if person.id == self.office.operator else set())
        return sum(self.mail.counts(mailbox).new for mailbox in mailboxes)

    async def clips(self, said: Sequence[Sayable]) -> list[Samples]:
        """The audio of what is to be said. Only people's recordings need the disk, so only they leave the loop."""
        now = self.local_now()
        if not any(isinstance(part, Recorded) for part in said):
            return self._spoken(said, now)
        try:
            return await off_loop(self.prompts.clips, said, now)
        except PromptMissing as missing:
            self.report(f"a recording cannot be played: {missing.args[0]}")
            readable = [phrase("message-unreadable") if isinstance(part, Recorded) else part for part in said]
            return self._spoken(readable, now)

    def _spoken(self, said: Sequence[Sayable], now: datetime) -> list[Samples]:
        """What of these can be said: where the voice has failed, a call goes on without its words."""
        clips: list[Samples] = []
        for part in said:
            try:
                clips += self.prompts.clips([part], now)
            except PromptMissing:
                self.report(NOT_SPOKEN)
        return clips

    async def playable(self, recording: Recorded) -> bool:
        """Whether a recording can be played; reported where not."""
        try:
            await off_loop(self.prompts.clips, [recording], self.local_now())
        except PromptMissing as missing:
            self.report(f"a recording cannot be played: {missing.args[0]}")
            return False
        return True

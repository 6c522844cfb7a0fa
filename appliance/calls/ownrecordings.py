"""The greetings and names of all mailboxes, as commands set and remove them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from appliance.calls.greetingchoice import ends_behind, temporary_switch
from appliance.calls.mail import MailRoom, OwnRecording
from appliance.calls.switches import Switches
from appliance.clock import off_loop
from appliance.office.availability import ON
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Office, Person
from appliance.wav.measuring import WavError, measure


class OwnKind(Enum):
    """One of the recordings of a mailbox, by its word for people."""

    REGULAR = "regular"
    UNAVAILABLE = "unavailable"
    BUSY = "busy"
    CLOSED = "closed"
    TEMPORARY = "temporary"
    NAME = "name"

    @property
    def what(self) -> OwnRecording:
        """The recording in the store."""
        return OwnRecording.GREETING if self is OwnKind.REGULAR else OwnRecording[self.name]

    def concerns(self, owner: MailboxOwner) -> bool:
        """Whether such a recording is ever heard: a department is neither disturbed nor on the phone, nor spelled."""
        return isinstance(owner, Person) or self in (OwnKind.REGULAR, OwnKind.CLOSED, OwnKind.TEMPORARY)


@dataclass(frozen=True, slots=True)
class OwnClip:
    """A recording that is there. seconds: None where it is broken. until: when it ends by itself, in UTC."""

    kind: OwnKind
    seconds: float | None
    until: datetime | None = None


class OwnRecordings:
    """Of the mailboxes in a mail room. Errors of the disk come out of the methods that write."""

    def __init__(self, mail: MailRoom, switches: Switches) -> None:
        self._mail = mail
        self._switches = switches

    async def of(self, owner: MailboxOwner) -> list[OwnClip]:
        """What is recorded for a mailbox. A temporary greeting whose time is over is not heard, and not listed."""
        found = []
        for kind in OwnKind:
            path = await self._mail.own(owner.id, kind.what)
            until = self._switches.until(temporary_switch(owner.id)) if kind is OwnKind.TEMPORARY else None
            if path is not None and (until is not None or kind is not OwnKind.TEMPORARY):
                found.append(OwnClip(kind, await off_loop(_seconds, path), until))
        return found

    async def set(
        self, owner: MailboxOwner, kind: OwnKind, sound: bytes, office: Office, last_day: date | None = None
    ) -> None:
        """Let callers hear this WAV file. When it returns, that survives a power cut.

        last_day: the last one, on the office's clock, on which a temporary greeting is heard.
        """
        path = await self._mail.begin_own(owner.id)
        try:
            await off_loop(path.write_bytes, sound)
            await self._mail.commit_own(path, kind.what)
        except OSError:
            await self._mail.discard(path)
            raise
        if last_day is not None:
            await self._switches.flip(temporary_switch(owner.id), ON, ends_behind(last_day, office.time_zone))

    async def remove(self, owner: MailboxOwner, kind: OwnKind) -> None:
        """Let callers hear the standard greeting, or the name as the voice says it."""
        await self._mail.remove_own(owner.id, kind.what)
        if kind is OwnKind.TEMPORARY:
            await self._switches.flip(temporary_switch(owner.id), "")


def _seconds(path: Path) -> float | None:
    try:
        return round(measure(path).seconds, 1)
    except (OSError, WavError):
        return None

"""One message of a mailbox, as it is found on the disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from appliance.store.boxes import Gone
from appliance.store.envelope import Envelope, from_bytes
from appliance.store.layout import AUDIO, DELETED, ENVELOPE, MESSAGE, NEW
from appliance.wav.measuring import measure


class MessageGone(Gone):
    """A message is no longer there."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a mailbox."""

    id: str
    """Its number within the mailbox, with its marks; numbers rise in the order of arrival."""
    mailbox: str
    """The id of the person or department whose mailbox it is in."""
    caller_number: str
    """Who left it; empty: not known."""
    caller_name: str
    """The name; empty: not known."""
    received: datetime
    """When it began, in UTC."""
    seconds: float
    """Its length."""
    path: Path
    """The file with its sound."""
    new: bool
    """It has not been heard yet."""
    note: str = ""
    """A remark of the store's, such as that it was cut off."""
    deleted: bool = False
    """It was deleted, and can still be brought back."""
    urgent: bool = False
    """The caller marked it as urgent."""
    private: bool = False
    """The caller marked it as private: it is not forwarded."""
    until: datetime | None = None
    """From then on (UTC) it is deleted, heard or not."""
    forwarded_by: str = ""
    """The id of whoever forwarded it; empty: nobody did."""
    words: str = ""
    """What was written with it; or the message itself."""
    written: bool = False
    """It was written: its sound only says so."""
    heard_by: str = ""
    """The id of whoever heard it first in a mailbox of several people; empty: not heard, or not known."""
    heard_at: datetime | None = None
    """When it was heard (UTC); None: it was not, or that is not known."""
    deleted_by: str = ""
    """The id of whoever deleted it in a mailbox of several people; empty: not known."""
    deleted_at: datetime | None = None
    """When it was deleted (UTC); None: it was not, or the disk had no room to note it."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages a mailbox holds."""

    new: int
    saved: int
    urgent: int = 0
    """How many of the new ones are urgent."""


@dataclass(frozen=True, slots=True)
class MessageIds:
    """The messages of a mailbox by their ids, in the order in which they are heard: urgent ones first, each oldest
    first."""

    new: Sequence[str]
    saved: Sequence[str]
    deleted: Sequence[str]


def named(number: str, envelope: Envelope) -> str:
    """The name of a message's folder. number: the name it has had so far."""
    match = MESSAGE.fullmatch(number)
    bare = match[1] if match else number
    return bare + ("u" if envelope.urgent else "") + ("e" if envelope.until else "")


def message_in(folder: Path, envelope: Envelope | None = None) -> Message:
    """The message in a folder. If the envelope is a draft, the length is taken from the sound.

    Raises OSError and ValueError where it cannot be read.
    """
    envelope = envelope or from_bytes((folder / ENVELOPE).read_bytes())
    deleted = folder.parent.name == DELETED
    return Message(
        id=folder.name,
        mailbox=folder.parent.parent.name,
        caller_number=envelope.caller_number,
        caller_name=envelope.caller_name,
        received=envelope.received,
        seconds=envelope.seconds or round(measure(folder / AUDIO).seconds, 2),
        path=folder / AUDIO,
        new=folder.parent.name == NEW,
        note=envelope.note,
        deleted=deleted,
        urgent=envelope.urgent,
        private=envelope.private,
        until=envelope.until,
        forwarded_by=envelope.forwarded_by,
        words=envelope.words,
        written=envelope.written,
        heard_by=envelope.heard_by,
        heard_at=envelope.heard_at,
        deleted_by=envelope.deleted_by if deleted else "",
        deleted_at=envelope.deleted_at if deleted else None,
    )

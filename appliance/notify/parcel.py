"""What is to be sent to one address, and who carries it there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, Protocol

By = Literal["mail", "post"]


@dataclass(frozen=True, slots=True)
class Parcel:
    """Something to be sent, as it stands in the queue."""

    id: str
    """Its name in the queue; the same event for the same address always has the same one."""
    by: By
    """How it is sent."""
    to: str
    """The address."""
    kind: str
    """What it is about: a value of `LetterKind`."""
    person: str
    """The id of whoever gets it; empty for a program."""
    facts: Mapping[str, str]
    """What is told of it."""
    queued: datetime
    """When it was put into the queue (UTC)."""
    due: datetime
    """When it is tried next (UTC)."""
    attempts: int = 0
    """How often its receiver has refused it."""
    why: str = ""
    """Why it was not sent the last time, for people."""
    given_up: bool = False
    """It is not tried any more, until somebody says so."""


@dataclass(frozen=True, slots=True)
class Job:
    """One parcel ready to be sent. Everything in it can be written as JSON."""

    by: By
    """How it is sent."""
    to: str
    """The address."""
    id: str
    """The parcel's."""
    server: Mapping[str, Any]
    """What the carrier must know to send it: the fields of `MailServer` or `PostAddress`."""
    subject: str = ""
    """Of a mail."""
    text: str = ""
    """Of a mail; or the body of a post."""
    sound: str = ""
    """The file to be attached, with a sound or with pages; or empty."""
    sound_as: str = "none"
    """A word of `AttachedSound`, or `pdf`: as it is."""
    sound_words: Mapping[str, str] = field(default_factory=dict)
    """What is put in the place of `SOUND_MARK`: `attached`, `too-large` or `not-attached`."""
    at: int = 0
    """The time of sending, in seconds since 1970; 0: not known, and a mail has none. Its server puts one in."""


SOUND_MARK = "[[sound]]"


class SendFailed(Exception):
    """It was not sent. why: in plain words. server: nothing else can be sent by this way either, for now."""

    def __init__(self, why: str, *, server: bool) -> None:
        super().__init__(why)
        self.why = why
        self.server = server


class Carrier(Protocol):
    """Carries parcels to where they go."""

    async def carry(self, job: Job) -> None:
        """Return once the receiver has it for sure. Raises SendFailed."""

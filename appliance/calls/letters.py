"""What people are told in writing, and who sends it: calls put letters into the outbox and never wait for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum
from pathlib import Path
from typing import Protocol


class LetterKind(Enum):
    """What a letter is about. Its text stands in the languages' letters, under this name."""

    MESSAGE = "message"
    WRITTEN = "written"
    NEW_FAX = "new-fax"
    LOST_CALLER = "lost-caller"
    EMERGENCY = "emergency"
    FIRST_ABROAD = "first-abroad"
    LIMIT_REACHED = "limit-reached"
    FAULT = "fault"
    PASSWORD_RESET = "password-reset"
    FAX_SENT = "fax-sent"
    FAX_NOT_SENT = "fax-not-sent"


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter to one person."""

    kind: LetterKind
    """What it is about."""
    person: str
    """The id of whoever gets it; whether and where is that person's setting. Empty: nobody in particular."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """What the blanks of its text are filled with."""
    attached: Path | None = None
    """A recording that goes with it, or a PDF file."""
    waits: timedelta = timedelta(0)
    """How long a mail waits for what is not known yet; see `PostOffice.complete`. Programs are told at once."""
    address: str = ""
    """The mail address that gets it, where that is nobody's in particular."""


class Outbox(Protocol):
    """Sends letters: it returns at once, and keeps them on disk until they are sent."""

    def put(self, letter: Letter) -> None: ...


class NoOutbox:
    """Sends nothing, as in an office without mail."""

    def put(self, letter: Letter) -> None:
        """Leave it unsent."""

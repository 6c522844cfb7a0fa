"""A fax that is to be sent to one number, as it stands in the queue, and later among those that are over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from appliance.fax.job import FaxCause


class FaxState(Enum):
    """How a fax stands."""

    WAITING = "waiting"
    """It is tried when it is due and a line is free for it."""
    SENDING = "sending"
    DELIVERED = "delivered"
    """The far end has confirmed every page, and the procedure came to its end."""
    UNSURE = "unsure"
    """The far end has confirmed every page, but the call broke before the procedure came to its end."""
    FAILED = "failed"
    """It was given up."""
    CANCELLED = "cancelled"

    @property
    def over(self) -> bool:
        return self not in (FaxState.WAITING, FaxState.SENDING)


class HandedInBy(Enum):
    """How a fax has come into the queue."""

    COMMAND = "command"
    FOLDER = "folder"
    MAIL = "mail"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class FaxTry:
    """One call for a fax."""

    began: datetime
    """When it was begun (UTC)."""
    ended: datetime | None = None
    """When it was over (UTC); None: it goes on, or the power went."""
    cause: FaxCause | None = None
    """How it ended."""
    pages: int = 0
    """Confirmed in it."""
    far_identity: str = ""
    """What the far end calls itself."""
    bit_rate: int = 0
    """bit/s, at the end."""
    ecm: bool = False
    """Errors were corrected."""
    call: str = ""
    """The id of its record in the call log; empty where no line was dialled on."""
    detail: str = ""
    """See `FaxResult.detail`."""
    counts: bool = True
    """It was a try that uses up one of those that its cause has; not where an emergency call took the line."""


@dataclass(frozen=True, slots=True)
class QueuedFax:
    """A fax. Nothing of what its pages show is in it."""

    id: str
    """Its name in the queue."""
    number: str
    """As it is dialled on a line."""
    person: str
    """The id of whoever sends it; empty: the office."""
    title: str
    """What was sent, such as the name of a file."""
    pages: int
    """How many it has, the cover included."""
    queued: datetime
    """When it came into the queue (UTC)."""
    due: datetime
    """Not tried before this (UTC)."""
    way: HandedInBy = HandedInBy.COMMAND
    """How it came."""
    not_before: datetime | None = None
    """Whoever sends it wants it to go no sooner (UTC)."""
    to: str = ""
    """The name of whoever it is for, as the cover has it."""
    fax_list: str = ""
    """The list to which it goes; empty: to one number."""
    source: str = ""
    """What it was made of, where that must not be taken twice: a file of the watched folder, a mail."""
    state: FaxState = FaxState.WAITING
    """How it stands."""
    confirmed: int = 0
    """Pages that the far end has confirmed, in all tries: these are not sent again."""
    most_bit_rate: int = 14400
    """bit/s, in the next try."""
    tries: tuple[FaxTry, ...] = ()
    """All calls so far, the oldest first."""
    over: datetime | None = None
    """When it was delivered or given up (UTC)."""

    @property
    def last(self) -> FaxTry | None:
        """The call that goes on, or was made last."""
        return self.tries[-1] if self.tries else None

    def with_last(self, last: FaxTry) -> QueuedFax:
        """With this in place of the last try."""
        return replace(self, tries=(*self.tries[:-1], last))

"""What is remembered of one visit to a mailbox."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from appliance.calls.call import Call
from appliance.calls.playback import AS_RECORDED
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Person


class Then(Enum):
    """What comes after a message."""

    NEXT = "next"
    BEFORE = "before"
    MENU = "menu"


@dataclass(slots=True)
class Visit:
    """Somebody in a mailbox, from the PIN to the end of the call."""

    owner: MailboxOwner
    """Whose mailbox it is."""
    by: str
    """The id of whoever visits a mailbox of several people, where the telephone tells; else empty."""
    heard: bool = False
    """Any message was heard."""
    deleted: list[str] = field(default_factory=list)
    """The ids of the messages that were deleted, and not brought back."""
    lost_callers: int = 0
    """How many callers without a message the owner has been told of, and has not heard of yet."""
    pace: float = AS_RECORDED
    """How fast messages are heard, as it was chosen last."""


def visit_of(call: Call, owner: MailboxOwner) -> Visit:
    """A visit that begins now."""
    by = call.owner
    return Visit(owner, by.id if by is not None and not isinstance(owner, Person) else "")

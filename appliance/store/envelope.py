"""What is known about a message besides its sound, and its form on disk."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is known of a message besides its sound."""

    caller_number: str
    """Who left it; empty: not known."""
    caller_name: str
    """The name; empty: not known."""
    received: datetime
    """When it began (UTC)."""
    seconds: float = 0.0
    """Its length."""
    note: str = ""
    """A remark of the store's."""
    urgent: bool = False
    """The caller marked it as urgent."""
    private: bool = False
    """The caller marked it as private: it is neither forwarded nor mailed with its sound."""
    until: datetime | None = None
    """From then on (UTC) it is deleted, heard or not; None: it is kept until somebody deletes it."""
    forwarded_by: str = ""
    """The id of whoever forwarded it from another mailbox; empty: nobody did."""
    words: str = ""
    """What was written with it, by whoever forwarded it; or the message itself, where it was written."""
    written: bool = False
    """Nobody has spoken it: its sound only says that it is to be read."""
    heard_by: str = ""
    """The id of whoever heard it first in a mailbox of several people; empty: not heard, or not known."""
    heard_at: datetime | None = None
    """When it was heard (UTC); None: it was not, or that is not known."""
    deleted_by: str = ""
    """The id of whoever deleted it in a mailbox of several people; empty: not known."""
    deleted_at: datetime | None = None
    """When it was deleted last (UTC). It says nothing of a message that is not among the deleted ones."""

    def __post_init__(self) -> None:
        moments = (self.received, self.until, self.heard_at, self.deleted_at)
        if any(moment is not None and moment.tzinfo is None for moment in moments):
            raise ValueError("every time in an envelope needs its time zone")


_NAMES = ("forwarded_by", "words", "heard_by", "deleted_by")
_MOMENTS = ("until", "heard_at", "deleted_at")
"""Fields that are written only where they say something."""


def to_bytes(envelope: Envelope) -> bytes:
    fields = {
        "caller_number": envelope.caller_number,
        "caller_name": envelope.caller_name,
        "received": envelope.received.astimezone(UTC).isoformat(),
        "seconds": envelope.seconds,
        "note": envelope.note,
        "urgent": envelope.urgent,
        "private": envelope.private,
    }
    fields |= {name: value for name in (*_NAMES, "written") if (value := getattr(envelope, name))}
    fields |= {name: value.astimezone(UTC).isoformat() for name in _MOMENTS if (value := getattr(envelope, name))}
    return json.dumps(fields, indent=1).encode("ascii")


def from_bytes(content: bytes) -> Envelope:
    """The envelope in a file. Raises ValueError where the file is empty, cut off or of another form."""
    fields = json.loads(content)
    if not isinstance(fields, dict):
        raise ValueError("an envelope is a JSON object")
    texts = [fields.get(name) for name in ("caller_number", "caller_name", "received", "note")]
    texts += [fields.get(name, "") for name in (*_NAMES, *_MOMENTS)]
    seconds = fields.get("seconds")
    if not all(isinstance(text, str) for text in texts) or isinstance(seconds, bool):
        raise ValueError("an envelope's fields are texts and a number of seconds")
    if not isinstance(seconds, (int, float)) or not isfinite(seconds):
        raise ValueError("an envelope's seconds are a finite number")
    return Envelope(
        fields["caller_number"],
        fields["caller_name"],
        moment_in(fields["received"]),
        float(seconds),
        fields["note"],
        urgent=fields.get("urgent") is True,
        private=fields.get("private") is True,
        until=moment_or_none(fields.get("until")),
        forwarded_by=fields.get("forwarded_by", ""),
        words=fields.get("words", ""),
        written=fields.get("written") is True,
        heard_by=fields.get("heard_by", ""),
        heard_at=moment_or_none(fields.get("heard_at")),
        deleted_by=fields.get("deleted_by", ""),
        deleted_at=moment_or_none(fields.get("deleted_at")),
    )


def moment_or_none(text: str | None) -> datetime | None:
    """The same of what may be missing."""
    return moment_in(text) if text is not None else None


def moment_in(text: str) -> datetime:
    """A moment as a file has it (ISO 8601), in UTC. Raises ValueError for one without its time zone."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("a time needs its time zone")
    return moment.astimezone(UTC)

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
    heard: datetime | None = None
    """When it was heard first (UTC); None: it has not been heard, or that is not known."""

    def __post_init__(self) -> None:
        if self.received.tzinfo is None:
            raise ValueError("the time a message was received needs its time zone")


def to_bytes(envelope: Envelope) -> bytes:
    fields = {
        "caller_number": envelope.caller_number,
        "caller_name": envelope.caller_name,
        "received": envelope.received.astimezone(UTC).isoformat(),
        "seconds": envelope.seconds,
        "note": envelope.note,
        "urgent": envelope.urgent,
        "private": envelope.private,
        **({} if envelope.heard is None else {"heard": envelope.heard.astimezone(UTC).isoformat()}),
    }
    return json.dumps(fields, indent=1).encode("ascii")


def from_bytes(content: bytes) -> Envelope:
    """The envelope in a file. Raises ValueError where the file is empty, cut off or of another form."""
    fields = json.loads(content)
    if not isinstance(fields, dict):
        raise ValueError("an envelope is a JSON object")
    texts = [fields.get(name) for name in ("caller_number", "caller_name", "received", "note")]
    seconds = fields.get("seconds")
    if not all(isinstance(text, str) for text in texts) or isinstance(seconds, bool):
        raise ValueError("an envelope's fields are texts and a number of seconds")
    if not isinstance(seconds, (int, float)) or not isfinite(seconds):
        raise ValueError("an envelope's seconds are a finite number")
    received = _moment(fields["received"])
    heard = fields.get("heard")
    return Envelope(
        fields["caller_number"],
        fields["caller_name"],
        received,
        float(seconds),
        fields["note"],
        urgent=fields.get("urgent") is True,
        private=fields.get("private") is True,
        heard=_moment(heard) if isinstance(heard, str) else None,
    )


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("an envelope's time needs its time zone")
    return moment.astimezone(UTC)

"""What is known about a message besides its sound, and its form on disk."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who left a message (empty: not known), when it began (UTC), its length in seconds, a remark of the store's."""

    caller_number: str
    caller_name: str
    received: datetime
    seconds: float = 0.0
    note: str = ""

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
    received = datetime.fromisoformat(fields["received"])
    if received.tzinfo is None:
        raise ValueError("an envelope's time needs its time zone")
    return Envelope(
        fields["caller_number"], fields["caller_name"], received.astimezone(UTC), float(seconds), fields["note"]
    )

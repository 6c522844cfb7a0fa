"""What was said in a message, as text, and its form on disk."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class MessageText:
    """A recording as a recogniser has written it down. text: empty where it knows no word of it. sure: from 0, a guess,
    to 1."""

    text: str
    sure: float


def text_to_bytes(text: MessageText) -> bytes:
    return json.dumps(asdict(text), ensure_ascii=False).encode()


def text_from_bytes(content: bytes) -> MessageText:
    """The text in a file. Raises ValueError where the file is empty, cut off or of another form."""
    fields = json.loads(content)
    if not isinstance(fields, dict) or not isinstance(fields.get("text"), str):
        raise ValueError("the text of a message is a JSON object with a text")
    sure = fields.get("sure")
    if isinstance(sure, bool) or not isinstance(sure, (int, float)) or not 0 <= sure <= 1:
        raise ValueError("how sure a text is stands between 0 and 1")
    return MessageText(fields["text"], float(sure))

"""A process of its own that takes a mail apart: what is attached becomes files, and what is written a note.

    python -m appliance.fax.sending.mailreading MAIL FOLDER

It prints one JSON object. Pictures that stand in the text, such as the logo of a signature, are no pages; a text that
comes alone is one. A mail that a machine has written by itself, such as one that tells that somebody is away, is none.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from typing import Any

from appliance.besidecalls import stay_beside_calls

MOST_CPU_SECONDS = 20
MOST_MEMORY = 512 << 20
MOST_PARTS = 200
DEEPEST = 10
"""Parts in one another: a mail that was forwarded a few times."""
MOST_FILES = 20
LONGEST_NOTE = 2000
MOST_SUBJECT = 90
SAID_APART = "-- "
"""The line above a signature (RFC 3676 §4.3)."""


class NoMail(ValueError):
    """Nothing is faxed of it. The text is a word: `automatic`, `nested`, `too-many`, `empty`, `broken`."""


def taken_apart(raw: bytes, folder: Path) -> dict[str, Any]:
    """What is in a mail: `subject`, `note`, and `files` with their paths and names. Raises NoMail."""
    mail = BytesParser(policy=policy.default).parsebytes(raw)
    if str(mail.get("Auto-Submitted", "no")).lower() not in ("no", "") or mail.get_content_type() == "multipart/report":
        raise NoMail("automatic")
    parts = list(_leaves(mail, 0))
    attached = [part for part in parts if _is_attached(part)]
    if len(attached) > MOST_FILES:
        raise NoMail("too-many")
    note = next(
        (_text(part) for part in parts if not _is_attached(part) and part.get_content_type() == "text/plain"), ""
    )
    subject = " ".join(str(mail.get("Subject", "")).split())[:MOST_SUBJECT]
    files = []
    for place, part in enumerate(attached):
        content = part.get_payload(decode=True)
        path = folder / str(place)
        path.write_bytes(content if isinstance(content, bytes) else b"")
        files.append({"path": str(path), "name": _name(part, place)})
    if not files:
        if not note.strip():
            raise NoMail("empty")
        path = folder / "text"
        path.write_text(note, encoding="utf-8")
        files.append({"path": str(path), "name": f"{subject.replace('/', ' ') or 'mail'}.txt"})
        note = ""
    return {"subject": subject, "note": note.strip()[:LONGEST_NOTE], "files": files}


def _leaves(part: EmailMessage, depth: int) -> Iterator[EmailMessage]:
    """All parts that hold no others. Raises NoMail."""
    if depth > DEEPEST:
        raise NoMail("nested")
    if not part.is_multipart():
        yield part
        return
    inside = part.get_payload()
    if not isinstance(inside, list) or len(inside) > MOST_PARTS:
        raise NoMail("too-many")
    for one in inside:
        if isinstance(one, EmailMessage):
            yield from _leaves(one, depth + 1)


def _is_attached(part: EmailMessage) -> bool:
    if part.get_content_disposition() == "attachment":
        return True
    if part.get("Content-ID") is not None:
        return False
    return part.get_content_maintype() in ("application", "image") or part.get_filename() is not None


def _name(part: EmailMessage, place: int) -> str:
    name = Path(str(part.get_filename() or "").replace("\\", "/")).name
    return "".join(letter for letter in name if letter.isprintable())[:100] or f"part {place + 1}"


def _text(part: EmailMessage) -> str:
    """What was written, without the signature."""
    try:
        text = str(part.get_content())
    except (LookupError, UnicodeError, ValueError, KeyError):
        content = part.get_payload(decode=True)
        text = content.decode("cp1252", errors="replace") if isinstance(content, bytes) else ""
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(lines[: lines.index(SAID_APART)] if SAID_APART in lines else lines)


def main() -> None:
    stay_beside_calls(memory=MOST_MEMORY, cpu_seconds=MOST_CPU_SECONDS)
    with Path(sys.argv[1]).open("rb") as file:
        file.readline()  # The envelope, which the unit has read.
        raw = file.read()
    try:
        answer = taken_apart(raw, Path(sys.argv[2]))
    except NoMail as wrong:
        answer = {"wrong": str(wrong)}
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        answer = {"wrong": "broken"}
    print(json.dumps(answer))


if __name__ == "__main__":
    main()

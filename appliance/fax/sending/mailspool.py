"""Mail that was taken and is not handed in yet: a file each, which the server writes and the unit reads.

    <root>/tmp/<name>     being received       -- the server -->
    <root>/new/<name>     taken: its sender was told so, and no power cut loses it    -- handed in --> gone

A file begins with one line of JSON, the envelope, and has the mail as it came behind it. All of it blocks.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from appliance.store.disk import Disk

MOST_WAITING = 50
"""Mails that are not handed in yet. Until there are fewer, senders are asked to come again."""


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """What the server must know. Everything in it can be written as JSON."""

    port: int
    """At which it listens, on all addresses of the machine; 0: at any that is free."""
    domain: str
    """What stands behind the @ of a number."""
    senders: tuple[str, ...]
    """The mail addresses, in small letters, of those who may send faxes."""
    spool: str
    """The folder into which mail is written."""


@dataclass(frozen=True, slots=True)
class MailEnvelope:
    """From whom a mail is, and the numbers, or lists, that it is for."""

    sender: str
    to: tuple[str, ...]


class MailSpool:
    """The mails under one folder."""

    def __init__(self, root: Path, disk: Disk | None = None) -> None:
        self._root = root
        self._disk = disk or Disk()

    def open(self) -> None:
        """Make its folders, and clear away what a power cut has left half received."""
        for folder in (self._root, self._root / "tmp", self._root / "new"):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for half in (self._root / "tmp").iterdir():
            self._disk.remove(half)

    @property
    def full(self) -> bool:
        return len(self.waiting()) >= MOST_WAITING

    def put(self, name: str, envelope: MailEnvelope, mail: bytes) -> None:
        """Keep a mail for good."""
        there = self._root / "tmp" / name
        head = json.dumps({"sender": envelope.sender, "to": envelope.to}).encode()
        self._disk.write(there, head + b"\n" + mail)
        self._disk.sync(there)
        self._disk.move(there, self._root / "new" / name)

    def waiting(self) -> Sequence[Path]:
        """All that are not handed in yet, the oldest first."""
        return sorted((self._root / "new").iterdir())

    def remove(self, path: Path) -> None:
        """It is handed in, or refused."""
        self._disk.remove(path)


def envelope_of(path: Path) -> MailEnvelope:
    """ValueError where the file is none of a mail's."""
    with path.open("rb") as file:
        told = json.loads(file.readline(100_000))
    return MailEnvelope(str(told["sender"]), tuple(map(str, told["to"])))

"""Messages on disk, one folder each, so arranged that no power cut loses a message once `commit` has returned.

    <root>/<mailbox>/tmp/<id>/      being recorded       -- commit -->
    <root>/<mailbox>/new/<id>/      not yet heard        -- keep -->
    <root>/<mailbox>/saved/<id>/    heard and kept
    <root>/<mailbox>/greeting.wav   the owner's own greeting
    <root>/<mailbox>/damaged/<id>/  what could not be used, set aside by `recover`
    <root>/<mailbox>/trash/<id>/    being deleted

A message's folder holds `audio.wav` and `envelope.json`. Both are synchronized before the folder is renamed into new/, and
new/ after that. All methods block; they may be called from any thread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from appliance.store.disk import Disk, StoreFull, room_for
from appliance.store.envelope import Envelope, from_bytes, to_bytes

__all__ = ["Counts", "Envelope", "Message", "MessageGone", "MessageStore", "StoreFull"]

AUDIO = "audio.wav"
ENVELOPE = "envelope.json"
FOLDERS = ("tmp", "new", "saved", "damaged", "trash")

_MAILBOX = re.compile(r"[a-z][a-z0-9-]{0,31}")


class MessageGone(LookupError):
    """The message is no longer where it was: it has been deleted, or kept, meanwhile."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a mailbox. `path` is its sound; `received` is UTC; `note` says if it was repaired."""

    id: str
    mailbox: str
    caller_number: str
    caller_name: str
    received: datetime
    seconds: float
    path: Path
    new: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages a mailbox holds."""

    new: int
    saved: int


class MessageStore:
    """The messages of all mailboxes under one folder. A mailbox's name is the id of the person it belongs to."""

    def __init__(self, root: Path, disk: Disk | None = None) -> None:
        self._root = root
        self._disk = disk or Disk()
        self._lock = Lock()
        self._last: dict[str, int] = {}

    def begin(self, mailbox: str, envelope: Envelope | None = None) -> Path:
        """Open a new message and return the file to record it into.

        envelope: what is known so far, so that a message cut off by a power failure still names its caller.
        """
        with room_for("a message"), self._lock:
            folder = self._new_folder(mailbox)
            if envelope is not None:
                self._disk.write(folder / ENVELOPE, to_bytes(envelope))
                self._disk.sync(folder / ENVELOPE)
            self._disk.sync(folder)
            self._disk.sync(folder.parent)
        return folder / AUDIO

    def commit(self, path: Path, envelope: Envelope) -> Message:
        """Deliver the message recorded into `path`. Once this returns, the message survives a power cut."""
        folder = path.parent
        mailbox = folder.parent.parent
        with room_for("a message"):
            self._disk.sync(path)
            self._disk.replace(folder / ENVELOPE, to_bytes(envelope))
            target = mailbox / "new" / folder.name
            self._disk.rename(folder, target)
            self._disk.sync(target.parent)
        return self._message(target, envelope)

    def discard(self, path: Path) -> None:
        """Drop a recording (message or greeting) that was begun and is not wanted."""
        self._disk.remove(path.parent)

    def list(self, mailbox: str) -> list[Message]:
        """The new messages, then the saved ones, each the oldest first."""
        return [*self._messages(mailbox, "new"), *self._messages(mailbox, "saved")]

    def counts(self, mailbox: str) -> Counts:
        return Counts(len(self._messages(mailbox, "new")), len(self._messages(mailbox, "saved")))

    def keep(self, message: Message) -> Message:
        """Count the message as heard from now on. Keeping a saved message changes nothing."""
        if not message.new:
            return message
        folder = self._folder(message)
        target = folder.parent.parent / "saved" / folder.name
        self._move(folder, target)
        return self._message(target, from_bytes((target / ENVELOPE).read_bytes()))

    def delete(self, message: Message) -> None:
        """Delete the message, and finish deletions that a power cut interrupted."""
        folder = self._folder(message)
        trash = folder.parent.parent / "trash"
        self._move(folder, trash / folder.name)
        for item in trash.iterdir():
            self._disk.remove(item)

    def greeting(self, mailbox: str) -> Path | None:
        """The owner's recorded greeting, if there is one."""
        path = self._mailbox(mailbox) / "greeting.wav"
        return path if path.exists() else None

    def begin_greeting(self, mailbox: str) -> Path:
        """The file to record a greeting into. The greeting in use stays until `commit_greeting`."""
        return self.begin(mailbox)

    def commit_greeting(self, path: Path) -> Path:
        """Put the greeting recorded into `path` into use; return where it stands now."""
        target = path.parent.parent.parent / "greeting.wav"
        with room_for("a greeting"):
            self._disk.sync(path)
            self._disk.rename(path, target)
            self._disk.sync(target.parent)
        self._disk.remove(path.parent)
        return target

    def remove_greeting(self, mailbox: str) -> None:
        """Go back to the spoken standard greeting."""
        path = self.greeting(mailbox)
        if path is not None:
            self._disk.remove(path)
            self._disk.sync(path.parent)

    def _mailbox(self, name: str) -> Path:
        if not _MAILBOX.fullmatch(name):
            raise ValueError(f"{name!r} is not the name of a mailbox")
        return self._root / name

    def _new_folder(self, mailbox: str) -> Path:
        """An empty folder in tmp/ under a number no message of this mailbox has."""
        box = self._mailbox(mailbox)
        if mailbox not in self._last:
            self._prepare(box)
            taken = [item.name for name in FOLDERS for item in (box / name).iterdir()]
            self._last[mailbox] = max((int(name) for name in taken if name.isdecimal()), default=0)
        self._last[mailbox] += 1
        folder = box / "tmp" / f"{self._last[mailbox]:06}"
        self._disk.make_folder(folder)
        return folder

    def _prepare(self, box: Path) -> None:
        """Make the mailbox's folders, those that are missing."""
        missing = [path for path in (self._root, box, *(box / name for name in FOLDERS)) if not path.is_dir()]
        for path in missing:
            self._disk.make_folder(path)
            self._disk.sync(path.parent)

    def _folder(self, message: Message) -> Path:
        return self._mailbox(message.mailbox) / ("new" if message.new else "saved") / message.id

    def _move(self, folder: Path, target: Path) -> None:
        try:
            self._disk.rename(folder, target)
        except FileNotFoundError as error:
            raise MessageGone(f"there is no message {folder.name} in {folder.parent}") from error
        self._disk.sync(target.parent)
        self._disk.sync(folder.parent)

    def _messages(self, mailbox: str, state: str) -> list[Message]:
        folder = self._mailbox(mailbox) / state
        found = []
        for item in folder.iterdir() if folder.is_dir() else ():
            try:
                envelope = from_bytes((item / ENVELOPE).read_bytes())
            except (OSError, ValueError):
                continue  # Not a message, or one deleted this moment. `recover` sets aside what is damaged.
            found.append(self._message(item, envelope))
        return sorted(found, key=lambda message: (message.received, message.id))

    def _message(self, folder: Path, envelope: Envelope) -> Message:
        return Message(
            id=folder.name,
            mailbox=folder.parent.parent.name,
            caller_number=envelope.caller_number,
            caller_name=envelope.caller_name,
            received=envelope.received,
            seconds=envelope.seconds,
            path=folder / AUDIO,
            new=folder.parent.name == "new",
            note=envelope.note,
        )

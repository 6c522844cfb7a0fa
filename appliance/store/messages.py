"""Messages on disk, one folder each. Once `commit` has returned, no power cut loses the message.

    <root>/<mailbox>/tmp/<id>/        being recorded       -- commit -->
    <root>/<mailbox>/new/<id>/        not yet heard        -- keep -->
    <root>/<mailbox>/saved/<id>/      heard and kept
    <root>/<mailbox>/greeting.wav     the owner's own greeting
    <root>/<mailbox>/unavailable.wav  the greeting while the owner does not want to be disturbed
    <root>/<mailbox>/name.wav         the owner's name, in the owner's voice
    <root>/<mailbox>/damaged/<id>/    what could not be used, set aside by `recover`
    <root>/<mailbox>/trash/<id>/      being deleted

A message's folder holds `audio.wav` and `envelope.json`. Both are synchronized before the folder is renamed into
new/, and new/ after that. All methods block; they may be called from any thread.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock

from appliance.store.disk import Disk, StoreFull, room_for
from appliance.store.envelope import Envelope, from_bytes, to_bytes
from appliance.store.layout import AUDIO, ENVELOPE, FOLDERS, MAILBOX, NEW, SAVED, TMP, TRASH, OwnRecording
from appliance.store.recovery import Recovered, recover_mailbox
from appliance.store.wav import repair
from appliance.wav.measuring import measure

__all__ = ["Counts", "Envelope", "Message", "MessageGone", "MessageStore", "OwnRecording", "Recovered", "StoreFull"]


class MessageGone(LookupError):
    """The message is no longer where it was: it has been deleted, or kept, meanwhile."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a mailbox."""

    id: str
    """Its number within the mailbox; numbers rise in the order of arrival."""
    mailbox: str
    """The id of the person or department whose mailbox it is in."""
    caller_number: str
    """Who left it; empty: not known."""
    caller_name: str
    """The name; empty: not known."""
    received: datetime
    """When it began, in UTC."""
    seconds: float
    """Its length."""
    path: Path
    """The file with its sound."""
    new: bool
    """It has not been heard yet."""
    note: str = ""
    """A remark of the store's, such as that it was cut off."""
    urgent: bool = False
    """The caller marked it as urgent."""
    private: bool = False
    """The caller marked it as private."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many messages a mailbox holds."""

    new: int
    saved: int
    urgent: int = 0
    """Those of the new ones that their callers marked as urgent."""


class MessageStore:
    """The messages of all mailboxes under one folder. A mailbox's name is the id of its owner, a person or department.

    Methods raise ValueError for what cannot be a mailbox's name, and OSError where the disk fails.
    """

    def __init__(self, root: Path, disk: Disk | None = None) -> None:
        self._root = root
        self._disk = disk or Disk()
        self._lock = Lock()
        self._last: dict[str, int] = {}

    def begin(self, mailbox: str, envelope: Envelope | None = None) -> Path:
        """Open a new message and return the file to record it into. Raises StoreFull.

        envelope: what is known so far, as a draft. It is needed to deliver a message that a power cut interrupts, or
        one that fills the disk.
        """
        box = self._mailbox(mailbox)
        with room_for("a message"), self._lock:
            self._prepare(box)
            folder = box / TMP / self._next_id(box)
            self._disk.make_folder(folder)
            try:
                if envelope is not None:
                    self._disk.write(folder / ENVELOPE, to_bytes(envelope))
                    self._disk.sync(folder / ENVELOPE)
                self._disk.sync(folder)
                self._disk.sync(folder.parent)
            except OSError:
                with suppress(OSError):
                    self._disk.remove(folder)
                raise
        return folder / AUDIO

    def commit(self, path: Path, envelope: Envelope) -> Message:
        """Deliver the message recorded into `path`. Once this returns, the message survives a power cut.

        A header that says more sound than there is, as the disk was full, is corrected. Raises ValueError if the file
        is empty or not a WAV file, and StoreFull if there is no room for the envelope and `begin` was given none. The
        recording stays then, and `commit` may be tried again.
        """
        folder = path.parent
        with room_for("a message"):
            wav = measure(path)
            if wav.promised == 0 or wav.promised > wav.there:
                repair(path, wav, self._disk)
            self._disk.sync(path)
            try:
                self._disk.replace(folder / ENVELOPE, to_bytes(envelope))
            except OSError:
                # The message is delivered although the disk is full: the draft envelope names the caller as well.
                if not (folder / ENVELOPE).exists():
                    raise
                envelope = from_bytes((folder / ENVELOPE).read_bytes())
            target = folder.parent.parent / NEW / folder.name
            self._move(folder, target)
        return _message(target, envelope)

    def discard(self, path: Path) -> None:
        """Drop a recording (a message's or the owner's) that was begun and is not wanted."""
        self._throw_away(path.parent)

    def keep(self, message: Message) -> Message:
        """Count the message as heard from now on. Keeping a saved message changes nothing. Raises MessageGone."""
        folder = self._folder(message)
        if not message.new:
            return message
        target = folder.parent.parent / SAVED / folder.name
        self._move(folder, target)
        return _message(target, from_bytes((target / ENVELOPE).read_bytes()))

    def delete(self, message: Message) -> None:
        """Delete the message for good, and finish deletions that a power cut interrupted. Raises MessageGone."""
        self._throw_away(self._folder(message))

    def counts(self, mailbox: str) -> Counts:
        box = self._mailbox(mailbox)
        new = _messages(box / NEW)
        urgent = sum(message.urgent for message in new)
        return Counts(new=len(new), saved=len(_messages(box / SAVED)), urgent=urgent)

    def own(self, mailbox: str, what: OwnRecording) -> Path | None:
        """One of the owner's recordings: a greeting, or the name, if there is one."""
        path = self._mailbox(mailbox) / what.value
        return path if path.exists() else None

    def begin_own(self, mailbox: str) -> Path:
        """The file to record a greeting or a name into. The one in use stays until `commit_own`. Raises StoreFull."""
        return self.begin(mailbox)

    def commit_own(self, path: Path, what: OwnRecording) -> Path:
        """Put the greeting or name recorded into `path` into use; return where it stands now."""
        target = path.parent.parent.parent / what.value
        self._disk.sync(path)
        self._disk.rename(path, target)
        self._disk.sync(target.parent)
        self._throw_away(path.parent)
        return target

    def remove_own(self, mailbox: str, what: OwnRecording) -> None:
        """Go back to the standard greeting, or to the name as the voice says it."""
        path = self.own(mailbox, what)
        if path is not None:
            self._disk.remove(path)
            self._disk.sync(path.parent)

    def recover(self) -> list[Recovered]:
        """Repair the store; to be called at start, before anything else. Returns what was repaired or set aside.

        A recording that was cut off is delivered with a note, if it has an envelope and enough speech for a message.
        All else that is not a whole message is moved to damaged/. Nothing is deleted. A folder that cannot be read or
        changed is returned as such and left alone, so that the unit can start.
        """
        found: list[Recovered] = []
        for box in sorted(self._root.iterdir()) if self._root.is_dir() else ():
            if MAILBOX.fullmatch(box.name) and box.is_dir():
                try:
                    self._prepare(box)
                    found.extend(recover_mailbox(box, self._disk))
                except OSError as error:
                    found.append(Recovered(box.name, False, f"the mailbox cannot be used: {error}", box))
        return found

    def list(self, mailbox: str) -> list[Message]:
        """The new messages, then the saved ones, each the oldest first."""
        box = self._mailbox(mailbox)
        return _messages(box / NEW) + _messages(box / SAVED)

    def _mailbox(self, name: str) -> Path:
        if not MAILBOX.fullmatch(name):
            raise ValueError(f"{name!r} is not the name of a mailbox")
        return self._root / name

    def _folder(self, message: Message) -> Path:
        if not message.id.isalnum():
            raise ValueError(f"{message.id!r} is not the id of a message")
        return self._mailbox(message.mailbox) / (NEW if message.new else SAVED) / message.id

    def _prepare(self, box: Path) -> None:
        """Make the mailbox's folders, those that are missing."""
        for path in (self._root, box, *(box / name for name in FOLDERS)):
            if not path.is_dir():
                self._disk.make_folder(path)
                self._disk.sync(path.parent)

    def _next_id(self, box: Path) -> str:
        """A number higher than any that a message of this mailbox has, or has had since the start."""
        if box.name not in self._last:
            taken = [item.name for name in FOLDERS for item in (box / name).iterdir()]
            self._last[box.name] = max((int(name) for name in taken if name.isdecimal()), default=0)
        self._last[box.name] += 1
        return f"{self._last[box.name]:06}"

    def _move(self, folder: Path, target: Path) -> None:
        try:
            with room_for("a message"):
                self._disk.move(folder, target)
        except FileNotFoundError as error:
            raise MessageGone(f"there is no message {folder.name} in {folder.parent}") from error

    def _throw_away(self, folder: Path) -> None:
        """Move a folder to trash/ in one step, then delete what is in it. So nobody ever sees part of a message."""
        trash = folder.parent.parent / TRASH
        with self._lock:
            self._move(folder, trash / folder.name)
            for item in trash.iterdir():
                self._disk.remove(item)


def _messages(folder: Path) -> list[Message]:
    """The messages in a folder, the oldest first."""
    found = []
    for item in folder.iterdir() if folder.is_dir() else ():
        # A folder that cannot be read has just been deleted, or is damaged: then `recover` moves it at the next start.
        with suppress(OSError, ValueError):
            found.append(_message(item, from_bytes((item / ENVELOPE).read_bytes())))
    return sorted(found, key=lambda message: (message.received, message.id))


def _message(folder: Path, envelope: Envelope) -> Message:
    """The message in a folder. If the envelope is a draft, the length is taken from the sound."""
    return Message(
        id=folder.name,
        mailbox=folder.parent.parent.name,
        caller_number=envelope.caller_number,
        caller_name=envelope.caller_name,
        received=envelope.received,
        seconds=envelope.seconds or round(measure(folder / AUDIO).seconds, 2),
        path=folder / AUDIO,
        new=folder.parent.name == NEW,
        note=envelope.note,
        urgent=envelope.urgent,
        private=envelope.private,
    )

"""Messages on disk, one folder each. Once `commit` has returned, no power cut loses the message.

    <root>/<mailbox>/tmp/<id>/        being recorded       -- commit -->
    <root>/<mailbox>/new/<id>/        not yet heard        -- keep -->
    <root>/<mailbox>/saved/<id>/      heard and kept
    <root>/<mailbox>/deleted/<id>/    deleted, and can be brought back -- remove -->
    <root>/<mailbox>/greeting.wav     the owner's own greeting
    <root>/<mailbox>/unavailable.wav  the greeting while the owner does not want to be disturbed
    <root>/<mailbox>/busy.wav         the greeting while the owner is on the phone
    <root>/<mailbox>/closed.wav       the greeting while the office is closed
    <root>/<mailbox>/temporary.wav    the greeting that takes the place of all for some days
    <root>/<mailbox>/name.wav         the owner's name, in the owner's voice
    <root>/<mailbox>/damaged/<id>/    what could not be used, set aside by `recover`
    <root>/<mailbox>/trash/<id>/      being deleted

A message's folder holds `audio.wav` and `envelope.json`. Both are synchronized before the folder is renamed into
new/, and new/ after that. Its name says what must be known without reading the envelope (`layout.MESSAGE`). Once the
message is written down, `text.json` stands beside them. All methods block; they may be called from any thread.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import takewhile
from pathlib import Path

from appliance.store.boxes import BoxKind, BoxStore, Recovered, set_aside
from appliance.store.disk import StoreFull, room_for
from appliance.store.envelope import Envelope, from_bytes, to_bytes
from appliance.store.layout import (
    AUDIO,
    DELETED,
    ENVELOPE,
    FOLDERS,
    MAILBOX,
    NEW,
    SAVED,
    TEXT,
    TMP,
    OwnRecording,
)
from appliance.store.listing import ends, is_urgent
from appliance.store.message import Counts, Message, MessageGone, MessageIds, message_in, named
from appliance.store.messagetext import MessageText, text_from_bytes, text_to_bytes
from appliance.store.recovery import recover_mailbox
from appliance.store.wav import repair
from appliance.wav.measuring import measure
from hw.said import said, told_by

__all__ = [
    "Counts",
    "Envelope",
    "Message",
    "MessageGone",
    "MessageIds",
    "MessageStore",
    "MessageText",
    "OwnRecording",
    "Recovered",
    "StoreFull",
]


class MessageStore(BoxStore):
    """The messages of all mailboxes. A mailbox has the id of its owner, a person or department, as its name."""

    kind = BoxKind(MAILBOX, FOLDERS, (NEW, SAVED, DELETED), MessageGone, "message", said("a message"))

    def begin(self, mailbox: str, envelope: Envelope | None = None) -> Path:
        """Open a new message and return the file to record it into. Raises StoreFull.

        envelope: what is known so far, as a draft. It is needed to deliver a message that a power cut interrupts, or
        one that fills the disk.
        """

        def fill(folder: Path) -> None:
            if envelope is not None:
                self._disk.write(folder / ENVELOPE, to_bytes(envelope))
                self._disk.sync(folder / ENVELOPE)

        return self._begin(mailbox, TMP, fill) / AUDIO

    def redraft(self, path: Path, envelope: Envelope) -> None:
        """Put this draft in place of the one that `begin` was given. Raises StoreFull; the old one stays then."""
        with room_for(self.kind.needs_room):
            self._disk.replace(path.parent / ENVELOPE, to_bytes(envelope))

    def commit(self, path: Path, envelope: Envelope) -> Message:
        """Deliver the message recorded into `path`. Once this returns, the message survives a power cut.

        A header that says more sound than there is, as the disk was full, is corrected. Raises ValueError if the file
        is empty or not a WAV file, and StoreFull if there is no room for the envelope and `begin` was given none. The
        recording stays then, and `commit` may be tried again.
        """
        folder = path.parent
        with room_for(self.kind.needs_room):
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
            target = folder.parent.parent / NEW / named(folder.name, envelope)
            self._move(folder, target)
        return message_in(target, envelope)

    def deliver(self, sound: Path, mailbox: str, envelope: Envelope) -> Message:
        """Put a message into a mailbox whose sound stands in a file already. Raises StoreFull.

        Both are one file on the disk from then on, by two names, so that a message to everybody takes its room once.
        """
        path = self.begin(mailbox, envelope)
        try:
            self._disk.link(sound, path)
            return self.commit(path, envelope)
        except (OSError, ValueError):
            with suppress(OSError):
                self.discard(path)
            raise

    def record_anew(self, path: Path, content: bytes) -> None:
        """Let a draft have this sound, a whole WAV file, in place of what was recorded into it. Raises StoreFull."""
        with room_for(self.kind.needs_room):
            self._disk.replace(path, content)

    def discard(self, path: Path) -> None:
        """Drop a recording (a message's or the owner's) that was begun and is not wanted."""
        self._throw_away(path.parent)

    def keep(self, message: Message, by: str = "", at: datetime | None = None) -> Message:
        """Count the message as heard from now on. Keeping a saved message changes nothing. Raises MessageGone.

        by, at: who has heard it, and when (UTC), to be noted in its envelope. A full disk notes nothing.
        """
        with self._lock:
            folder = self._not_deleted(message.mailbox, message.id)
            if folder.parent.name == SAVED:
                return message_in(folder)
            if at is not None:
                self._note(folder, lambda envelope: replace(envelope, heard_by=by, heard_at=at))
            return self._put(folder, SAVED)

    def mark_new(self, message: Message) -> Message:
        """Count the message as not heard. Raises MessageGone."""
        with self._lock:
            folder = self._not_deleted(message.mailbox, message.id)
            return message_in(folder) if folder.parent.name == NEW else self._put(folder, NEW)

    def delete(self, message: Message, at: datetime, by: str = "") -> Message:
        """Delete the message, so that it can still be brought back. Raises MessageGone.

        at: this moment (UTC). Where the disk has no room to note it, the message is deleted without.
        """
        with self._lock:
            folder = self._not_deleted(message.mailbox, message.id)
            self._note(folder, lambda envelope: replace(envelope, deleted_at=at, deleted_by=by))
            return self._put(folder, DELETED)

    def restore(self, message: Message) -> Message:
        """Bring a deleted message back, as a saved one. Raises MessageGone where it is no longer to be had."""
        with self._lock:
            folder = self._folder(message.mailbox, message.id)
            return message_in(folder) if folder.parent.name != DELETED else self._put(folder, SAVED)

    def read(self, mailbox: str, id: str) -> Message:
        """The message with this id, wherever it is. Raises MessageGone.

        One that is damaged is set aside, so that it lights no lamp, and is gone as well.
        """
        with self._lock:
            folder = self._folder(mailbox, id)
            try:
                return message_in(folder)
            except (FileNotFoundError, ValueError) as error:
                set_aside(folder, folder.parent.parent, told_by(error), self._disk)
                raise MessageGone(f"message {id} of {mailbox} is damaged, and was set aside") from error

    def text(self, mailbox: str, id: str) -> MessageText | None:
        """A message as text; None where it was not written down. Raises MessageGone."""
        while True:
            folder = self._folder(mailbox, id)
            try:
                return text_from_bytes((folder / TEXT).read_bytes())
            except ValueError:
                return None
            except FileNotFoundError:
                if folder.is_dir():
                    return None

    def write_text(self, mailbox: str, id: str, text: MessageText) -> None:
        """Keep a message as text beside its sound. Raises StoreFull and MessageGone.

        Nobody waits for the disk meanwhile: whoever keeps or deletes the message may move it away under this method's
        hands, and then it is written where the message is now.
        """
        while True:
            folder = self._folder(mailbox, id)
            try:
                with room_for(said("the text of a message")):
                    self._disk.replace(folder / TEXT, text_to_bytes(text))
                return
            except FileNotFoundError:
                if folder.is_dir():
                    raise

    def ids(self, mailbox: str) -> MessageIds:
        """All its messages, in the order in which they are heard. No envelope is read, so that it takes no time."""
        return MessageIds(*self._listed(mailbox))

    def counts(self, mailbox: str) -> Counts:
        ids = self.ids(mailbox)
        return Counts(len(ids.new), len(ids.saved), sum(1 for _ in takewhile(is_urgent, ids.new)))

    def ending(self, mailbox: str) -> builtins.list[Message]:
        """Those that end by themselves: the deleted ones, and those that were sent with a date."""
        ids = self.ids(mailbox)
        return self._read(mailbox, (*ids.deleted, *filter(ends, (*ids.new, *ids.saved))))

    def own(self, mailbox: str, what: OwnRecording) -> Path | None:
        """One of the owner's recordings: a greeting, or the name, if there is one."""
        path = self._box(mailbox) / what.value
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
        return self._recovered(recover_mailbox)

    def list(self, mailbox: str) -> builtins.list[Message]:
        """The new messages, then the saved ones, in the order in which they are heard."""
        ids = self.ids(mailbox)
        return self._read(mailbox, (*ids.new, *ids.saved))

    def list_new(self, mailbox: str) -> builtins.list[Message]:
        """The new messages, in the order in which they are heard."""
        return self._read(mailbox, self.ids(mailbox).new)

    def _read(self, mailbox: str, ids: Iterable[str]) -> builtins.list[Message]:
        """Those of these messages that are still there."""
        found: builtins.list[Message] = []
        for id in ids:
            with suppress(MessageGone):
                found.append(self.read(mailbox, id))
        return found

    def _put(self, folder: Path, state: str) -> Message:
        target = folder.parent.parent / state / folder.name
        self._move(folder, target)
        return message_in(target)

    def _note(self, folder: Path, change: Callable[[Envelope], Envelope]) -> None:
        """Change a message's envelope, where the disk has room for it."""
        with suppress(OSError):
            envelope = from_bytes((folder / ENVELOPE).read_bytes())
            self._disk.replace(folder / ENVELOPE, to_bytes(change(envelope)))

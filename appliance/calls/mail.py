"""The mail room: the mailboxes of the store, off the loop, with the lamps that follow them."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import numpy as np

from appliance.calls.mailends import MailEnds
from appliance.clock import Clock, off_loop
from appliance.faultlog import kind_and_place
from appliance.office.model import Office, Person
from appliance.store.messages import (
    Counts,
    Envelope,
    Message,
    MessageGone,
    MessageIds,
    MessageStore,
    MessageText,
    OwnRecording,
    StoreFull,
)
from appliance.wav.clip import BrokenClip, read_clip, written_clip
from hw.audio import SAMPLE_RATE, Samples

__all__ = ["Counts", "Envelope", "MailRoom", "Message", "MessageGone", "MessageIds", "MessageText", "OwnRecording"]

log = logging.getLogger(__name__)


BETWEEN = np.zeros(SAMPLE_RATE, dtype=np.int16)
"""The pause between an introduction and the message it introduces."""


class MailRoom:
    """Mailboxes by the id of the person or department.

    on_change is called after every change of the counts. The store's errors (StoreFull, an OSError; MessageGone) come
    out of the operations that write.

    Messages end by themselves: a deleted one a day later, and one that was sent with a date on that date.
    """

    def __init__(self, store: MessageStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._ends = MailEnds(store, clock, self._recount)
        self._counts: dict[str, Counts] = {}
        self.on_change: Callable[[], None] = lambda: None
        self.on_heard: Callable[[Message, datetime], Awaitable[None]] = _nothing
        """Awaited when a message is heard for the first time, or deleted unheard, with the moment."""

    async def open(self, mailboxes: Iterable[str]) -> None:
        """Serve these mailboxes from now on, and count what is in them, so that lamps are right from the start."""
        self._counts = {mailbox: self.counts(mailbox) for mailbox in mailboxes}
        for mailbox in self._counts:
            self._counts[mailbox] = await off_loop(self._store.counts, mailbox)
        await self._ends.open(self._counts)
        self.on_change()

    async def close(self) -> None:
        """End no more messages."""
        await self._ends.close()

    def counts(self, mailbox: str) -> Counts:
        return self._counts.get(mailbox, Counts(new=0, saved=0))

    def new_for(self, person: Person, office: Office) -> int:
        """What a lamp or stutter dial tone tells a person of: the own mailbox, those of the person's departments, and
        for the operator the office's."""
        told = {one.general_mailbox for one in office.everybody_called if one.operator == person.id} | {person.id}
        told |= {one.id for one in office.departments if self.counts(one.id).new and one.has(person.id)}
        return sum(person.notify.lamp.of(new=self.counts(one).new, urgent=self.counts(one).urgent) for one in told)

    @property
    def any_urgent(self) -> bool:
        return any(counts.urgent for counts in self._counts.values())

    @property
    def any_new(self) -> bool:
        return any(counts.new for counts in self._counts.values())

    def full(self, mailbox: str, most: int) -> bool:
        """Whether it holds so many messages, and takes no further one."""
        counts = self.counts(mailbox)
        return counts.new + counts.saved >= most

    async def begin(self, mailbox: str, draft: Envelope) -> Path:
        """Where to record a message. The draft is kept with it, so that a power cut does not lose who called.

        On a full disk, what was deleted makes room.
        """
        try:
            return await off_loop(self._store.begin, mailbox, draft)
        except StoreFull:
            if not await self._ends.make_room():
                raise
            return await off_loop(self._store.begin, mailbox, draft)

    async def commit(self, path: Path, envelope: Envelope) -> Message:
        """Make a recorded message durable. When this returns, it survives a power cut."""
        return await self._arrived(await off_loop(self._store.commit, path, envelope))

    async def deliver(self, sound: Path, mailbox: str, envelope: Envelope) -> Message:
        """Put a message into a mailbox whose sound was recorded elsewhere. It survives a power cut then."""
        return await self._arrived(await off_loop(self._store.deliver, sound, mailbox, envelope))

    async def join(self, draft: Path, message: Message, *, introduced: bool) -> float:
        """Put a message's sound behind what was recorded into the draft, or in place of it. Returns the length in
        seconds. Raises MessageGone, and ValueError where one of them cannot be read."""
        return await off_loop(_joined, self._store, draft, message, introduced)

    async def redraft(self, path: Path, draft: Envelope) -> None:
        """Put this draft in place of the one that a message being recorded was begun with."""
        await off_loop(self._store.redraft, path, draft)

    async def discard(self, path: Path) -> None:
        await off_loop(self._store.discard, path)

    async def send(self, content: bytes, mailboxes: Sequence[str], envelope: Envelope) -> None:
        """Put a WAV file into mailboxes as a message, the same to all. Raises StoreFull; some may have it then."""
        if not mailboxes:
            return
        draft = await self.begin_own(mailboxes[0])
        try:
            await off_loop(self._store.record_anew, draft, content)
            for mailbox in mailboxes:
                await self.deliver(draft, mailbox, envelope)
        finally:
            await self.discard(draft)

    async def ids(self, mailbox: str) -> MessageIds:
        """Its messages, urgent ones first, each oldest first. It takes no longer where there are thousands."""
        return await off_loop(self._store.ids, mailbox)

    async def messages(self, mailbox: str) -> list[Message]:
        """Its new and saved messages, whole: what takes long where there are thousands, and no caller waits for."""
        return await off_loop(_all_of, self._store, mailbox)

    async def new_messages(self, mailbox: str) -> list[Message]:
        """Those that nobody has heard. Each is read, so in a large mailbox it takes a while."""
        return await off_loop(self._store.list_new, mailbox)

    async def message(self, mailbox: str, id: str) -> Message:
        """One of them. Raises MessageGone."""
        return await off_loop(self._store.read, mailbox, id)

    async def text(self, message: Message) -> MessageText | None:
        """A message as text; None where it was not written down. Raises MessageGone."""
        return await off_loop(self._store.text, message.mailbox, message.id)

    async def write_text(self, message: Message, text: MessageText) -> None:
        """Keep a message as text. Raises StoreFull and MessageGone."""
        await off_loop(self._store.write_text, message.mailbox, message.id, text)

    async def open_message(self, mailbox: str, id: str) -> tuple[Message, Samples | None]:
        """One of them with its sound; None: that cannot be played. Raises MessageGone."""
        try:
            return await off_loop(_opened, self._store, mailbox, id)
        except MessageGone:
            await self._recount(mailbox)
            raise

    async def keep(self, message: Message, by: str = "") -> Message:
        """Count it as heard. by: the id of whoever heard it, where the mailbox is that of several people."""
        now = self._clock.now()
        kept = await off_loop(self._store.keep, message, by, now)
        await self._recount(message.mailbox)
        if message.new:
            await self.on_heard(message, now)
        return kept

    async def mark_new(self, message: Message) -> Message:
        """Count it as not heard, so that it lights the lamp again."""
        marked = await off_loop(self._store.mark_new, message)
        await self._recount(message.mailbox)
        return marked

    async def delete(self, message: Message, by: str = "") -> Message:
        """Delete it; for a day it can be restored. by: the id of whoever does so, as above."""
        now = self._clock.now()
        deleted = await off_loop(self._store.delete, message, now, by)
        self._ends.watch(deleted)
        await self._recount(message.mailbox)
        if message.new:
            await self.on_heard(message, now)
        return deleted

    async def restore(self, message: Message) -> Message:
        """Bring it back, as one that was heard. Raises MessageGone where it is too late."""
        restored = await off_loop(self._store.restore, message)
        self._ends.watch(restored)
        await self._recount(message.mailbox)
        return restored

    async def own(self, mailbox: str, what: OwnRecording) -> Path | None:
        """One of the owner's recordings, if there is one."""
        return await off_loop(self._store.own, mailbox, what)

    async def begin_own(self, mailbox: str) -> Path:
        return await off_loop(self._store.begin_own, mailbox)

    async def commit_own(self, path: Path, what: OwnRecording) -> None:
        await off_loop(self._store.commit_own, path, what)

    async def remove_own(self, mailbox: str, what: OwnRecording) -> None:
        await off_loop(self._store.remove_own, mailbox, what)

    async def _arrived(self, message: Message) -> Message:
        self._ends.watch(message)
        await self._recount(message.mailbox)
        return message

    async def recount(self, mailbox: str) -> None:
        """Something has changed in a mailbox on disk, by whomever."""
        await self._recount(mailbox)

    async def _recount(self, mailbox: str) -> None:
        """A mailbox that a new office no longer has keeps its messages, but lights nothing.

        What was done to the message is done: a lamp that cannot be lit must not look as if it were not.
        """
        if mailbox not in self._counts:
            return
        try:
            counts = await off_loop(self._store.counts, mailbox)
            if counts != self._counts.get(mailbox):
                self._counts[mailbox] = counts
                self.on_change()
        except Exception as error:
            log.error("the messages of a mailbox were not counted: %s", kind_and_place(error))


def _opened(store: MessageStore, mailbox: str, id: str) -> tuple[Message, Samples | None]:
    """A message and its sound, also where another telephone keeps it meanwhile, so that it stands elsewhere."""
    message = store.read(mailbox, id)
    while True:
        try:
            return message, read_clip(message.path)
        except (OSError, BrokenClip):
            before, message = message, store.read(mailbox, id)
            if message.path == before.path:
                return message, None


def _all_of(store: MessageStore, mailbox: str) -> list[Message]:
    ids, found = store.ids(mailbox), []
    for id in (*ids.new, *ids.saved):
        with suppress(MessageGone):
            found.append(store.read(mailbox, id))
    return found


def _joined(store: MessageStore, draft: Path, message: Message, introduced: bool) -> float:
    _, sound = _opened(store, message.mailbox, message.id)
    if sound is None:
        raise BrokenClip(str(message.path))
    whole = np.concatenate([read_clip(draft), BETWEEN, sound]) if introduced else sound
    store.record_anew(draft, written_clip(whole))
    return len(whole) / SAMPLE_RATE


async def _nothing(_message: Message, _at: datetime) -> None:
    """Nobody wants to know."""

"""The mail room: the mailboxes of the store, off the loop, with the lamps that follow them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from appliance.clock import off_loop
from appliance.faultlog import kind_and_place
from appliance.office.model import Office, Person
from appliance.store.messages import Counts, Envelope, Message, MessageGone, MessageStore, OwnRecording

__all__ = ["MailRoom", "Message", "MessageGone", "OwnRecording"]

log = logging.getLogger(__name__)


class MailRoom:
    """Mailboxes by the id of the person or department.

    largest: messages a mailbox holds before it is full. on_change is called after every change of the counts. The
    store's errors (StoreFull, an OSError; MessageGone) come out of the operations that write.
    """

    def __init__(self, store: MessageStore, largest: int) -> None:
        self._store = store
        self.largest = largest
        self._counts: dict[str, Counts] = {}
        self.on_change: Callable[[], None] = lambda: None

    async def open(self, mailboxes: Iterable[str]) -> None:
        """Serve these mailboxes from now on, and count what is in them, so that lamps are right from the start."""
        self._counts = {mailbox: self.counts(mailbox) for mailbox in mailboxes}
        for mailbox in self._counts:
            self._counts[mailbox] = await off_loop(self._store.counts, mailbox)
        self.on_change()

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

    def full(self, mailbox: str) -> bool:
        counts = self.counts(mailbox)
        return counts.new + counts.saved >= self.largest

    async def begin(self, mailbox: str, draft: Envelope) -> Path:
        """Where to record a message. The draft is kept with it, so that a power cut does not lose who called."""
        return await off_loop(self._store.begin, mailbox, draft)

    async def commit(self, path: Path, envelope: Envelope) -> Message:
        """Make a recorded message durable. When this returns, it survives a power cut."""
        message = await off_loop(self._store.commit, path, envelope)
        await self._recount(message.mailbox)
        return message

    async def discard(self, path: Path) -> None:
        await off_loop(self._store.discard, path)

    async def messages(self, mailbox: str) -> list[Message]:
        """New ones first, then saved ones, each oldest first."""
        return await off_loop(self._store.list, mailbox)

    async def keep(self, message: Message) -> Message:
        kept = await off_loop(self._store.keep, message)
        await self._recount(message.mailbox)
        return kept

    async def delete(self, message: Message) -> None:
        await off_loop(self._store.delete, message)
        await self._recount(message.mailbox)

    async def own(self, mailbox: str, what: OwnRecording) -> Path | None:
        """One of the owner's recordings, if there is one."""
        return await off_loop(self._store.own, mailbox, what)

    async def begin_own(self, mailbox: str) -> Path:
        return await off_loop(self._store.begin_own, mailbox)

    async def commit_own(self, path: Path, what: OwnRecording) -> None:
        await off_loop(self._store.commit_own, path, what)

    async def remove_own(self, mailbox: str, what: OwnRecording) -> None:
        await off_loop(self._store.remove_own, mailbox, what)

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

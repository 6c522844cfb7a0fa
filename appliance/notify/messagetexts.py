"""Messages as text: what comes into a mailbox is written down, one message at a time, and kept beside its sound.

Which messages are written down is kept nowhere: those that have no text yet are found in the store, at every change
and at the start, so that what a restart has interrupted is done again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from appliance.calls.faults import Faults
from appliance.calls.mail import MailRoom, Message, MessageGone, MessageText
from appliance.clock import off_loop
from appliance.faultlog import kind_and_place
from appliance.notify.postoffice import PostOffice
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Office
from appliance.office.transcripts import written_down
from appliance.store.listing import number_of
from appliance.transcript.transcripts import SpeechWriter
from hw.said import said

log = logging.getLogger(__name__)

FAILS = said("messages are not written down: the recognizer has failed")


class MessageTexts:
    """Has the messages written down that have no text, and completes the letters about them.

    writer: None: nothing is written down, as in a simulation.
    """

    def __init__(
        self,
        writer: SpeechWriter | None,
        mail: MailRoom,
        post: PostOffice,
        faults: Faults,
        office: Callable[[], Office],
    ) -> None:
        self._writer = writer
        self._mail = mail
        self._post = post
        self._faults = faults
        self._office = office
        self._impossible: str | None = None
        """Why this machine writes nothing down; empty: it does; None: not known yet."""
        self._known: dict[str, set[str]] = {}
        """By mailbox, the messages that have been found in it."""
        self._waiting: list[tuple[str, str]] = []
        """Mailbox and id of those to be taken up, the next one last: what has come last goes first, as a mail waits."""
        self._failed: set[tuple[str, str]] = set()
        """Mailbox and id of those that the recognizer has failed with. They are tried again after the next start."""
        self._last: tuple[str, MessageText] | None = None
        """The sound that was written down last, and its text: a message to everybody is one sound in all mailboxes."""
        self._working: asyncio.Task[None] | None = None
        self._again = False

    async def close(self) -> None:
        """Write nothing down any more. What was begun is done again after the next start."""
        if self._working is not None:
            self._working.cancel()
            await asyncio.gather(self._working, return_exceptions=True)
        if self._writer is not None:
            await self._writer.close()

    def look(self) -> None:
        """Something in the mailboxes, or the office, may have changed."""
        if self._writer is None:
            return
        self._again = True
        if self._working is None:
            self._working = asyncio.get_running_loop().create_task(self._work(), name="writes messages down")

    async def comes(self, message: Message, owner: MailboxOwner) -> bool:
        """Whether a mail about this message should wait for its text. One that is private has none in it."""
        if message.private or message.written:
            return False
        return written_down(self._office(), owner) and await self._can()

    async def complete(self, message: Message) -> None:
        """A letter about this message is in the post office. Where the message is written down already, it goes."""
        try:
            text = await self._mail.text(message)
        except MessageGone:
            text = MessageText("", 0.0)
        if text is not None or (message.mailbox, message.id) in self._failed:
            await self._tell(message, text)

    async def _can(self) -> bool:
        if self._writer is None:
            return False
        if self._impossible is None:
            self._impossible = await off_loop(self._writer.impossible)
        return not self._impossible

    async def _work(self) -> None:
        try:
            while self._again or self._waiting:
                if self._again:
                    self._again = False
                    await self._find()
                else:
                    await self._take_up(*self._waiting.pop())
        except Exception as error:
            log.error("messages were not written down: %s", kind_and_place(error))
        finally:
            self._working = None

    async def _find(self) -> None:
        """Have all messages wait that are not known yet, and tell as a fault why they cannot be written down here."""
        owners = [owner for owner in self._office().mailboxes if written_down(self._office(), owner)]
        possible = not owners or await self._can()
        if self._impossible:
            (self._faults.withdraw if possible else self._faults.report)(_not_here(self._impossible))
        if not owners:
            self._faults.withdraw(FAILS)
        wanted = {owner.id for owner in owners} if possible else set()
        self._known = {mailbox: self._known.get(mailbox, set()) for mailbox in wanted}
        self._waiting = [(mailbox, id) for mailbox, id in self._waiting if mailbox in wanted]
        new: list[tuple[str, str]] = []
        saved: list[tuple[str, str]] = []
        for mailbox, known in self._known.items():
            counts = self._mail.counts(mailbox)
            if not known and not counts.new + counts.saved:
                continue
            ids = await self._mail.ids(mailbox)
            saved += [(mailbox, id) for id in sorted(ids.saved, key=number_of) if id not in known]
            new += [(mailbox, id) for id in sorted(ids.new, key=number_of) if id not in known]
            self._known[mailbox] = {*ids.new, *ids.saved}
        self._waiting += saved + new

    async def _take_up(self, mailbox: str, id: str) -> None:
        """Have a message written down that has no text, and tell of it."""
        try:
            message = await self._mail.message(mailbox, id)
            if message.deleted or message.written:
                return
            text = await self._mail.text(message)
            if text is None:
                text = await self._write(message)
        except MessageGone:
            return
        except OSError as error:
            log.error("a message could not be written down: %s", kind_and_place(error))
            return
        if text is None:
            self._failed.add((mailbox, id))
        await self._tell(message, text)

    async def _write(self, message: Message) -> MessageText | None:
        assert self._writer is not None
        sound = await off_loop(_sound, message.path)
        if sound and self._last is not None and sound == self._last[0]:
            text: MessageText | None = self._last[1]
        else:
            text = await self._writer.write(message.path)
        if text is None:
            self._faults.report(FAILS)
            return None
        self._faults.withdraw(FAILS)
        if not text.text:
            there = await self._mail.message(message.mailbox, message.id)
            if there.path != message.path:  # It was kept or deleted before the recogniser opened its file.
                return await self._write(there)
        self._last = sound, text
        try:
            await self._mail.write_text(message, text)
        except OSError as error:  # The letter has it all the same.
            log.error("the text of a message was not kept: %s", kind_and_place(error))
        return text

    async def _tell(self, message: Message, text: MessageText | None) -> None:
        facts = {"text": text.text, "sure": str(text.sure)} if text is not None and text.text else {}
        await self._post.complete(letter_key(message), {} if message.private else facts)


def message_key(message: Message) -> str:
    """What no other message of its mailbox has: a number may come again once its message is deleted."""
    return f"{message.id}@{message.received.isoformat()}"


def letter_key(message: Message) -> str:
    """The `key` of the letters about a message."""
    return f"{message.mailbox} {message_key(message)}"


def _sound(path: Path) -> str:
    """What the files of one sound have in common, by whatever name, and no others. Empty: it is not there."""
    try:
        facts = path.stat()
    except FileNotFoundError:
        return ""
    return f"{facts.st_ino} {facts.st_mtime_ns} {facts.st_size}"


def _not_here(why: str) -> str:
    return said("messages are not written down: %(why)s", why=why)

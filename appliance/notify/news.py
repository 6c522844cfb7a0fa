"""What is new, and not yet written about: messages in the store, and faults of the unit.

Which messages were written about is kept on disk and compared with what the store holds, at every change and at the
start: a message that comes by whatever way, or just before a power cut, is written about, and none twice.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from appliance.calls.faults import Faults
from appliance.calls.letters import Letter, LetterKind
from appliance.calls.mail import Counts, MailRoom, Message
from appliance.clock import Clock, off_loop
from appliance.faultlog import kind_and_place
from appliance.notify.messagetexts import MessageTexts, letter_key, message_key
from appliance.notify.postoffice import PostOffice
from appliance.office.departments import Department
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Office
from appliance.store.atomic import AtomicFile, DamagedFile

log = logging.getLogger(__name__)

TEXT_WAIT = timedelta(minutes=5)
"""So long a mail waits for the text of its message. Another message may be before it."""
SAME_FAULT_AGAIN = timedelta(hours=24)
"""A fault that comes and goes is written about once in so long."""
EMPTY = Counts(new=0, saved=0)


class News:
    """Puts letters into the post office. seen: the file of the messages that were written about.

    A mail about a message that is being written down waits for the text.
    """

    def __init__(
        self,
        post: PostOffice,
        mail: MailRoom,
        faults: Faults,
        clock: Clock,
        office: Callable[[], Office],
        seen: Path,
        texts: MessageTexts,
    ) -> None:
        self._post = post
        self._mail = mail
        self._faults = faults
        self._clock = clock
        self._office = office
        self._texts = texts
        self._file = AtomicFile(seen)
        self._seen: dict[str, set[str]] | None = None
        """By mailbox; None while nobody is written to."""
        self._counts: dict[str, Counts] = {}
        """What each mailbox held when it was last looked through."""
        self._told = {fault: clock.now() for fault in faults.now}
        self._looking: asyncio.Task[None] | None = None
        self._again = False

    async def start(self) -> None:
        """Know what was written about, before anybody can leave a message."""
        with suppress(DamagedFile):
            content = await off_loop(self._file.read)
            if content is not None:
                self._seen = {mailbox: set(keys) for mailbox, keys in json.loads(content).items()}
        if self._seen is None and _anybody_wants_letters(self._office()):
            await self._begin(self._office())

    async def close(self) -> None:
        if self._looking is not None:
            await self._looking

    def look(self) -> None:
        """Something in the mailboxes may have changed."""
        self._again = True
        if self._looking is None:
            self._looking = asyncio.get_running_loop().create_task(self._look(), name="looks for new messages")

    def faults_changed(self) -> None:
        """Write to whoever wants to know of faults about those that are new; but not about mail that fails."""
        now, own = self._clock.now(), set(self._post.troubles)
        for fault in self._faults.now:
            last = self._told.get(fault)
            if fault in own or (last is not None and now - last < SAME_FAULT_AGAIN):
                continue
            self._told[fault] = now
            facts = {"fault": fault, "when": now.isoformat()}
            for person in self._office().people:
                if person.notify.faults:
                    self._post.put(Letter(LetterKind.FAULT, person.id, facts))
        for fault in [fault for fault, told in self._told.items() if now - told >= SAME_FAULT_AGAIN]:
            if fault not in self._faults.now:
                del self._told[fault]

    async def _look(self) -> None:
        try:
            while self._again:
                self._again = False
                office = self._office()
                if not _anybody_wants_letters(office):
                    await self._forget()
                    continue
                seen = self._seen if self._seen is not None else await self._begin(office)
                for owner in office.mailboxes:
                    if self._mail.counts(owner.id) != self._counts.get(owner.id, EMPTY):
                        await self._look_into(owner, seen)
        except OSError as error:
            log.error("the messages were not looked through: %s", kind_and_place(error))
        finally:
            self._looking = None

    async def _begin(self, office: Office) -> dict[str, set[str]]:
        """From now on somebody is written to, but not about what is there already."""
        self._seen = {}
        for owner in office.mailboxes:
            self._seen[owner.id] = {message_key(message) for message in await self._mail.new_messages(owner.id)}
        await self._save()
        return self._seen

    async def _forget(self) -> None:
        if self._seen is not None:
            self._seen = None
            self._counts.clear()
            await off_loop(self._remove)

    async def _look_into(self, owner: MailboxOwner, seen: dict[str, set[str]]) -> None:
        self._counts[owner.id] = self._mail.counts(owner.id)
        new = await self._mail.new_messages(owner.id)
        ids = await self._mail.ids(owner.id)
        there = {*ids.new, *ids.saved, *ids.deleted}
        before = seen.setdefault(owner.id, set())
        # One that was heard stays among them: who marks it as new again is not written to a second time.
        now = {key for key in before if key.partition("@")[0] in there} | {message_key(message) for message in new}
        for message in new:
            if message_key(message) not in before:
                waits = TEXT_WAIT if await self._texts.comes(message, owner) else timedelta(0)
                for letter in _letters(message, owner, waits):
                    if not await self._post.keep(letter):
                        now.discard(message_key(message))
                if waits:
                    await self._texts.complete(message)
        if now != before:
            seen[owner.id] = now
            await self._save()

    async def _save(self) -> None:
        kept = {mailbox: sorted(keys) for mailbox, keys in (self._seen or {}).items() if keys}
        try:
            await off_loop(self._write, json.dumps(kept).encode())
        except OSError as error:
            log.error("what was written about was not kept: %s", kind_and_place(error))

    def _write(self, content: bytes) -> None:
        self._file.path.parent.mkdir(parents=True, exist_ok=True)
        self._file.write(content)

    def _remove(self) -> None:
        for path in (self._file.path, self._file.previous):
            path.unlink(missing_ok=True)


def _anybody_wants_letters(office: Office) -> bool:
    notifying = office.notifying
    by_mail = bool(notifying.mail.host) and any(person.notify.mail for person in office.people)
    return by_mail or bool(notifying.post.url)


def _letters(message: Message, owner: MailboxOwner, waits: timedelta) -> Iterator[Letter]:
    """To the owner; of a department to each member. waits: see `Letter`."""
    people = (
        [member.person for member in owner.members if member.person] if isinstance(owner, Department) else [owner.id]
    )
    facts = {
        "key": letter_key(message),
        "number": message.caller_number,
        "caller_name": message.caller_name,
        "when": message.received.isoformat(),
        "seconds": str(message.seconds),
        "mailbox": owner.name,
        "urgent": "yes" if message.urgent else "",
        "private": "yes" if message.private else "",
        "words": message.words,
    }
    kind = LetterKind.WRITTEN if message.written else LetterKind.MESSAGE
    for person in people:
        yield Letter(kind, person, facts, None if message.private or message.written else message.path, waits)

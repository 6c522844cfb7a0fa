"""The counts of the mailboxes are those of the disk, whoever changes it: the unit itself or another program."""

from __future__ import annotations

import asyncio
from pathlib import Path

from appliance.calls.faults import Faults
from appliance.calls.mail import MailRoom
from appliance.clock import off_loop
from appliance.store.watching import MailboxWatch
from hw.said import said, told_by


class MailWatch:
    """Has the mail room count a mailbox again as soon as something has changed in it."""

    def __init__(self, mail: MailRoom, root: Path, faults: Faults) -> None:
        self._mail = mail
        self._root = root
        self._faults = faults
        self._watch: MailboxWatch | None = None
        self._changed: set[str] = set()
        self._counting: asyncio.Task[None] | None = None

    async def start(self) -> None:
        try:
            self._watch = await off_loop(MailboxWatch, self._root)
        except OSError as error:
            self._faults.report(
                said("lamps do not follow what other programs do to messages: %(why)s", why=told_by(error))
            )
            return
        asyncio.get_running_loop().add_reader(self._watch.fileno(), self._readable)

    async def close(self) -> None:
        if self._watch is not None:
            asyncio.get_running_loop().remove_reader(self._watch.fileno())
            self._watch.close()
            self._watch = None
        if self._counting is not None:
            await self._counting

    def _readable(self) -> None:
        if self._watch is None:
            return
        self._changed |= self._watch.changed()
        if self._changed and self._counting is None:
            self._counting = asyncio.get_running_loop().create_task(self._count(), name="counts messages")

    async def _count(self) -> None:
        try:
            while self._changed:
                await self._mail.recount(self._changed.pop())
        finally:
            self._counting = None

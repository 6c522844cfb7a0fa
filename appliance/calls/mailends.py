"""Messages and faxes that end by themselves: deleted ones, a day later, and those that were sent with a date."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol

from appliance.clock import Clock, off_loop
from appliance.faultlog import kind_and_place
from appliance.store.boxes import Gone

log = logging.getLogger(__name__)

KEPT_DELETED = timedelta(hours=24)
"""For so long a deleted message can be brought back."""

LONGEST_WAIT_SECONDS = 3600.0
"""The date is looked at so often: a unit without a battery learns the right one some time after its start."""

_AT_ONCE = datetime.min.replace(tzinfo=UTC)


class EndsByItself(Protocol):
    """What may end by itself: a message or a fax."""

    @property
    def id(self) -> str: ...

    @property
    def mailbox(self) -> str:
        """The box it is in."""

    @property
    def until(self) -> datetime | None:
        """From then on (UTC) it is deleted."""

    @property
    def deleted(self) -> bool:
        """It was deleted, and can still be brought back."""

    @property
    def deleted_at(self) -> datetime | None:
        """When it was deleted (UTC); None: it was not, or that is not known."""


class EndingStore(Protocol):
    """Where such things are. Its methods block."""

    def ending(self, mailbox: str, /) -> Sequence[EndsByItself]:
        """All in this box that end by themselves."""

    def remove(self, mailbox: str, id: str, /) -> None:
        """Remove one of them for good. Raises Gone."""


class MailEnds:
    """Removes each message, or fax, at its moment, or once the clock is set.

    gone: told the mailbox from which some were removed.
    """

    def __init__(self, store: EndingStore, clock: Clock, gone: Callable[[str], Awaitable[None]]) -> None:
        self._store = store
        self._clock = clock
        self._gone = gone
        self._due: dict[tuple[str, str], datetime] = {}
        self._deleted: set[tuple[str, str]] = set()
        """Which of them are deleted ones."""
        self._timer: asyncio.TimerHandle | None = None
        self._removing: asyncio.Task[None] | None = None

    async def open(self, mailboxes: Iterable[str]) -> None:
        """Look through mailboxes for what ends by itself, in place of those looked through before."""
        self._due.clear()
        self._deleted.clear()
        for mailbox in mailboxes:
            for message in await off_loop(self._store.ending, mailbox):
                self._enter(message)
        self._wait()

    def watch(self, message: EndsByItself) -> None:
        """A message has arrived, or was deleted or restored: end it when its time comes, or no longer."""
        self._enter(message)
        self._wait()

    async def make_room(self) -> bool:
        """Remove all deleted messages at once, since the disk is full. False: there are none."""
        there = bool(self._deleted)
        await self._remove(list(self._deleted))
        return there

    async def close(self) -> None:
        """Remove nothing more."""
        if self._timer is not None:
            self._timer.cancel()
        if self._removing is not None:
            self._removing.cancel()
            with suppress(asyncio.CancelledError):
                await self._removing

    def _enter(self, message: EndsByItself) -> None:
        place = message.mailbox, message.id
        self._deleted.discard(place)
        moments = [message.until] if message.until is not None else []
        if message.deleted:
            self._deleted.add(place)
            moments.append(message.deleted_at + KEPT_DELETED if message.deleted_at is not None else _AT_ONCE)
        if moments:
            self._due[place] = min(moments)
        else:
            self._due.pop(place, None)

    def _wait(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._due:
            seconds = (min(self._due.values()) - self._clock.now()).total_seconds()
            soonest = 0.0 if self._clock.may_delete else LONGEST_WAIT_SECONDS
            wait = min(max(seconds, soonest), LONGEST_WAIT_SECONDS)
            self._timer = asyncio.get_running_loop().call_later(wait, self._look)

    def _look(self) -> None:
        if self._removing is None or self._removing.done():
            self._removing = asyncio.get_running_loop().create_task(self._remove_due())

    async def _remove_due(self) -> None:
        if self._clock.may_delete:
            now = self._clock.now()
            await self._remove([place for place, moment in self._due.items() if moment <= now])
        self._wait()

    async def _remove(self, places: list[tuple[str, str]]) -> None:
        for place in places:
            self._due.pop(place, None)
            self._deleted.discard(place)
            try:
                await off_loop(self._store.remove, *place)
            except Gone:
                continue
            except OSError as error:  # It is found again at the next start.
                log.error("what had ended was not removed: %s", kind_and_place(error))
        for mailbox in dict.fromkeys(mailbox for mailbox, _ in places):
            await self._gone(mailbox)

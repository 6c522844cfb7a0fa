"""The fax room: the boxes of received faxes, off the loop, with a log of who opened what."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from appliance.calls.mailends import MailEnds
from appliance.clock import Clock, off_loop
from appliance.faultlog import kind_and_place
from appliance.office.faxbox import viewers
from appliance.office.model import Office, Person
from appliance.store.disk import StoreFull
from appliance.store.faxes import FaxCounts, FaxGone, FaxIds, FaxSheet, FaxStore, ReceivedFax
from appliance.store.faxopened import FaxOpened, FaxOpenedStore, SeenBy

__all__ = ["FaxCounts", "FaxGone", "FaxIds", "FaxRoom", "FaxSheet", "ReceivedFax", "SeenBy"]

log = logging.getLogger(__name__)

EMPTY = FaxCounts(new=0, seen=0)


class FaxRoom:
    """Fax boxes by the id of the person or department, and the office's.

    on_change is called after every change of the counts. The store's errors (StoreFull, an OSError; FaxGone) come out
    of the operations that write. A deleted fax is removed a day later.
    """

    def __init__(self, store: FaxStore, opened: FaxOpenedStore, clock: Clock) -> None:
        self._store = store
        self._opened = opened
        self._clock = clock
        self._ends = MailEnds(store, clock, self._recount)
        self._counts: dict[str, FaxCounts] = {}
        self.on_change: Callable[[], None] = lambda: None

    async def open(self, boxes: Iterable[str]) -> None:
        """Serve these boxes from now on, and count what is in them, so that lamps are right from the start."""
        self._counts = dict.fromkeys(boxes, EMPTY)
        for box in self._counts:
            self._counts[box] = await off_loop(self._store.counts, box)
        await self._ends.open(self._counts)
        self.on_change()

    async def close(self) -> None:
        """End no more faxes, and note nothing more."""
        await self._ends.close()
        await off_loop(self._opened.close)

    def counts(self, box: str) -> FaxCounts:
        return self._counts.get(box, EMPTY)

    def new_for(self, person: Person, office: Office) -> int:
        """What a lamp or stutter dial tone tells a person of: new faxes in all boxes that the person may see."""
        with_new = [box for box, counts in self._counts.items() if counts.new]
        return sum(self._counts[box].new for box in with_new if person.id in viewers(office, box))

    @property
    def any_new(self) -> bool:
        return any(counts.new for counts in self._counts.values())

    def full(self, box: str, most: int) -> bool:
        """Whether it holds so many faxes."""
        counts = self.counts(box)
        return counts.new + counts.seen >= most

    async def begin(self, box: str, sheet: FaxSheet) -> Path:
        """Where to put the pages of a fax. On a full disk, what was deleted makes room. Raises StoreFull."""
        try:
            return await off_loop(self._store.begin, box, sheet)
        except StoreFull:
            if not await self._ends.make_room():
                raise
            return await off_loop(self._store.begin, box, sheet)

    async def commit(self, path: Path, sheet: FaxSheet, box: str) -> ReceivedFax:
        """Make a received fax durable, in the box where it belongs."""
        fax = await off_loop(self._store.commit, path, sheet, box)
        await self._recount(box)
        return fax

    async def discard(self, path: Path) -> None:
        await off_loop(self._store.discard, path)

    async def ids(self, box: str) -> FaxIds:
        """Its faxes, each oldest first."""
        return await off_loop(self._store.ids, box)

    async def fax(self, box: str, id: str) -> ReceivedFax:
        """One of them. Raises FaxGone."""
        return await off_loop(self._store.read, box, id)

    async def note_opened(self, fax: ReceivedFax, by: str, how: SeenBy) -> None:
        """Note in the log that somebody gets to see it, or its paper lies at a printer. by: see `FaxOpened`."""
        sheet = fax.sheet
        noted = FaxOpened(self._clock.now(), by, how, fax.mailbox, fax.id, sheet.received, sheet.sender)
        try:
            await off_loop(partial(self._opened.add, noted, may_forget=self._clock.may_delete))
        except OSError as error:  # Nobody is kept from a fax by a log that cannot be written.
            log.error("who opened a fax was not noted: %s", kind_and_place(error))

    async def opened(self, fax: ReceivedFax, by: str, how: SeenBy) -> ReceivedFax:
        """Somebody has seen it, so that it is no longer new; that is noted. by: see `FaxOpened`."""
        await self.note_opened(fax, by, how)
        if not fax.new:
            return fax
        seen = await off_loop(self._store.see, fax, by, self._clock.now())
        await self._recount(fax.mailbox)
        return seen

    async def who_opened(self, box: str, id: str = "") -> list[FaxOpened]:
        """Who has opened the faxes of a box, or one of them, the last one first."""
        return await off_loop(self._opened.of, box, id)

    async def mark_new(self, fax: ReceivedFax) -> ReceivedFax:
        """Count it as not seen, so that it lights the lamp again."""
        marked = await off_loop(self._store.mark_new, fax)
        await self._recount(fax.mailbox)
        return marked

    async def note_told(self, fax: ReceivedFax) -> None:
        """Letters about it are in the post office, and it was given to the printer."""
        await off_loop(self._store.note_told, fax)

    async def delete(self, fax: ReceivedFax, by: str = "") -> ReceivedFax:
        """Delete it; for a day it can be restored. by: the id of whoever does so."""
        deleted = await off_loop(self._store.delete, fax, by, self._clock.now())
        self._ends.watch(deleted)
        await self._recount(fax.mailbox)
        return deleted

    async def restore(self, fax: ReceivedFax) -> ReceivedFax:
        """Bring it back, as one that was seen. Raises FaxGone where it is too late."""
        restored = await off_loop(self._store.restore, fax)
        self._ends.watch(restored)
        await self._recount(fax.mailbox)
        return restored

    async def forward(self, fax: ReceivedFax, box: str, by: str) -> ReceivedFax:
        """Put it into another box, too. by: the id of whoever does so. Raises StoreFull and FaxGone."""
        forwarded = await off_loop(self._store.forward, fax, box, by)
        await self._recount(box)
        return forwarded

    async def _recount(self, box: str) -> None:
        """A box that a new office no longer has keeps its faxes, but lights nothing."""
        if box not in self._counts:
            return
        try:
            counts = await off_loop(self._store.counts, box)
        except OSError as error:
            log.error("the faxes of a box were not counted: %s", kind_and_place(error))
            return
        if counts != self._counts.get(box):
            self._counts[box] = counts
            self.on_change()

"""The queue of faxes at work: what is due is tried, what each call has brought is kept, and what is over is told."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Protocol

from appliance.calls.faxcarriers import FaxCarriers
from appliance.calls.guard import forbidden_to
from appliance.calls.services import Services
from appliance.calls.signal import Signal
from appliance.calls.tasks import Tasks
from appliance.calls.trunk_protocol import State
from appliance.clock import off_loop
from appliance.faultlog import kind_and_place
from appliance.fax.job import FaxCause, FaxProgress, FaxResult, Sending
from appliance.fax.making.orders import HeaderLine, stamp_pages
from appliance.fax.making.refusal import CannotBeFaxed
from appliance.fax.sending.calling import FaxCall, FaxCallEnded
from appliance.fax.sending.queued import FaxState, FaxTry, QueuedFax
from appliance.fax.sending.queuestore import FaxQueueStore
from appliance.fax.sending.retries import LONGEST, after_call, interrupted
from appliance.fax.sending.wording import header_line, own_number
from appliance.media.engine import Engine
from appliance.office.faxsending import FaxSending
from appliance.office.model import Office
from appliance.switchboard import Switchboard
from hw.said import said, told_by

log = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(seconds=60)
"""The timer goes by the loop's clock, and what is due by the date, which may be set meanwhile."""
LOOKED_AGAIN = timedelta(hours=1)
"""At a fax that is too old, while the clock may be wrong."""
MOST_AT_ONCE = 4
"""Calls for faxes at a time, however many lines are free: each takes 15 % of a core."""
LIMIT_WAIT = timedelta(minutes=10)
"""Where its sender has called enough outside for now, or may not call this number while the office is closed."""
DISK_WAIT = timedelta(minutes=15)
"""Where the disk does not take that a call begins: without that it could be sent twice."""
NEXT_MORNING = time(9, 0)
"""When a number is dialled again at which no fax machine answered the day before, so that nobody is woken."""
NOT_KEPT = said("faxes are not sent: the disk is full or failing")


class PageStamper(Protocol):
    """See `appliance.fax.making.orders.stamp_pages`."""

    def __call__(self, pages: Path, into: Path, *, skip: int, header: HeaderLine) -> int: ...


class FaxQueue:
    """All faxes that are to be sent, and those that are over and still kept.

    changed: told each fax that stands otherwise than before. ended: told each that is over.
    """

    def __init__(
        self,
        store: FaxQueueStore,
        services: Services,
        switchboard: Switchboard,
        engine: Engine,
        carriers: FaxCarriers,
        stamp: PageStamper = stamp_pages,
    ) -> None:
        self.changed: Signal[[QueuedFax]] = Signal()
        self.ended: Signal[[QueuedFax]] = Signal()
        self.store = store
        """Where they are kept."""
        self._services = services
        self._switchboard = switchboard
        self._engine = engine
        self._carriers = carriers
        self._stamp = stamp
        self._faxes: dict[str, QueuedFax] = {}
        self._calls: dict[str, FaxCall] = {}
        """Those that go on, by the ids of their faxes."""
        self._cancelled: set[str] = set()
        """The ids of faxes that are not to be tried any more, while a try goes on."""
        self._keeping = asyncio.Lock()
        self._no_fax_at: dict[str, datetime] = {}
        """When something answered last that was no fax machine, by its number (UTC)."""
        self._unkept: set[str] = set()
        """The ids of faxes that stand otherwise than on the disk, which did not take it."""
        self._keeping_later: asyncio.TimerHandle | None = None
        self._tasks = Tasks(services.faults, self.look)
        self._timer: asyncio.TimerHandle | None = None
        self._open = False
        self._looking = False

    async def start(self) -> None:
        """Read what is there, and begin what is due. What the last run was sending goes on where it stood."""
        try:
            self._faxes = {fax.id: fax for fax in await off_loop(self.store.load)}
        except OSError as error:
            self._services.faults.report(said("faxes that wait cannot be read: %(why)s", why=told_by(error)))
        self._open = True
        for fax in self.faxes:
            self._note_no_fax(fax)
            if fax.state is FaxState.SENDING:
                await self._keep(interrupted(fax, self.now()))
        await self._tidy()
        self.look()

    async def close(self) -> None:
        """Begin nothing more. A call that goes on is ended, and its fax stays in the queue."""
        self._open = False
        for timer in (self._timer, self._keeping_later):
            if timer is not None:
                timer.cancel()
        await self._tasks.close()

    @property
    def faxes(self) -> list[QueuedFax]:
        """All of them, the oldest first."""
        return sorted(self._faxes.values(), key=lambda fax: (fax.queued, fax.id))

    def fax(self, id: str) -> QueuedFax | None:
        return self._faxes.get(id)

    @property
    def settings(self) -> FaxSending:
        """Of the office in use."""
        return self._office.fax.sending

    def next_try(self, fax: QueuedFax) -> datetime | None:
        """When it is tried next at the earliest; None: not any more, or just now."""
        return self._due(fax) if fax.state is FaxState.WAITING else None

    async def put(self, room: str, faxes: Sequence[QueuedFax]) -> None:
        """Take these faxes, whose pages are in this room of the store. OSError where they cannot be kept."""
        await off_loop(self.store.put, room, faxes)
        for fax in faxes:
            self._faxes[fax.id] = fax
            self.changed.tell(fax)
        self.look()

    async def cancel(self, id: str) -> bool:
        """Send this fax no more. False where it is over already, or there is none. Pages that have gone have gone."""
        fax = self._faxes.get(id)
        if fax is None or fax.state.over:
            return False
        if fax.state is FaxState.SENDING:  # Its try looks at this before its call and behind it.
            self._cancelled.add(id)
            if (call := self._calls.get(id)) is not None:
                call.stop()
            return True
        await self._keep(replace(fax, state=FaxState.CANCELLED, over=self.now()))
        return True

    def look(self) -> None:
        """Begin what can begin now. It is asked at every change of the unit."""
        if not self._open or self._looking:
            return
        self._looking = True  # What is begun changes something of the unit, and nobody need look again for that.
        try:
            going_on = sorted(
                (fax for fax in self._faxes.values() if not fax.state.over), key=lambda fax: (fax.queued, fax.id)
            )
            sending = {fax.number for fax in going_on if fax.state is FaxState.SENDING}
            waits = [wait for fax in going_on if (wait := self._look_at(fax, sending)) is not None]
        finally:
            self._looking = False
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        if waits:
            wait = min([*waits, LONGEST_WAIT])
            self._timer = asyncio.get_running_loop().call_later(wait.total_seconds(), self.look)

    # When

    def _look_at(self, fax: QueuedFax, sending: set[str]) -> timedelta | None:
        """Begin this fax, if it can be; otherwise for how long to wait. None: for a change of the unit, or for ever.

        sending: the numbers to which faxes are sent now. Two at once would find each other's busy tone.
        """
        if fax.state is not FaxState.WAITING:
            return None
        now = self.now()
        if now - max(fax.queued, fax.not_before or fax.queued) >= LONGEST:
            if not self._services.clock.may_delete:  # It may not be as old as that.
                return LOOKED_AGAIN
            self._begin(fax, self._give_up(replace(fax, state=FaxState.FAILED, over=now)))
            return None
        wait = self._due(fax) - now
        if wait > timedelta():
            return wait
        free = len(sending) < MOST_AT_ONCE and self._free_lines > self._kept_free
        if free and fax.number not in sending:
            sending.add(fax.number)
            self._begin(fax, self._try(fax))
        return None

    def _begin(self, fax: QueuedFax, work: Coroutine[object, object, None]) -> None:
        self._faxes[fax.id] = replace(fax, state=FaxState.SENDING)
        self._tasks.begin("the sending of a fax", work)

    def no_machine_today(self, number: str) -> bool:
        """Whether no fax machine has answered at this number today, so that it is not called before the morning."""
        answered = self._no_fax_at.get(number)
        return answered is not None and self._morning_behind(answered) > self.now()

    def _due(self, fax: QueuedFax) -> datetime:
        """Not before this: its own time, the morning behind a day on which no fax machine answered, quiet hours."""
        due = fax.due
        if (answered := self._no_fax_at.get(fax.number)) is not None:
            due = max(due, self._morning_behind(answered))
        quiet, local = self.settings.quiet, self._office.local(max(due, self.now()))
        if quiet.at(local.time()):
            ends = local.replace(hour=quiet.ends.hour, minute=quiet.ends.minute, second=0, microsecond=0)
            due = max(due, (ends if ends > local else ends + timedelta(days=1)).astimezone(due.tzinfo))
        return due

    def _morning_behind(self, moment: datetime) -> datetime:
        """The next morning on the office's clock, if that day is not over yet."""
        local = self._office.local(moment)
        morning = datetime.combine(local.date() + timedelta(days=1), NEXT_MORNING, local.tzinfo)
        return morning.astimezone(moment.tzinfo)

    @property
    def _free_lines(self) -> int:
        return sum(trunk.free for trunk in self._services.lines.trunks if trunk.facts.outside)

    @property
    def _kept_free(self) -> int:
        """Lines kept for calls: as many as the office wants, but one that works is there for faxes if any does."""
        working = sum(one.facts.outside and one.state is not State.LOST for one in self._services.lines.trunks)
        return max(min(self.settings.lines_kept, working - 1), 0)

    async def _give_up(self, fax: QueuedFax) -> None:
        await self._keep(fax)

    # One call

    async def _try(self, fax: QueuedFax) -> None:
        office, now = self._office, self.now()
        person = office.person(fax.person)
        forbidden = forbidden_to(self._services, office, fax.number, person, None, from_outside=False)
        if forbidden is not None:
            await self._keep(self._if_wanted(replace(fax, due=now + LIMIT_WAIT)))
            return
        begun = replace(fax, state=FaxState.SENDING, tries=(*fax.tries, FaxTry(now)))
        if not await self._keep(begun):
            later = self._if_wanted(replace(fax, due=now + DISK_WAIT))
            self._faxes[fax.id] = later
            if later.state.over:
                await self._keep(later)
            return
        ended = await self._call(begun)
        if not self._open:  # The unit is being stopped: the next run sees to it.
            return
        fax = self._faxes[fax.id]
        last = fax.last
        assert last is not None
        result = ended.result
        counts = not ended.taken and result.cause is not FaxCause.NO_LINE
        confirmed = min(max(fax.confirmed, begun.confirmed + result.pages), fax.pages)
        cause = result.cause
        if cause is FaxCause.COMPLETE and confirmed < fax.pages:  # What was not confirmed has not arrived.
            cause = FaxCause.FAR_END
        facts = replace(
            last,
            ended=self.now(),
            cause=cause,
            pages=result.pages,
            far_identity=result.far_identity,
            bit_rate=result.bit_rate,
            ecm=result.ecm,
            call=ended.call,
            detail=result.detail,
            counts=counts,
        )
        await self._keep(self._if_wanted(after_call(replace(fax, confirmed=confirmed), facts)))

    def _if_wanted(self, fax: QueuedFax) -> QueuedFax:
        """A fax behind a try, as it stands; one that was cancelled meanwhile is not tried again."""
        cancelled = fax.id in self._cancelled
        self._cancelled.discard(fax.id)
        return replace(fax, state=FaxState.CANCELLED, over=self.now()) if cancelled and not fax.state.over else fax

    async def _call(self, fax: QueuedFax) -> FaxCallEnded:
        office = self._office
        header = header_line(office, self.now())
        pages, stamped = self.store.pages(fax), self.store.stamped(fax)
        try:
            await off_loop(lambda: self._stamp(pages, stamped, skip=fax.confirmed, header=header))
        except CannotBeFaxed as refused:
            return FaxCallEnded(FaxResult(FaxCause.BAD_PAGES, 0, detail=str(refused.why)))
        except OSError as error:
            return FaxCallEnded(FaxResult(FaxCause.STORAGE, 0, detail=kind_and_place(error)))
        if fax.id in self._cancelled:
            return FaxCallEnded(FaxResult(FaxCause.CANCELLED, 0))
        call = self._calls[fax.id] = FaxCall(self._services, self._switchboard, self._engine, self._carriers)
        job = Sending(stamped, own_number(office), header="", most_bit_rate=fax.most_bit_rate)
        told: set[asyncio.Task[None]] = set()

        def progress(so_far: FaxProgress) -> None:
            now = self._faxes[fax.id]
            last = now.last
            assert last is not None
            confirmed = fax.confirmed + so_far.page
            facts = replace(last, pages=so_far.page, far_identity=so_far.far_identity, bit_rate=so_far.bit_rate)
            self._faxes[fax.id] = replace(now.with_last(facts), confirmed=confirmed)
            told.add(self._tasks.begin("the noting of a fax's page", self._note(fax.id)))

        try:
            person = office.person(fax.person)
            return await call.made(fax.number, person, self._kept_free, job, progress)
        finally:
            del self._calls[fax.id]
            if self._open:
                await asyncio.gather(*told, return_exceptions=True)
                with suppress(OSError):
                    await off_loop(lambda: stamped.unlink(missing_ok=True))

    async def _note(self, id: str) -> None:
        """A page was confirmed: that is on disk before the next one can be."""
        await self._keep(self._faxes[id])

    # On disk

    async def _keep(self, fax: QueuedFax) -> bool:
        """Keep how a fax stands now. False where the disk does not take it, which is told as a fault."""
        self._faxes[fax.id] = fax
        kept = await self._written(fax)
        self.changed.tell(fax)
        if fax.state.over:
            self._note_no_fax(fax)
            self.ended.tell(fax)
            await self._tidy()
        return kept

    def _note_no_fax(self, fax: QueuedFax) -> None:
        last = fax.last
        if last is not None and last.cause is FaxCause.NOT_A_FAX and last.ended is not None:
            self._no_fax_at[fax.number] = last.ended

    async def _written(self, fax: QueuedFax) -> bool:
        """Whether the disk has taken it; otherwise it is tried again after a minute."""
        try:
            async with self._keeping:
                await off_loop(self.store.change, fax)
        except OSError as error:
            log.error("how a fax stands was not kept: %s", kind_and_place(error))
            self._services.faults.report(NOT_KEPT)
            self._unkept.add(fax.id)
            if self._keeping_later is None and self._open:
                again = LONGEST_WAIT.total_seconds()
                self._keeping_later = asyncio.get_running_loop().call_later(again, self._write_again)
            return False
        self._unkept.discard(fax.id)
        self._services.faults.withdraw(NOT_KEPT)
        return True

    def _write_again(self) -> None:
        self._keeping_later = None
        self._tasks.begin("the keeping of faxes", self._write_all())

    async def _write_all(self) -> None:
        for id in list(self._unkept):
            await self._written(self._faxes[id])

    async def _tidy(self) -> None:
        """Remove what has been over for long enough."""
        if not self._services.clock.may_delete:
            return
        since = self.now() - timedelta(days=self.settings.kept_days)
        for fax in self.faxes:
            if fax.state.over and fax.over is not None and fax.over < since:
                if self._faxes.pop(fax.id, None) is None:  # Another fax that is over has had it removed meanwhile.
                    continue
                self._unkept.discard(fax.id)
                with suppress(OSError):
                    await off_loop(self.store.remove, fax)

    @property
    def _office(self) -> Office:
        return self._switchboard.office

    def now(self) -> datetime:
        """This moment (UTC)."""
        return self._services.clock.now()

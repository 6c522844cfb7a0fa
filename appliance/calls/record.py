"""The record of a call in the call log: begun once, noted now and again while the call goes on, and finished once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from appliance.calls.faults import Faults
from appliance.calls.outcome import Cause, Outcome
from appliance.calls.signal import Signal
from appliance.clock import Clock, off_loop
from appliance.faultlog import kind_and_place
from appliance.office.model import Person
from appliance.store.calllog import CallLog, CallRecord, CallStep, Direction, History
from appliance.store.message import Message
from hw.callerid.coding import CallerId
from hw.said import said

__all__ = ["CallRecord", "Record", "Records"]

log = logging.getLogger(__name__)

NOTE_SECONDS = 10.0
NOT_LOGGED = said("calls are not being logged: the disk is full or failing")


class Records:
    """Makes the records of a unit's calls. A log that cannot be written must not keep anybody from telephoning."""

    def __init__(self, calls: CallLog, clock: Clock, faults: Faults) -> None:
        self._log = calls
        self._clock = clock
        self._faults = faults
        self._serial = 0
        self.ended: Signal[[CallRecord]] = Signal()
        """A call is over and written down."""
        self.over: Callable[[CallRecord, bool], Awaitable[None]] = _nothing
        """Awaited when a call is over, before that is written down, with whether the caller talked to somebody."""

    def begin(self, direction: Direction, line: str, called: str = "") -> Record:
        """Of a call that begins now. No caller waits for the disk: it is written meanwhile.

        The id stays unique where a unit without a clock of its own starts at the same time again and again.
        """
        self._serial += 1
        now = self._clock.now()
        id = f"{now:%Y%m%d-%H%M%S}-{now.microsecond:06}-{self._serial}"
        return Record(self, CallRecord(id=id, started=now, direction=direction, line=line, called=called))

    def now(self) -> datetime:
        return self._clock.now()

    async def write(self, write: Callable[[CallLog], None], id: str) -> None:
        """Write to the log, off the loop."""
        try:
            await off_loop(write, self._log)
        except (OSError, LookupError, ValueError) as error:
            log.error("call %s was not logged: %s", id, kind_and_place(error))
            self._faults.report(NOT_LOGGED)

    async def message_heard(self, message: Message, at: datetime) -> None:
        """Note for the figures how long a message has waited: neither whose it is nor who left it."""
        received = message.received
        await self.write(lambda calls: calls.message_heard(received, at), message.id)

    async def history(self, numbers: Collection[str], before: datetime) -> History | None:
        """The calls that came from a caller before this time; None where the log cannot be read."""
        try:
            return await off_loop(self._log.history, numbers, before)
        except OSError as error:
            log.error("the log was not read: %s", kind_and_place(error))
            return None

    async def person_before(self, numbers: Collection[str]) -> str:
        """The id of the person whom a caller talked to last; empty for nobody, or where the log cannot be read."""
        try:
            return await off_loop(self._log.person_before, numbers)
        except OSError as error:
            log.error("the log was not read: %s", kind_and_place(error))
            return ""

    async def last_caller(self, person: str) -> str:
        """The number of whoever reached this person last; empty for nobody, or where the log cannot be read."""
        try:
            found = await off_loop(self._log.last_caller, person)
        except OSError as error:
            log.error("the log was not read: %s", kind_and_place(error))
            return ""
        return found.caller_number if found is not None else ""

    async def found(self, ask: Callable[[CallLog], CallRecord | None]) -> CallRecord | None:
        """A call that the log is asked for; None where there is none, or the log cannot be read."""
        try:
            return await off_loop(ask, self._log)
        except OSError as error:
            log.error("the log was not read: %s", kind_and_place(error))
            return None

    async def write_alive(self) -> None:
        """Note that the unit lives, so that after a power cut the length of its calls is known."""
        try:
            await off_loop(self._log.alive, self._clock.now())
        except OSError as error:
            log.error("the time was not logged: %s", kind_and_place(error))


class Record:
    """One call's. Whoever learns something of the call says so at once; it is on the disk some seconds later.

    known: what stands in the log, or soon will. talked: the caller was connected with somebody who was there. on_step:
    called when the call has come further.
    """

    def __init__(self, records: Records, begun: CallRecord) -> None:
        self.known = begun
        self.talked = False
        self.on_step: Callable[[], None] = lambda: None
        self._records = records
        self._over = asyncio.Event()
        self._begun = asyncio.ensure_future(records.write(lambda calls: calls.begin(begun), begun.id))
        self._noting: asyncio.Task[None] | None = None

    @property
    def id(self) -> str:
        return self.known.id

    def came_from(self, caller_id: CallerId | None) -> None:
        """Who calls; private or unavailable is said in place of the number."""
        if caller_id is not None:
            self.known = replace(self.known, caller_number=caller_id.shown, caller_name=caller_id.name)

    async def history(self, numbers: Collection[str]) -> History | None:
        """The caller's calls before this one, by the forms of the number; None where the log cannot be read."""
        return await self._records.history(numbers, self.known.started)

    async def person_before(self, numbers: Collection[str]) -> str:
        """Whom a caller talked to last, by the forms of the number; empty for nobody, or where no log can be read."""
        return await self._records.person_before(numbers)

    async def last_caller(self, person: str) -> str:
        """The number of whoever reached this person last; empty for nobody, or where no log can be read."""
        return await self._records.last_caller(person)

    async def last_dialled(self, *, outside: bool) -> CallRecord | None:
        """The call before this one that the same telephone has dialled a number for. outside: a number outside."""
        known = self.known
        return await self._records.found(lambda calls: calls.last_dialled(known.line, known.started, outside=outside))

    async def last_call_for(self, person: Person) -> CallRecord | None:
        """The last call for this person that did not begin on the same telephone as this one."""
        known = self.known
        return await self._records.found(
            lambda calls: calls.last_call_for(person.id, person.extension, but_on=known.line)
        )

    def answered(self) -> None:
        """The caller is connected to something. Only the first time counts."""
        if self.known.answered is None:
            self.known = replace(self.known, answered=self._records.now())

    def dialled(self, called: str) -> None:
        """What the call is for, as it was dialled."""
        self.known = replace(self.known, called=called)

    def goes_out(self) -> None:
        """A trunk is wanted for it."""
        self.known = replace(self.known, direction="out")

    def reached(self, person: str) -> None:
        """The id of the person who takes the call or the message."""
        self.known = replace(self.known, reached=person)

    def failed(self, fault: str) -> None:
        """Something went wrong in the unit itself."""
        self.known = replace(self.known, fault=fault)

    def step(self, what: str) -> None:
        """The call has come here."""
        seconds = (self._records.now() - self.known.started).total_seconds()
        self.known = replace(self.known, steps=(*self.known.steps, CallStep(round(seconds, 2), what)))
        self.on_step()

    def note(self) -> None:
        """Write down now and again what is known, until it is finished: the power may go in the middle of the call."""
        self._noting = asyncio.create_task(self._note(), name=f"log of call {self.id}")

    async def finish(self, outcome: Outcome, cause: Cause) -> None:
        """The call is over."""
        self._over.set()
        if self._noting is not None:
            await self._noting
        await self._begun
        self.known = replace(self.known, ended=self._records.now(), outcome=outcome.value, cause=cause.value)
        await self._records.over(self.known, self.talked)
        await self._write()
        self._records.ended.tell(self.known)

    async def _note(self) -> None:
        await self._begun
        while not self._over.is_set():
            await self._write()
            await self._records.write_alive()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), NOTE_SECONDS)

    async def _write(self) -> None:
        known = self.known
        await self._records.write(lambda calls: calls.finish(known), known.id)


async def _nothing(_call: CallRecord, _talked: bool) -> None:
    """Nobody wants to know."""

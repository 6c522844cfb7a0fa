"""The switchboard: takes what the lines bring, opens a call record, runs a flow, and cleans up behind it.

Each call is one task. Whatever happens in it stays in it: the fault is logged with the call's id, the caller is
told politely, and every line of the call is released.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, replace

from appliance.calls.call import Call
from appliance.calls.outcome import CallEnded, Cause, FaxCalling, Outcome
from appliance.calls.services import Services
from appliance.calls.station import StationLine
from appliance.calls.trunk import TrunkLine
from appliance.calls.trunk_protocol import State
from appliance.clock import off_loop
from appliance.faultlog import kind_and_place
from appliance.flows.builtin import builtin_attendant
from appliance.flows.incoming import incoming
from appliance.flows.route import go
from appliance.flows.station import left_off_hook, station
from appliance.office.model import Office
from appliance.office.phrase import phrase
from appliance.store.calllog import CallLog, CallRecord, Direction
from hw.callerid.coding import CallerId

log = logging.getLogger(__name__)

CLOSING_SECONDS = 3.0
CUT_SHORT_BY_CLOSING = (
    Outcome.ABANDONED,
    Outcome.CONNECTED,
    Outcome.OPERATOR,
    Outcome.DIALLED_OUT,
    Outcome.NOT_DIALLED,
    Outcome.FAULT,
)
NOTE_SECONDS = 10.0
FAIL_SAFE_SECONDS = 10.0
"""A line that rang too long is answered at its next ring; a call that comes later is another one."""


@dataclass(slots=True)
class Ongoing:
    """A call in progress, for `status`."""

    id: str
    line: str
    caller: str
    call: Call


class Switchboard:
    """Connects lines to flows.

    office: whose rules calls follow that begin now. builtin: there is no usable office, so the built-in attendant
    answers. on_change: called when a call has begun or ended.
    """

    def __init__(self, services: Services, office: Office, calls: CallLog, *, builtin: bool = False) -> None:
        self.ongoing: dict[str, Ongoing] = {}
        self.builtin = builtin
        self.office = office
        self.on_change: Callable[[], None] = lambda: None
        self._services = services
        self._lines, self._faults = services.lines, services.faults
        self._log = calls
        self._tasks: set[asyncio.Task[None]] = set()
        self._incoming_on: dict[TrunkLine, asyncio.Task[None]] = {}
        self._rang_too_long: dict[TrunkLine, float] = {}
        self._closing = False
        self._serial = 0
        for trunk in services.lines.trunks:
            trunk.on_ring = self._rung
            trunk.on_unanswered = self._unanswered
            trunk.on_battery = self._battery
        for line in services.lines.station_lines:
            line.on_lifted = self._lifted
            line.on_released = self._left_off_hook

    async def close(self) -> None:
        """Take no more calls, end every call as if its caller had left, and wait until all is released and logged.

        So a message that is being recorded is kept. A call that has not ended after some seconds is cancelled.
        """
        self._closing = True
        legs = [trunk.leg for trunk in self._lines.trunks] + [line.leg for line in self._lines.station_lines]
        for leg in legs:
            if leg is not None:
                leg.left(Cause.RELEASED)
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=CLOSING_SECONDS)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # What the lines bring

    def _rung(self, trunk: TrunkLine) -> None:
        task = self._start(f"call on {trunk.name}", self._incoming(trunk))
        if task is not None:
            self._incoming_on[trunk] = task

    def _unanswered(self, trunk: TrunkLine) -> None:
        """The fail-safe: what should have answered is ended, and at the next ring the built-in attendant answers."""
        self._rang_too_long[trunk] = asyncio.get_running_loop().time()
        if (task := self._incoming_on.get(trunk)) is not None:
            task.cancel()

    def _battery(self, trunk: TrunkLine, there: bool) -> None:
        if there:
            self._faults.withdraw(dead_line(trunk))
        else:
            self._faults.report(dead_line(trunk))

    def _lifted(self, line: StationLine) -> None:
        self._start(f"call from {line.name}", self._from_station(line))

    def _left_off_hook(self, line: StationLine) -> None:
        if line.leg is not None:
            call = Call(self._services, self.office, line, None, go)
            self._start(f"{line.name} left off hook", left_off_hook(call))

    async def _incoming(self, trunk: TrunkLine) -> None:
        leg = trunk.leg
        if leg is None:
            return
        since = asyncio.get_running_loop().time() - self._rang_too_long.pop(trunk, -FAIL_SAFE_SECONDS)
        failed = since < FAIL_SAFE_SECONDS
        unsure = trunk.state is State.UP
        called = trunk.called or trunk.facts.number
        record = self._new_record("in", trunk.name, called=called)
        begun = asyncio.ensure_future(self._write(self._log.begin, record))  # No caller waits for the disk.
        if failed:
            self._faults.report(f"{trunk.name} rang too long; the built-in attendant answered it")
        try:
            if failed or await self._may_answer(trunk, record, begun):
                call = Call(self._services, self.office, trunk, trunk.caller_id, go, unsure=unsure)
                call.called = called
                await self._run(call, self._flow(call, failed), _with_caller(record, trunk.caller_id), begun)
        finally:
            leg.release()

    def _flow(self, call: Call, failed: bool) -> Awaitable[Outcome]:
        """What answers a call that comes in. failed: it rang too long before."""
        return builtin_attendant(call) if self.builtin or failed else incoming(call)

    async def _may_answer(self, trunk: TrunkLine, record: CallRecord, begun: Awaitable[None]) -> bool:
        """Wait for the moment to answer. A caller who does not wait so long is logged here, and so is being stopped."""
        try:
            await trunk.ready_to_answer()
        except CallEnded as ended:
            outcome = Outcome.INTERRUPTED if self._closing else Outcome.ABANDONED
            await begun
            await self._finish(_with_caller(record, trunk.caller_id), outcome, ended.cause)
            return False
        except asyncio.CancelledError:
            await begun
            await self._finish(_with_caller(record, trunk.caller_id), Outcome.INTERRUPTED, Cause.RELEASED)
            raise
        return True

    async def _from_station(self, line: StationLine) -> None:
        leg = line.leg
        if leg is None:
            return
        owner = self.office.at_station(line.name)
        caller_id = CallerId(number=owner.extension, name=owner.name) if owner else None
        record = _with_caller(self._new_record("inside", line.name), caller_id)
        call = Call(self._services, self.office, line, caller_id, go)
        begun = asyncio.ensure_future(self._write(self._log.begin, record))
        try:
            await self._run(call, station(call), record, begun)
        finally:
            leg.release()

    # One call

    async def _run(self, call: Call, flow: Awaitable[Outcome], record: CallRecord, begun: Awaitable[None]) -> None:
        """Run a flow to its end, whatever that is, and log it once its beginning stands in the log."""
        self.ongoing[record.id] = Ongoing(record.id, call.caller.name, record.caller_number or record.caller_name, call)
        self.on_change()
        outcome, fault = Outcome.FAULT, ""
        over = asyncio.Event()
        noting = asyncio.create_task(self._note(call, record, begun, over), name=f"log of call {record.id}")
        try:
            outcome = await flow
        except CallEnded:
            outcome = Outcome.ABANDONED
        except FaxCalling:
            outcome = Outcome.FAX_NOT_ACCEPTED
        except Exception as error:
            log.error("call %s failed: %s", record.id, kind_and_place(error))
            fault = type(error).__name__
            self._faults.report(f"a call failed, see the log: {fault}")
            await self._apologize(call)
        finally:
            if self._closing and outcome in CUT_SHORT_BY_CLOSING:
                outcome = Outcome.INTERRUPTED
            gone = call.caller.leg.gone.result() if call.caller.leg.gone.done() else Cause.RELEASED
            call.hang_up()
            del self.ongoing[record.id]
            self.on_change()
            over.set()
            await noting
            await self._finish(replace(_known(record, call), fault=fault), outcome, call.cause or gone)

    async def _note(self, call: Call, record: CallRecord, begun: Awaitable[None], over: asyncio.Event) -> None:
        """Write down now and again what is known of a call until it is over: the power may go in its middle."""
        await begun
        while not over.is_set():
            await self._write(self._log.finish, _known(record, call))
            await self._write_alive()
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), NOTE_SECONDS)

    async def _write_alive(self) -> None:
        try:
            await off_loop(self._log.alive, self._services.clock.now())
        except OSError as error:
            log.error("the time was not logged: %s", kind_and_place(error))

    async def _apologize(self, call: Call) -> None:
        with suppress(Exception):
            await call.answer()
            await call.caller.play(phrase("system-fault"))

    # The log

    async def _finish(self, record: CallRecord, outcome: Outcome, cause: Cause) -> None:
        record = replace(record, ended=self._services.clock.now(), outcome=outcome.value, cause=cause.value)
        await self._write(self._log.finish, record)

    async def _write(self, write: Callable[[CallRecord], None], record: CallRecord) -> None:
        """A log that cannot be written must not keep anybody from telephoning."""
        try:
            await off_loop(write, record)
        except (OSError, LookupError, ValueError) as error:
            log.error("call %s was not logged: %s", record.id, kind_and_place(error))
            self._faults.report("calls are not being logged: the disk is full or failing")

    def _new_record(self, direction: Direction, line: str, called: str = "") -> CallRecord:
        """The id stays unique where a unit without a clock of its own starts at the same time again and again."""
        self._serial += 1
        now = self._services.clock.now()
        id = f"{now:%Y%m%d-%H%M%S}-{now.microsecond:06}-{self._serial}"
        return CallRecord(id=id, started=now, direction=direction, line=line, called=called)

    # Tasks

    def _start(self, name: str, work: Coroutine[object, object, None]) -> asyncio.Task[None] | None:
        if self._closing:
            work.close()
            return None
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("%s failed outside its flow: %s", task.get_name(), kind_and_place(error))
            self._faults.report(f"{task.get_name()} failed: {type(error).__name__}")


def dead_line(trunk: TrunkLine) -> str:
    """What people are told of a line without battery."""
    return f"{trunk.name} is dead: {trunk.dead_because}"


def _known(record: CallRecord, call: Call) -> CallRecord:
    """The record with what the call has come to so far."""
    return replace(
        record,
        direction="out" if call.outgoing else record.direction,
        answered=call.answered_at,
        called=call.called,
        reached=call.reached,
    )


def _with_caller(record: CallRecord, caller_id: CallerId | None) -> CallRecord:
    """The record with its caller; private or unavailable is said in place of the number."""
    if caller_id is None:
        return record
    return replace(record, caller_number=caller_id.shown, caller_name=caller_id.name)

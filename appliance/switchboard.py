"""The switchboard: takes calls from the lines, begins their records, runs a flow for each, and cleans up afterwards.

Each call is one task. A fault in it reaches no other: it is logged with the call's id, the caller is told that
something went wrong, and every line of the call is released.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from appliance.calls.byitself import lifted
from appliance.calls.call import Call, Route
from appliance.calls.leg import Leg
from appliance.calls.linewatch import LineWatch
from appliance.calls.lostcallers import CALLED_BY_US
from appliance.calls.outcome import CallEnded, Cause, FaxCalling, Outcome
from appliance.calls.party import Party, says_nothing
from appliance.calls.record import Record, Records
from appliance.calls.services import Services
from appliance.calls.station import StationLine
from appliance.calls.tasks import Tasks
from appliance.calls.trunk import TrunkLine
from appliance.calls.trunk_protocol import State
from appliance.faultlog import kind_and_place
from appliance.flows.builtin import builtin_attendant
from appliance.flows.fax import receive_heard
from appliance.flows.incoming import incoming
from appliance.flows.route import go
from appliance.flows.station import left_off_hook, station
from appliance.office.model import Office, Person
from appliance.office.phrase import phrase
from appliance.store.calllog import CallLog, CallRecord, Direction
from hw.callerid.coding import CallerId
from hw.said import Said, said

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
FAIL_SAFE_SECONDS = 10.0
"""A line that rang too long is answered by the built-in attendant at its next ring, if that comes within so long. A
ring that comes later belongs to another call."""


@dataclass(slots=True)
class Ongoing:
    """A call in progress, for `status`."""

    id: str
    line: str
    caller: str
    call: Call


class Switchboard:
    """Connects lines to flows."""

    def __init__(self, services: Services, office: Office, calls: CallLog, *, builtin: bool = False) -> None:
        self.ongoing: dict[str, Ongoing] = {}
        """The calls in progress, by id."""
        self.builtin = builtin
        """There is no usable office, so the built-in attendant answers."""
        self.office = office
        """Its rules are followed by calls that begin now."""
        self.route: Route = go
        """Follows destinations."""
        self.on_change: Callable[[], None] = lambda: None
        """Called when a call has begun or ended."""
        self._services = services
        self._lines, self._faults = services.lines, services.faults
        self._records = Records(calls, services.clock, services.faults)
        self._records.over = self._over
        self._tasks = Tasks(services.faults)
        self._incoming_on: dict[TrunkLine, asyncio.Task[None]] = {}
        self._rang_too_long: dict[TrunkLine, float] = {}
        self._closing = False
        for trunk in services.lines.trunks:
            trunk.on_ring = self._rung
            trunk.on_unanswered = self._unanswered
            trunk.on_battery = self._battery
        self.line_watch = LineWatch(services.lines, services.faults)
        """Tells what is wrong with the lines; whoever `start`s it has it look around, too."""
        self._test_line: TrunkLine | None = None
        for line in services.lines.station_lines:
            line.on_lifted = self._lifted
            line.on_released = self._left_off_hook

    def attend_test_line(self, line: TrunkLine) -> None:
        """Take calls on this line, too, though it is none of the office's: people try there what callers meet."""
        self._test_line = line
        line.on_ring = self._rung

    @property
    def records(self) -> Records:
        """Makes the records of its calls, and tells when one is over."""
        return self._records

    async def close(self) -> None:
        """Take no more calls, end every call as if its caller had left, and wait until all is released and logged.

        So a message that is being recorded is kept. A call that has not ended after some seconds is cancelled.
        """
        self._closing = True
        trunks = [*self._lines.trunks, *([self._test_line] if self._test_line is not None else [])]
        legs = [trunk.leg for trunk in trunks if trunk.leg is not None]
        legs += [leg for line in self._lines.station_lines for leg in line.legs]
        for leg in legs:
            leg.left(Cause.RELEASED)
        await self._tasks.close(CLOSING_SECONDS)

    # What the lines bring

    def _rung(self, trunk: TrunkLine) -> None:
        task = self._start(f"call on {trunk.name}", self._incoming(trunk))
        if task is not None:
            self._incoming_on[trunk] = task

    def _unanswered(self, trunk: TrunkLine) -> None:
        """The fail-safe for a line that has rung too long: end the task that should have answered. At the next ring
        the built-in attendant answers."""
        self._rang_too_long[trunk] = asyncio.get_running_loop().time()
        if (task := self._incoming_on.get(trunk)) is not None:
            task.cancel()

    def _battery(self, trunk: TrunkLine, there: bool) -> None:
        if there:
            self._faults.withdraw(dead_line(trunk))
        else:
            self._faults.report(dead_line(trunk))

    def _lifted(self, line: StationLine, leg: Leg) -> None:
        self._start(f"call from {line.name}", self._from_station(line, leg))

    def _left_off_hook(self, line: StationLine, leg: Leg) -> None:
        party = Party(leg, line, says_nothing)
        self._start(f"{line.name} left off hook", left_off_hook(party, self._services))

    async def _incoming(self, trunk: TrunkLine) -> None:
        leg = trunk.leg
        if leg is None:
            return
        since = asyncio.get_running_loop().time() - self._rang_too_long.pop(trunk, -FAIL_SAFE_SECONDS)
        failed = since < FAIL_SAFE_SECONDS
        unsure = trunk.state is State.UP
        direction: Direction = "test" if trunk is self._test_line else "in"
        record = self._records.begin(direction, trunk.name, trunk.called or trunk.facts.number)
        if failed:
            self._faults.report(said("%(line)s rang too long; the built-in attendant answered it", line=trunk.name))
        try:
            if failed or await self._may_answer(trunk, record):
                record.came_from(trunk.caller_id)
                call = Call(self._services, self.office, leg, trunk, trunk.caller_id, record, self.route, unsure=unsure)
                await self._run(call, self._flow(call, failed))
        finally:
            leg.release()

    def _flow(self, call: Call, failed: bool) -> Awaitable[Outcome]:
        """The flow that answers an incoming call. failed: the call has rung too long before."""
        return builtin_attendant(call) if self.builtin or failed else incoming(call)

    async def _may_answer(self, trunk: TrunkLine, record: Record) -> bool:
        """Wait until the call may be answered; whether it may. If the caller gives up before, or the switchboard
        closes, the call's record is finished here."""
        try:
            await trunk.ready_to_answer()
        except CallEnded as ended:
            outcome = Outcome.INTERRUPTED if self._closing else Outcome.ABANDONED
            record.came_from(trunk.caller_id)
            await record.finish(outcome, ended.cause)
            return False
        except asyncio.CancelledError:
            record.came_from(trunk.caller_id)
            await record.finish(Outcome.INTERRUPTED, Cause.RELEASED)
            raise
        return True

    async def _from_station(self, line: StationLine, leg: Leg) -> None:
        call = self._call_of(line, leg, self._records.begin("inside", line.name))
        try:
            await self._run(call, station(call))
        finally:
            leg.release()

    def _call_of(self, line: StationLine, leg: Leg, record: Record) -> Call:
        """The call of a telephone that was lifted."""
        owner = self.office.at_station(line.name)
        caller_id = CallerId(number=owner.extension, name=owner.name) if owner else None
        record.came_from(caller_id)
        return Call(self._services, self.office, leg, line, caller_id, record, self.route)

    async def call_up(
        self,
        line: StationLine,
        flow: Callable[[Call], Awaitable[Outcome]],
        why: str,
        *,
        shown: CallerId | None = None,
        seconds: float,
        over: asyncio.Future[Any] | None = None,
    ) -> bool:
        """Ring a telephone by ourselves, and run a flow with whoever lifts it. Whether somebody did.

        why: the step that the record tells. shown: what the telephone displays. over: with this done, it rings no more.
        """
        if self._closing or not line.free:
            return False
        record = self._records.begin("inside", line.name)
        record.step(why)
        try:
            leg = await lifted(line, shown, seconds, over)
        except asyncio.CancelledError:
            await record.finish(Outcome.INTERRUPTED, Cause.RELEASED)
            raise
        if leg is None:
            await record.finish(Outcome.NO_ANSWER, Cause.RELEASED)
            return False
        call = self._call_of(line, leg, record)
        try:
            await self._run(call, flow(call))
        finally:
            leg.release()
        return True

    def call_up_soon(
        self,
        line: StationLine,
        flow: Callable[[Call], Awaitable[Outcome]],
        why: str,
        *,
        shown: CallerId | None = None,
        seconds: float,
    ) -> bool:
        """The same in a task of its own, for whoever does not wait for it. False where the telephone is not free."""

        async def up() -> None:
            await self.call_up(line, flow, why, shown=shown, seconds=seconds)

        return line.free and self._start(why, up()) is not None

    async def called_out(
        self,
        trunk: TrunkLine,
        leg: Leg,
        number: str,
        whose: Person | None,
        flow: Callable[[Call], Awaitable[Outcome]],
        *,
        answered: bool = True,
    ) -> Outcome:
        """Run a flow for whoever has answered at a number that the unit itself has dialled; see `callingout`.

        whose: on whose account; None: the office's. answered: otherwise the flow waits for that itself.
        """
        record = self._records.begin("out", trunk.name, number)
        record.step(CALLED_BY_US)
        if answered:
            record.answered()
        call = Call(self._services, self.office, leg, trunk, CallerId(number), record, self.route)
        over = call.counts(number, whose, "")
        try:
            await self._run(call, flow(call))
        finally:
            over()
        return Outcome(record.known.outcome)

    # One call

    async def _run(self, call: Call, flow: Awaitable[Outcome]) -> None:
        """Run a flow until it returns or fails, release all lines, and finish the call's record."""
        record, known = call.record, call.record.known
        self.ongoing[record.id] = Ongoing(record.id, call.caller.name, known.caller_number or known.caller_name, call)
        self.on_change()
        call.on_change = record.on_step = self.on_change
        record.note()
        outcome = Outcome.FAULT
        try:
            outcome = await self._outcome(call, flow)
        except CallEnded:
            outcome = Outcome.ABANDONED
        except Exception as error:
            log.error("call %s failed: %s", record.id, kind_and_place(error))
            fault = type(error).__name__
            record.failed(fault)
            self._faults.report(said("a call failed, see the log: %(kind)s", kind=fault))
            await self._apologize(call)
        finally:
            if self._closing and outcome in CUT_SHORT_BY_CLOSING:
                outcome = Outcome.INTERRUPTED
            gone = call.caller.leg.gone.result() if call.caller.leg.gone.done() else Cause.RELEASED
            call.hang_up()
            del self.ongoing[record.id]
            self.on_change()
            await record.finish(outcome, call.cause or gone)

    async def _outcome(self, call: Call, flow: Awaitable[Outcome]) -> Outcome:
        """What a flow returns; and where the caller turns out to be a fax machine, what becomes of the fax."""
        try:
            return await call.redirecting.run(flow)
        except FaxCalling:
            call.leave_alone()
            return await call.redirecting.run(receive_heard(call))

    async def _over(self, record: CallRecord, talked: bool) -> None:
        await self._services.lost_callers.call_over(record, self.office, talked=talked)

    async def _apologize(self, call: Call) -> None:
        with suppress(Exception):
            await call.answer()
            await call.caller.play(phrase("system-fault"))

    # Tasks

    def _start(self, name: str, work: Coroutine[object, object, None]) -> asyncio.Task[None] | None:
        if self._closing:
            work.close()
            return None
        return self._tasks.begin(name, work)


def dead_line(trunk: TrunkLine) -> Said:
    """What people are told of a line without battery."""
    return said("%(line)s is dead: %(why)s", line=trunk.name, why=trunk.dead_because)

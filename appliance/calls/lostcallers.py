"""Callers who got nobody: kept on disk until they are called back, have reached somebody, or somebody says it is done.

Every call is looked at when it is over, here and not by the flows, so that no way of hanging up is overlooked.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, TypeVarTuple

from appliance.calls.faults import Faults
from appliance.calls.letters import Letter, LetterKind, Outbox
from appliance.calls.outcome import Outcome
from appliance.calls.signal import Signal
from appliance.clock import Clock, off_loop
from appliance.faultlog import kind_and_place
from appliance.office.callernumber import CallerNumbers
from appliance.office.codes import Codes
from appliance.office.destination import ToAnnouncement, ToMessages
from appliance.office.mailboxowner import MailboxOwner
from appliance.office.model import Office, Person
from appliance.store.calllog import INTERRUPTED, CallRecord
from appliance.store.lostcalls import How, LostCall, LostStore
from hw.said import said

log = logging.getLogger(__name__)

Ts = TypeVarTuple("Ts")

LOST: Final = frozenset({Outcome.ABANDONED, Outcome.NO_ANSWER, Outcome.NO_LINE, Outcome.INTERRUPTED, Outcome.FAULT})
"""What becomes of a call in which nobody was reached and nothing was left."""
REACHED: Final = frozenset({Outcome.CONNECTED, Outcome.OPERATOR, Outcome.FORWARDED, Outcome.MESSAGE_LEFT})
CALLED_BY_US = "called by the unit"
"""The first step of a call that nobody made."""
ASKED_ON_THE_WEB = "asked on the web site to be called"
"""How far whoever has asked there has come, in the words of a call's record."""
NOT_KEPT = said("callers who got nobody are not being kept: the disk is full or failing")
LOOKED_BACK = timedelta(days=7)
"""How far back the log is looked through at start, for calls that a power cut has ended."""

_OF_STAFF: Final = frozenset(map(str, (ToMessages(), ToAnnouncement(), *Codes().of_a_person().values())))
"""Steps of those who belong to the office and call from outside: they want nobody."""


@dataclass(frozen=True, slots=True)
class LostCaller:
    """Somebody who got nobody, with all such calls; the oldest first. Without a number, each call is somebody else."""

    calls: tuple[LostCall, ...]

    @property
    def id(self) -> str:
        """The id of the latest call."""
        return self.last.call

    @property
    def last(self) -> LostCall:
        return self.calls[-1]

    @property
    def number(self) -> str:
        """As it can be dialled; empty where the caller kept it back, or nothing was told."""
        number = self.last.number
        return number if any(char.isdecimal() for char in number) else ""

    @property
    def call_back(self) -> bool:
        """The caller wants to be called back."""
        return any(call.call_back for call in self.calls)


class LostCallers:
    """The list of a unit. A list that cannot be written must not keep anybody from telephoning: that is a fault.

    changed: told after every change of who waits. changes: how many there were since the start.
    """

    def __init__(self, store: LostStore, numbers: CallerNumbers, clock: Clock, faults: Faults, outbox: Outbox) -> None:
        self.changed: Signal[[]] = Signal()
        self.lost: Signal[[LostCall]] = Signal()
        self.changes = 0
        self._store = store
        self._numbers = numbers
        self._clock = clock
        self._faults = faults
        self._outbox = outbox

    async def recover(self, records: Iterable[CallRecord], office: Office) -> None:
        """Enter the calls that a power cut has ended. records: those of `LOOKED_BACK`."""
        cut_off = [one for one in records if one.outcome == INTERRUPTED and _came_in(one, office)]
        await self._write(self._store.put_missing, [_lost(one, wanted(one, office)) for one in cut_off])

    async def call_over(self, record: CallRecord, office: Office, *, talked: bool) -> None:
        """A call has ended: its caller is lost, or has reached somebody, or was called back, or it is none of these.

        talked: the caller was connected with somebody who was there.
        """
        outcome = Outcome(record.outcome)
        if not _came_in(record, office):
            if talked and record.direction == "out":
                await self._settle_caller(record.called, "called-back")
        elif talked or outcome in REACHED:
            await self._settle_caller(record.caller_number, "reached")
        elif outcome in LOST and not (record.steps and record.steps[-1].what in _OF_STAFF):
            await self.left(record, office)

    async def left(self, record: CallRecord, office: Office) -> None:
        """The caller has gone, without a word to a person. Harmless the second time."""
        lost = _lost(record, wanted(record, office))
        await self._write(self._store.put, lost)
        self.lost.tell(lost)
        self._tell(lost, office)

    async def book(self, record: CallRecord, owner: str, number: str = "") -> bool:
        """The caller wants to be called back. It is on disk when this returns; False: it could not be written.

        owner: the id of the person or department who is to call; empty: anybody. number: another one than the line
        gave.
        """
        lost = _lost(record, owner, call_back=True, number=number)
        return await self._write(self._store.put, lost)

    async def asked(self, number: str) -> LostCall:
        """Somebody has asked on the web site to be called. It stands in the list before anybody is called, so that it
        outlasts a power cut, and is settled by the first talk with that number."""
        at = self._clock.now()
        lost = LostCall(f"web-{at:%Y%m%d-%H%M%S-%f}", at, number, "", "", ASKED_ON_THE_WEB, call_back=True)
        await self._write(self._store.put, lost)
        return lost

    async def wish_over(self, lost: LostCall, outcome: Outcome, office: Office) -> None:
        """The call to somebody who had asked for it is over. Whoever answered and pressed no key wants nothing."""
        if outcome in REACHED or outcome is Outcome.GOODBYE:
            await self._write(self._settle, [lost.call], "called-back")
        else:
            self.lost.tell(lost)
            self._tell(lost, office)

    async def waiting_for(self, owner: MailboxOwner | None, office: Office) -> list[LostCaller]:
        """Who is still to be called back by a person or department, the oldest first; None: by anybody.

        Operators, and the general mailbox, have those who wanted nobody in particular, or somebody who has left.
        """
        try:
            calls = await off_loop(self._store.waiting)
        except OSError as error:
            log.error("the lost callers were not read: %s", kind_and_place(error))
            return []
        whose = _theirs(owner, office) if owner is not None else None
        known = {one.id for one in office.people} | {one.id for one in office.departments}
        mine = [call for call in calls if whose is None or (call.wanted if call.wanted in known else "") in whose]
        return self._together(mine)

    async def done(self, caller: LostCaller, how: How = "ticked") -> None:
        """Nobody need call this caller back any more."""
        await self._write(self._settle, [call.call for call in caller.calls], how)

    async def undone(self, call: str) -> bool:
        """Take back that somebody said so of the caller with this call. False where nobody has, or nothing is kept."""
        try:
            reopened = await off_loop(self._store.reopen, call)
        except OSError as error:
            log.error("a lost caller was not kept: %s", kind_and_place(error))
            self._faults.report(NOT_KEPT)
            return False
        if reopened:
            self._has_changed()
        return bool(reopened)

    def close(self) -> None:
        """Close the file. Blocks."""
        self._store.close()

    async def _settle_caller(self, number: str, how: How) -> None:
        if any(char.isdecimal() for char in number):
            await self._write(self._settle_numbers, number, how)

    def _settle(self, calls: Sequence[str], how: How) -> int:
        return self._store.settle(calls, self._clock.now(), how)

    def _settle_numbers(self, number: str, how: How) -> int:
        return self._store.settle_caller(self._numbers.written(number), self._clock.now(), how)

    async def _write(self, write: Callable[[*Ts], int | None], *args: *Ts) -> bool:
        try:
            changed = await off_loop(write, *args)
        except OSError as error:
            log.error("a lost caller was not kept: %s", kind_and_place(error))
            self._faults.report(NOT_KEPT)
            return False
        if changed != 0:
            self._has_changed()
        return True

    def _has_changed(self) -> None:
        self.changes += 1
        self.changed.tell()

    def _together(self, calls: Iterable[LostCall]) -> list[LostCaller]:
        """All calls of a caller as one, in whatever forms lines gave the number."""
        by_caller: dict[object, list[LostCall]] = {}
        for call in calls:
            dialled = any(char.isdecimal() for char in call.number)
            by_caller.setdefault(self._numbers.written(call.number) if dialled else call.call, []).append(call)
        return [LostCaller(tuple(theirs)) for theirs in by_caller.values()]

    def _tell(self, lost: LostCall, office: Office) -> None:
        facts = {
            "key": lost.call,
            "number": lost.number,
            "caller_name": lost.name,
            "when": lost.at.isoformat(),
            "got_to": lost.got_to,
            "asks": "yes" if lost.call_back else "",
        }
        for person in _told(lost.wanted, office):
            self._outbox.put(Letter(LetterKind.LOST_CALLER, person, facts))


def wanted(record: CallRecord, office: Office) -> str:
    """The id of the person or department whom a caller wanted; empty for nobody in particular."""
    called = office.at_extension(record.called) if record.called else None
    if called is not None:
        return called.id
    general = {one.general_mailbox for one in office.everybody_called}
    return record.reached if record.reached not in general else ""


def _came_in(record: CallRecord, office: Office) -> bool:
    """Whether it came from the public network. A call that only tries what callers meet did not."""
    if record.direction == "test":
        return False
    if record.steps and record.steps[0].what == CALLED_BY_US:
        return False
    line = next((trunk for trunk in office.trunks if trunk.name == record.line), None)
    stations = {station.name for station in office.stations}
    return record.line not in stations and (line is None or office.trunk_on(line.port).outside)


def _lost(record: CallRecord, owner: str, *, call_back: bool = False, number: str = "") -> LostCall:
    got_to = record.steps[-1].what if record.steps else ""
    shown = number or record.caller_number
    return LostCall(record.id, record.started, shown, record.caller_name, owner, got_to, call_back)


def _theirs(owner: MailboxOwner, office: Office) -> set[str]:
    """Whose lost callers somebody has: the own, those of the own departments, an operator those of nobody."""
    ids = {owner.id}
    if isinstance(owner, Person):
        ids |= {department.id for department in office.departments_of(owner.id)}
    if owner.id in office.operator_ids | {one.general_mailbox for one in office.everybody_called}:
        ids |= {""} | {one.general_mailbox for one in office.everybody_called}
    return ids


def _told(wanted: str, office: Office) -> list[str]:
    """The ids of the people who are written to about a lost caller."""
    department = office.department(wanted)
    if department is not None:
        return [member.person for member in department.members if member.person]
    return [wanted if office.person(wanted) is not None else office.operator]

"""A fax is taken from a party: a draft on the disk, the engine, and then the box of whoever it is for."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path

from appliance.calls.faults import Faults
from appliance.calls.faxroom import FaxRoom, FaxSheet, ReceivedFax
from appliance.calls.party import Party
from appliance.clock import off_loop
from appliance.faultlog import kind_and_place
from appliance.fax.job import FaxCause, FaxProgress, FaxResult, FaxTold, Receiving
from appliance.fax.wholepages import whole_pages
from appliance.office.fax import OFFICE_BOX
from appliance.office.faxbox import FaxArrival, fax_box
from appliance.office.model import Office
from appliance.store.disk import StoreFull
from hw.said import said, told_by

log = logging.getLogger(__name__)

LONGEST_DETAIL = 300
"""Characters. The sheet of a fax is a short file, and what a modem's program says may be long."""
NO_ROOM = said("a fax was not taken: the fax box of the office is full")
FAILED = said("a fax could not be received: the fax engine has failed, see the log")

ReceiveFax = Callable[[Party, Receiving, FaxTold], Awaitable[FaxResult]]
"""The engine: has a party's fax machine send what it has. `appliance.calls.faxing.receive_fax`."""


@dataclass(frozen=True, slots=True)
class TakenFax:
    """What has come of it."""

    result: FaxResult
    """How it ended."""
    fax: ReceivedFax | None
    """The fax in its box; None: not one page came."""


class FaxTaking:
    """Takes the fax of one party."""

    def __init__(self, room: FaxRoom, engine: ReceiveFax, faults: Faults, office: Office) -> None:
        self._room = room
        self._engine = engine
        self._faults = faults
        self._office = office
        self.on_progress: Callable[[FaxProgress], None] = lambda _progress: None

    async def take(self, party: Party, sheet: FaxSheet, owner: str, identity: str) -> TakenFax | None:
        """Let the party's machine send. None: there is no room, which is told as a fault.

        sheet: what is known so far. owner: to whose fax the caller was led; or empty. identity: the own number.
        """
        box = self._with_room(fax_box(self._office, _arrival(sheet), owner))
        if box is None:
            return None
        try:
            path = await self._room.begin(box, sheet)
        except StoreFull as full:
            self._faults.report(told_by(full))
            return None
        self._faults.withdraw(NO_ROOM)
        result = await self._received(party, Receiving(path, identity))
        return TakenFax(result, await self._kept(path, sheet, result, owner))

    async def _received(self, party: Party, receiving: Receiving) -> FaxResult:
        """How it ended. An engine that fails must not lose the pages that are on the disk."""
        try:
            result = await self._engine(party, receiving, lambda progress: self.on_progress(progress))
        except Exception as error:
            log.error("a fax was not received: %s", kind_and_place(error))
            self._faults.report(FAILED)
            return FaxResult(FaxCause.ENGINE, 0, detail=type(error).__name__)
        self._faults.withdraw(FAILED)
        return result

    async def _kept(self, path: Path, sheet: FaxSheet, result: FaxResult, owner: str) -> ReceivedFax | None:
        """Put what has come into its box."""
        pages = await off_loop(_pages_in, path)
        if not pages and not result.pages:
            await self._room.discard(path)
            return None
        if not pages:  # It is set aside at the next start, where people are told of it.
            log.error("a fax was confirmed of which no page is found")
            self._faults.report(FAILED)
            return None
        told = replace(sheet, identity=result.far_identity, subaddress=result.subaddress)
        whole = replace(
            told,
            pages=pages,
            cause=result.cause.value,
            bit_rate=result.bit_rate,
            ecm=result.ecm,
            bad_rows=result.bad_rows,
            seconds=round(result.seconds, 1),
            detail=result.detail[:LONGEST_DETAIL],
        )
        box = self._with_room(fax_box(self._office, _arrival(told), owner)) or OFFICE_BOX
        return await self._room.commit(path, whole, box)

    def _with_room(self, box: str) -> str | None:
        """This box, or the office's where it is full; None where that is full, too."""
        most = self._office.fax.faxes_per_box
        found = next((one for one in (box, OFFICE_BOX) if not self._room.full(one, most)), None)
        if found is None:
            self._faults.report(NO_ROOM)
        return found


def _arrival(sheet: FaxSheet) -> FaxArrival:
    return FaxArrival(sheet.line, sheet.called, sheet.number, sheet.identity, sheet.subaddress)


def _pages_in(path: Path) -> int:
    """How many whole pages a file has that an engine may have begun, or not. OSError where that cannot be read now:
    what was confirmed is not dropped for that, but delivered at the next start."""
    try:
        return whole_pages(path).count
    except (FileNotFoundError, ValueError):
        return 0

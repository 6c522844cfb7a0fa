"""The calls that the office makes outside: who makes them, and how many, also before the unit was started last."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import replace

from appliance.calls.faults import Faults
from appliance.calls.record import NOT_LOGGED
from appliance.calls.signal import Signal
from appliance.clock import Clock, off_loop
from appliance.faultlog import kind_and_place
from appliance.office.limits import DAY, Limit, Made, limit_reached
from appliance.office.rights import Rights
from appliance.store.calllog import CallLog, OutsideCall

log = logging.getLogger(__name__)


class OutsideCalls:
    """Counts them. A log that cannot be written keeps nobody from calling: then they count until the next start.

    begun: told each call as it begins. refused: told the limit, the person and the telephone of a call that would go
    beyond one.
    """

    def __init__(self, calls: CallLog, clock: Clock, faults: Faults) -> None:
        self.begun: Signal[[OutsideCall]] = Signal()
        self.refused: Signal[[Limit, str, str]] = Signal()
        self._log = calls
        self._clock = clock
        self._faults = faults
        self._made: dict[int, OutsideCall] = {}
        self._writing: set[asyncio.Task[None]] = set()
        self._in_turn = asyncio.Lock()
        self._serial = 0

    async def open(self) -> None:
        """Read those of the last day from the log."""
        try:
            before = await off_loop(self._log.outside_since, self._clock.now() - DAY)
        except OSError as error:
            log.error("the calls outside were not read: %s", kind_and_place(error))
            return
        for call in before:
            self._serial += 1
            self._made[self._serial] = call

    async def close(self) -> None:
        """Wait until all is written."""
        await asyncio.gather(*self._writing, return_exceptions=True)

    def limit(self, rights: Rights, person: str, telephone: str) -> Limit | None:
        """The limit that another call of this person, or on this telephone, would go beyond; either may be empty."""
        now = self._clock.now()
        self._made = {key: call for key, call in self._made.items() if call.ended is None or call.ended > now - DAY}
        calls = self._made.values()
        limit = None
        if person:
            theirs = [Made(one.began, one.ended) for one in calls if one.person == person]
            limit = limit_reached(rights.person, theirs, now)
        if telephone and limit is None:
            of_it = [Made(one.began, one.ended) for one in calls if one.telephone == telephone]
            limit = limit_reached(rights.telephone, of_it, now)
        if limit is not None:
            self.refused.tell(limit, person, telephone)
        return limit

    def begin(self, call: OutsideCall) -> Callable[[], None]:
        """A line is wanted for a call. Returns what is to be called once it is over, twice without harm."""
        self._serial += 1
        key = self._serial
        self._made[key] = call
        self._write(lambda calls: calls.outside_begins(call))
        self.begun.tell(call)

        def over() -> None:
            if key in self._made and self._made[key].ended is None:
                ended = self._made[key] = replace(call, ended=max(self._clock.now(), call.began))
                self._write(lambda calls: calls.outside_ends(ended))

        return over

    def _write(self, write: Callable[[CallLog], None]) -> None:
        task = asyncio.get_running_loop().create_task(self._written(write), name="log of calls outside")
        self._writing.add(task)
        task.add_done_callback(self._writing.discard)

    async def _written(self, write: Callable[[CallLog], None]) -> None:
        try:
            async with self._in_turn:
                await off_loop(write, self._log)
        except (OSError, LookupError, ValueError) as error:
            log.error("a call outside was not logged: %s", kind_and_place(error))
            self._faults.report(NOT_LOGGED)

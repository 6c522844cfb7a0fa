"""The calendar files of all hours of an office, each read again when it has changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from appliance.clock import Clock
from appliance.closures.closures import Closures
from appliance.office.hours import Hours
from appliance.office.standing import Closure


class Calendars:
    """What the calendars close, by the ids of the hours.

    on_faults: told what is wrong with them, for people, and what no longer is.
    """

    def __init__(self, clock: Clock) -> None:
        self.on_faults: Callable[[Sequence[str], Sequence[str]], None] = lambda _faults, _over: None
        self._clock = clock
        self._closures: dict[str, Closures] = {}
        self._faults: tuple[str, ...] = ()
        self._reading: asyncio.Task[None] | None = None

    async def use(self, hours: Mapping[str, Hours], zone: ZoneInfo) -> None:
        """Know those of another office, and return once they are read."""
        self.change(hours, zone)
        if self._reading is not None:
            await self._reading

    def change(self, hours: Mapping[str, Hours], zone: ZoneInfo) -> None:
        """Know those of another office. They are read meanwhile, which may take a minute: no call waits for it."""
        self._closures = {
            id: Closures(Path(one.calendar), zone, self._clock) for id, one in hours.items() if one.calendar
        }
        self._read()

    def closures(self, hours: str) -> Sequence[Closure]:
        """What is known now for the hours with this id. Where the file has changed, the next one asks knows it."""
        self._read()
        found = self._closures.get(hours)
        return () if found is None else found.now

    async def close(self) -> None:
        """Read nothing any more."""
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.gather(self._reading, return_exceptions=True)

    def _read(self) -> None:
        if self._closures and (self._reading is None or self._reading.done()):
            self._reading = asyncio.create_task(self._refresh(), name="reads the calendars")

    async def _refresh(self) -> None:
        for closures in self._closures.values():
            await closures.refresh()
        faults = tuple(fault for closures in self._closures.values() for fault in closures.faults)
        over = [fault for fault in self._faults if fault not in faults]
        new = [fault for fault in faults if fault not in self._faults]
        self._faults = faults
        if new or over:
            self.on_faults(new, over)

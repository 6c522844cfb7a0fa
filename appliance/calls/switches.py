"""What keys, pages and programs flip while the office runs, in memory, and on disk before it counts as flipped."""

from __future__ import annotations

import asyncio
from datetime import datetime

from appliance.calls.signal import Signal
from appliance.clock import Clock, off_loop
from appliance.office.announcement import ANNOUNCEMENT, ON
from appliance.office.nightmode import NIGHT_MODE, NightMode
from appliance.store.switches import DamagedFile, StoreFull, Switch, SwitchStore
from hw.said import said, told_by

__all__ = ["BY_HAND", "StoreFull", "Switches"]

BY_HAND = (NIGHT_MODE, ANNOUNCEMENT)
"""What decides besides the office document what a caller gets."""


class Switches:
    """The switches by their names. One that was never flipped, or whose time is over, stands at nothing ("").

    changed: told the name of each that was flipped.
    """

    def __init__(self, store: SwitchStore, clock: Clock) -> None:
        self.changed: Signal[[str]] = Signal()
        self._store = store
        self._clock = clock
        self._switches: dict[str, Switch] = {}
        self._saving = asyncio.Lock()

    async def open(self) -> str:
        """Read them from the disk. Returns what is wrong with them there, for people."""
        try:
            self._switches = await off_loop(self._store.load)
        except DamagedFile as error:
            return said("the switches of the office cannot be read, all are put back: %(why)s", why=told_by(error))
        return self._store.fault

    def at(self, name: str) -> str:
        """Where the switch stands now."""
        switch = self._now(name)
        return "" if switch is None else switch.at

    def until(self, name: str) -> datetime | None:
        """Until when it stands so (UTC), where that is set."""
        switch = self._now(name)
        return None if switch is None else switch.until

    def standing(self, beginning: str) -> dict[str, str]:
        """Where those stand now whose names begin so."""
        return {name: self.at(name) for name in self._switches if name.startswith(beginning) and self.at(name)}

    @property
    def night_mode(self) -> NightMode:
        """Whether the hours decide if the office is open, or somebody has decided by hand."""
        return NightMode(self.at(NIGHT_MODE) or NightMode.AUTOMATIC.value)

    async def set_night_mode(self, mode: NightMode, until: datetime | None = None) -> None:
        """Decide by hand, for good or until a moment, or let the hours decide. Raises StoreFull."""
        await self.flip(NIGHT_MODE, "" if mode is NightMode.AUTOMATIC else mode.value, until)

    @property
    def announced(self) -> bool:
        """Whether all callers hear the announcement first."""
        return self.at(ANNOUNCEMENT) == ON

    async def announce(self, on: bool, until: datetime | None = None) -> None:
        """Let all callers hear the announcement, for good or until a moment, or no longer. Raises StoreFull."""
        await self.flip(ANNOUNCEMENT, ON if on else "", until if on else None)

    async def flip(self, name: str, at: str, until: datetime | None = None) -> None:
        """Let it stand so, for good or until a moment; "" puts it back. It is on disk when this returns.

        Raises StoreFull, an OSError; then it stays where it was.
        """
        async with self._saving:
            flipped = {other: switch for other in self._switches if (switch := self._now(other)) is not None}
            flipped.pop(name, None)
            if at:
                flipped[name] = Switch(at, until)
            await off_loop(self._store.save, flipped)
            self._switches = flipped
        self.changed.tell(name)

    def _now(self, name: str) -> Switch | None:
        switch = self._switches.get(name)
        if switch is not None and switch.until is not None and switch.until <= self._clock.now():
            return None
        return switch

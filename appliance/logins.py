"""Who has logged in to which telephone: calls that begin find people there, until that ends."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from appliance.calls.lines import Lines
from appliance.calls.switches import Switches
from appliance.clock import Clock
from appliance.office.logins import LOGIN, login_switch, logins_at, with_logins
from appliance.office.model import Office
from appliance.switchboard import Switchboard

LOGIN_END_SECONDS = 1.0
"""How long behind the end of a log-in its telephone is given back. A clock that was set meanwhile is asked again."""


class Logins:
    """Gives people the telephones that they have logged in to. on_change: called when anybody has got another one."""

    def __init__(
        self, switchboard: Switchboard, lines: Lines, switches: Switches, clock: Clock, on_change: Callable[[], None]
    ) -> None:
        self._switchboard = switchboard
        self._lines = lines
        self._switches = switches
        self._clock = clock
        self._on_change = on_change
        self._office = switchboard.office
        self._ends: asyncio.TimerHandle | None = None
        """Fires when the next log-in at a telephone ends."""
        switches.changed.subscribe(self._switched)
        self.use(self._office)

    def use(self, office: Office) -> None:
        """Calls that begin now obey this office, with everybody where they have logged in."""
        self._office = office
        logins = logins_at(office, self._lines.stations, self._switches.at)
        self._switchboard.office = with_logins(office, logins)
        ends = [until for station in logins if (until := self._switches.until(login_switch(station))) is not None]
        self.close()
        if ends:
            seconds = max((min(ends) - self._clock.now()).total_seconds(), 0.0) + LOGIN_END_SECONDS
            self._ends = asyncio.get_running_loop().call_later(seconds, self._switched, LOGIN)

    def close(self) -> None:
        """Wait for the end of no log-in any more."""
        if self._ends is not None:
            self._ends.cancel()
            self._ends = None

    def _switched(self, name: str) -> None:
        if name.startswith(LOGIN):
            self.use(self._office)
            self._on_change()

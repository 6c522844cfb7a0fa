"""Wake-up calls, when they come: a telephone rings, up to three times, until it is lifted."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Final

from appliance.calls.byitself import Begin
from appliance.calls.services import Services
from appliance.flows.wakingup import wake
from appliance.office.wakeup import WAKE_UPS, WakeUp, read_wake_up
from appliance.switchboard import Switchboard
from hw.callerid.coding import CallerId
from hw.said import said

RING_SECONDS = 45.0
SHOWN: Final = CallerId(name="Wake-up call")


class WakeUps:
    """The wake-up calls of a unit. What is wanted stands in switches, and so outlasts a restart."""

    def __init__(self, services: Services, switchboard: Switchboard) -> None:
        self._services = services
        self._switchboard = switchboard
        self._ringing: set[str] = set()
        self._done: set[WakeUp] = set()
        """Those that are over and could not be taken off the disk, or have failed: they must not ring on and on."""

    def look(self, now: datetime, begin: Begin) -> datetime | None:
        """Begin what is due, and say when to look again; None: there is nothing to come."""
        soonest = None
        for switch, at in self._services.switches.standing(WAKE_UPS).items():
            wake_up = read_wake_up(switch, at)
            if wake_up is None or wake_up in self._done or wake_up.station in self._ringing:
                continue
            if wake_up.due <= now:
                self._ringing.add(wake_up.station)
                begin(f"wake-up call of {wake_up.station}", self._ring(wake_up))
            elif soonest is None or wake_up.due < soonest:
                soonest = wake_up.due
        return soonest

    async def _ring(self, wake_up: WakeUp) -> None:
        """Whoever is on the telephone is awake, and is rung all the same, later, as it may be somebody else."""
        line = self._services.lines.stations.get(wake_up.station)
        try:
            woken = line is None or await self._switchboard.call_up(
                line, partial(wake, at=wake_up.at), "wake-up call", shown=SHOWN, seconds=RING_SECONDS
            )
            await self._next(wake_up, None if woken else wake_up.again())
        except Exception:
            self._done.add(wake_up)
            raise
        finally:
            self._ringing.discard(wake_up.station)

    async def _next(self, rung: WakeUp, again: WakeUp | None) -> None:
        """Put down when it rings again, if it does. Another one that was set meanwhile stays."""
        switches = self._services.switches
        if switches.at(rung.switch) != rung.written:
            return
        try:
            await switches.flip(rung.switch, again.written if again else "", again.over if again else None)
        except OSError:  # The disk is full, or broken.
            self._done.add(rung)
            self._services.faults.report(
                said("a wake-up call of %(station)s could not be put down: it rings no more", station=rung.station)
            )

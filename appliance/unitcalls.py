"""The calls that a unit makes by itself at a time, or once something is free; and the one timer for all of them."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta

from appliance.calls.services import Services
from appliance.calls.tasks import Tasks
from appliance.faultlog import kind_and_place
from appliance.office.redial import REDIALS
from appliance.office.wakeup import WAKE_UPS
from appliance.redials import Redials
from appliance.switchboard import Switchboard
from appliance.wakeups import WakeUps
from hw.said import said

log = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(seconds=60)
"""The timer goes by the loop's clock, and what is due by the date: a unit without a battery may learn the right date
only after it has started."""


class UnitCalls:
    """Looks what is due whenever the timer says so, a switch was flipped, or something of the unit has changed.

    The timer is set only while there is something to come.
    """

    def __init__(self, services: Services, switchboard: Switchboard) -> None:
        self._services = services
        self._kinds = (WakeUps(services, switchboard), Redials(services, switchboard))
        self._tasks = Tasks(services.faults, self.look)
        self._timer: asyncio.TimerHandle | None = None
        self._looking = False
        self._open = False
        self._anything = False
        """Whether anything is wanted: there is nothing to look at otherwise, which is nearly always so."""
        self._unsubscribe = services.switches.changed.subscribe(self._flipped)

    def open(self) -> None:
        """The lines are there: begin what is due from before the last start, and whatever comes."""
        self._open = True
        self._flipped()

    def look(self) -> None:
        """Begin what can begin now. It is asked at every change of the unit, so what fails here stops nothing else."""
        if not self._open or self._looking or not self._anything:
            return
        self._looking = True  # What is begun changes something of the unit, and nobody need look again for that.
        now = self._services.clock.now()
        moments: list[datetime] = []
        try:
            moments += [moment for kind in self._kinds if (moment := kind.look(now, self._tasks.begin)) is not None]
        except Exception as error:
            log.error("calls that the unit makes failed: %s", kind_and_place(error))
            self._services.faults.report(
                said("calls that the unit makes by itself failed: %(kind)s", kind=type(error).__name__)
            )
        finally:
            self._looking = False
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None
        if moments:
            wait = min(min(moments) - now, LONGEST_WAIT)
            self._timer = asyncio.get_running_loop().call_later(wait.total_seconds(), self.look)

    async def close(self) -> None:
        """Begin nothing more, and stop what has not become a call yet."""
        self._open = False
        self._unsubscribe()
        if self._timer is not None:
            self._timer.cancel()
        await self._tasks.close()

    def _flipped(self, name: str = "") -> None:
        """A switch was flipped, or all were read."""
        if not name or name.startswith((WAKE_UPS, REDIALS)):
            standing = self._services.switches.standing
            self._anything = bool(standing(WAKE_UPS) or standing(REDIALS))
            self.look()

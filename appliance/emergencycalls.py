"""People in the office are told of an emergency call: their telephones ring, and they are written to."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Final

from appliance.calls.emergencies import EmergencyCall
from appliance.calls.letters import Letter, LetterKind
from appliance.calls.services import Services
from appliance.calls.station import StationLine
from appliance.calls.tasks import Tasks
from appliance.flows.emergency import told_of_emergency
from appliance.switchboard import Switchboard
from hw.callerid.coding import CallerId
from hw.said import said

RING_SECONDS = 60.0
BUSY_SECONDS = 5.0
"""How long until a telephone that is in use is tried again."""
TRIES = 24
"""Two minutes of that, or more where it rings unanswered."""
SHOWN: Final = "EMERGENCY "


class EmergencyCalls:
    """Rings and writes as soon as an emergency call begins."""

    def __init__(self, services: Services, switchboard: Switchboard) -> None:
        self._services = services
        self._switchboard = switchboard
        self._tasks = Tasks(services.faults)
        self._unsubscribe = services.emergencies.began.subscribe(self._began)

    async def close(self) -> None:
        """Ring nobody any more."""
        self._unsubscribe()
        await self._tasks.close()

    def _began(self, emergency: EmergencyCall) -> None:
        """Nothing is done here but to begin: whatever fails in telling, the call for help goes on."""
        self._tasks.begin("telling of an emergency call", self._tell(emergency))

    async def _tell(self, emergency: EmergencyCall) -> None:
        """Write to all and ring all of them at once. Where nobody lifts, that is told as a fault."""
        office = self._switchboard.office
        if not emergency.trial:
            where = next((one.place for one in office.stations if one.name == emergency.station), "")
            facts = {
                "telephone": emergency.station,
                "number": emergency.number,
                "place": ", ".join(place for place in (where, office.emergency.place) if place),
                "when": emergency.began.isoformat(),
            }
            for person in office.told_of_emergencies:
                self._services.outbox.put(Letter(LetterKind.EMERGENCY, person.id, facts))
        stations = self._services.lines.stations
        others = {person.station or "" for person in office.told_of_emergencies} - {emergency.station}
        lines = [line for name, line in stations.items() if name in others]
        answered = await asyncio.gather(*(self._ring(emergency, line) for line in lines))
        if lines and not any(answered) and not emergency.trial:
            at = office.local(emergency.began).strftime("%d %B at %H:%M")
            self._services.faults.report(
                said(
                    "somebody called %(number)s from %(telephone)s on %(when)s, and nobody of those who are to be told"
                    " has answered",
                    number=emergency.number,
                    telephone=emergency.station,
                    when=at,
                )
            )

    async def _ring(self, emergency: EmergencyCall, line: StationLine) -> bool:
        """Ring one telephone until it is lifted. One that is in use is rung as soon as it is free."""
        over = emergency.over if emergency.trial else None
        for _ in range(TRIES):
            if over is not None and over.done():
                return False
            if line.free:
                return await self._switchboard.call_up(
                    line,
                    partial(told_of_emergency, emergency=emergency),
                    "told of an emergency call",
                    shown=CallerId(name=SHOWN + emergency.station),
                    seconds=RING_SECONDS,
                    over=over,
                )
            await asyncio.sleep(BUSY_SECONDS)
        return False

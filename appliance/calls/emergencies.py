"""The emergency calls that go on, so that people in the office can be told of them, and listen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime

from appliance.calls.leg import Leg
from appliance.calls.signal import Signal
from appliance.media.overhearing import Overhearing


class EmergencyCall:
    """Somebody calls for help, or tries what would happen (`trial`)."""

    def __init__(
        self, station: str, number: str, began: datetime, legs: Callable[[], Sequence[Leg]], *, trial: bool = False
    ) -> None:
        loop = asyncio.get_running_loop()
        self.station = station
        """The name of the telephone."""
        self.number = number
        """What was dialled."""
        self.began = began
        """When (UTC)."""
        self.legs = legs
        """Gives the legs of those who talk: the caller's, and that of the line."""
        self.trial = trial
        """Nobody outside is called."""
        self.over: asyncio.Future[None] = loop.create_future()
        """Done once it has ended."""
        self.told: asyncio.Future[str] = loop.create_future()
        """The name of whoever was told of it first."""


class Emergencies:
    """Those of a unit. began: tells of each as it begins. None of this is waited for by the call itself."""

    def __init__(self) -> None:
        self.going_on: list[EmergencyCall] = []
        self.began: Signal[EmergencyCall] = Signal()

    def begin(self, emergency: EmergencyCall) -> None:
        """It goes on from now on."""
        self.going_on.append(emergency)
        self.began.tell(emergency)

    def end(self, emergency: EmergencyCall) -> None:
        """It is over."""
        self.going_on.remove(emergency)
        if not emergency.over.done():
            emergency.over.set_result(None)

    @property
    def newest(self) -> EmergencyCall | None:
        """The one that began last, of those that are none on trial."""
        return next((one for one in reversed(self.going_on) if not one.trial), None)


async def overhear(listener: Leg, emergency: EmergencyCall) -> None:
    """Let this leg hear the call, unheard itself, until that is over. Raises CallEnded when the listener leaves."""
    sound = Overhearing(lambda: [leg.media for leg in emergency.legs()])
    listener.hear(sound)
    try:
        await listener.until(emergency.over)
    finally:
        listener.stop(sound)

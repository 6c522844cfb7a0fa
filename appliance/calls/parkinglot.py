"""The calls that are parked: each in a numbered place, where any telephone can take it up."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from appliance.calls.leg import Leg
from appliance.calls.signal import Signal
from appliance.calls.station import StationLine


@dataclass(frozen=True, slots=True, eq=False)
class ParkingPlace:
    """A place with somebody in it."""

    number: int
    """What is dialled to take the call up."""
    station: StationLine
    """The telephone that has parked it."""
    since: datetime
    """When it was parked (UTC)."""
    taken: asyncio.Future[tuple[Leg, StationLine]] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )
    """Done when a telephone takes the call up: its leg, and which it is."""


class ParkingLot:
    """All places of the unit. changed: told when a call was parked, or is parked no longer."""

    def __init__(self) -> None:
        self.changed: Signal[[]] = Signal()
        self._occupied: dict[int, ParkingPlace] = {}

    @property
    def occupied(self) -> Mapping[int, ParkingPlace]:
        """The places with somebody in them, by number."""
        return self._occupied

    def occupy(self, places: int, station: StationLine, now: datetime) -> ParkingPlace | None:
        """Take the lowest free place of so many for a call that this telephone parks; None where all are taken."""
        number = next((number for number in range(1, places + 1) if number not in self._occupied), None)
        if number is None:
            return None
        place = self._occupied[number] = ParkingPlace(number, station, now)
        self.changed.tell()
        return place

    def vacate(self, place: ParkingPlace) -> None:
        """Nobody is in this place any more. Harmless where that is so already."""
        if self._occupied.get(place.number) is place:
            del self._occupied[place.number]
            self.changed.tell()

    def take(self, number: int, leg: Leg, station: StationLine) -> bool:
        """Let a telephone, on this leg, take up the call in this place. False where there is none."""
        place = self._occupied.get(number)
        if place is None or place.taken.done():
            return False
        place.taken.set_result((leg, station))
        self.vacate(place)
        return True

"""What is tried again for whoever found it busy: a number outside, or a colleague. Each stands in a switch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

REDIALS = "redial/"
"""How the names of their switches begin."""
LONGEST = timedelta(minutes=30)
"""Then it is given up."""
EVERY = timedelta(seconds=60)
"""A number outside is tried so often."""
MOST_TRIES = 15
"""Of a number outside. Equipment that dials by itself may not try one more often without being asked again, where it
knows busy tone (47 CFR 68.318 (b) (1))."""
HANGS_UP = timedelta(seconds=3)
"""Whoever has just hung up may want to call somebody before."""
NOT_LIFTED = timedelta(minutes=5)
"""Behind a telephone that rang for it and was not lifted."""


@dataclass(frozen=True, slots=True)
class Redial:
    """What one telephone waits for."""

    station: str
    """The name of the telephone for which it is tried."""
    number: str
    """What is tried, as it is dialed on a telephone of the office."""

    @property
    def switch(self) -> str:
        return f"{of_station(self.station)}{self.number}"


def of_station(station: str) -> str:
    """How the names of the switches begin of all that one telephone waits for."""
    return f"{REDIALS}{station}/"


def read_redial(switch: str) -> Redial:
    """What a switch of this name is for."""
    station, _, number = switch.removeprefix(REDIALS).rpartition("/")
    return Redial(station, number)

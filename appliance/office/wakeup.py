"""Wake-up calls: when a telephone is to ring, and how often. Each stands in a switch (`appliance.calls.switches`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, tzinfo

from appliance.office.walltime import day_at, moment_of

WAKE_UPS = "wake-up/"
"""How the names of their switches begin."""
TIMES = 3
"""So often a telephone rings that nobody lifts."""
APART = timedelta(minutes=3)
"""From one time to the next."""
LATEST = timedelta(minutes=15)
"""Behind its time: where the unit was off for longer, nobody is woken any more."""


@dataclass(frozen=True, slots=True)
class WakeUp:
    """A wake-up call of one telephone."""

    station: str
    """The telephone's name."""
    at: datetime
    """When it was wanted for (UTC)."""
    rung: int = 0
    """So often it has rung in vain."""

    @property
    def due(self) -> datetime:
        """When the telephone rings next (UTC)."""
        return self.at + self.rung * APART

    @property
    def over(self) -> datetime:
        """From when on nobody is woken any more (UTC)."""
        return self.at + LATEST

    @property
    def switch(self) -> str:
        return wake_up_switch(self.station)

    @property
    def written(self) -> str:
        """What its switch stands at."""
        return f"{self.at.isoformat()} {self.rung}"

    def again(self) -> WakeUp | None:
        """The same once it has rung in vain; None where that was the last time."""
        return replace(self, rung=self.rung + 1) if self.rung + 1 < TIMES else None


def wake_up_switch(station: str) -> str:
    """Stands at what `WakeUp.written` writes."""
    return f"{WAKE_UPS}{station}"


def read_wake_up(switch: str, at: str) -> WakeUp | None:
    """The wake-up call that a switch of this name stands at; None where it stands at nothing that is known."""
    moment, _, rung = at.partition(" ")
    try:
        return WakeUp(switch.removeprefix(WAKE_UPS), datetime.fromisoformat(moment).astimezone(UTC), int(rung))
    except ValueError:
        return None


def next_showing(minutes: int, now: datetime, zone: tzinfo) -> datetime:
    """The next moment (UTC) at which the clock on the wall shows so many minutes of the day.

    A time that the clock skips that day is the moment of the skip, and one that it shows twice the first of the two.
    """
    today = day_at(now, zone)
    days = (today + timedelta(days=days) for days in range(3))
    return next(moment for day in days if (moment := moment_of(day, minutes, zone)) > now)


def minutes_of(entered: str) -> int | None:
    """The minutes of the day that four digits are, of the hour and the minute; None where they are no time."""
    if len(entered) != 4 or not entered.isdecimal():
        return None
    hour, minute = int(entered[:2]), int(entered[2:])
    return hour * 60 + minute if hour < 24 and minute < 60 else None

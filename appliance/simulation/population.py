"""How much happens at an office, and when: pure data, and what a random generator of a given seed makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from random import Random

HOUR_SECONDS = 3600.0
NIGHT, MORNING = (0.02, 0.01, 0.01, 0.01, 0.01, 0.03), (0.1, 0.4, 1.2, 1.8, 2.0, 1.6)
AFTERNOON, EVENING = (0.9, 1.3, 1.7, 1.6, 1.2, 0.7), (0.35, 0.2, 0.15, 0.1, 0.06, 0.03)
HOURS = (*NIGHT, *MORNING, *AFTERNOON, *EVENING)
"""How many calls come in each hour of the day, from midnight on, against each other."""
WEEKDAYS = (1.25, 1.1, 1.0, 1.0, 0.9, 0.2, 0.1)
"""The same for the days of the week, from Monday on."""


@dataclass(frozen=True, slots=True)
class Population:
    """What happens on a working day, on the average."""

    callers: float = 40.0
    """Calls from outside."""
    staff: float = 20.0
    """Calls that people of the office make: to colleagues, outside, to their mailboxes, to change something."""
    mishaps: float = 1.0
    """Faults of lines, and of circuits behind them."""
    power_cuts: float = 0.1
    """How often the unit loses its power."""
    emergencies: float = 0.1
    """Calls for help."""
    hours: tuple[float, ...] = HOURS
    """How busy each hour of the day is, against the others."""
    weekdays: tuple[float, ...] = WEEKDAYS
    """How busy each day of the week is, from Monday on, against the others."""

    def scaled(self, calls_a_day: float) -> Population:
        """The same population, with so many calls of all kinds on an average day."""
        factor = calls_a_day / (self.callers + self.staff)
        return Population(
            self.callers * factor,
            self.staff * factor,
            self.mishaps * factor,
            self.power_cuts * factor,
            self.emergencies * factor,
            self.hours,
            self.weekdays,
        )

    @property
    def kinds(self) -> Mapping[str, float]:
        """How many of each kind of event there are on an average day."""
        return {
            "caller": self.callers,
            "staff": self.staff,
            "mishap": self.mishaps,
            "power": self.power_cuts,
            "emergency": self.emergencies,
        }


@dataclass(frozen=True, slots=True, order=True)
class Planned:
    """Something that begins at this second of a day. seed: decides all that it does by chance."""

    at_s: float
    kind: str = field(compare=False)
    seed: int = field(compare=False)


def plan(population: Population, day: date, seed: int) -> list[Planned]:
    """What happens on this day, in order: a Poisson process whose rate follows the hours and the weekday."""
    random = Random(f"{seed} {day.isoformat()}")
    busy = population.weekdays[day.weekday()] * len(population.weekdays) / sum(population.weekdays)
    total = sum(population.hours)
    planned = []
    for kind, a_day in population.kinds.items():
        for hour, weight in enumerate(population.hours):
            rate = a_day * busy * weight / total / HOUR_SECONDS
            at_s = random.expovariate(rate) if rate > 0 else HOUR_SECONDS
            while at_s < HOUR_SECONDS:
                planned.append(Planned(round(hour * HOUR_SECONDS + at_s, 2), kind, random.getrandbits(32)))
                at_s += random.expovariate(rate)
    return sorted(planned)

"""What a habit is: one thing that people do with telephones, or that happens to lines."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from appliance.simulation.hand import Hand

Does = Callable[["Hand", Random], Coroutine[Any, Any, None]]
"""Does it with this telephone; everything left to chance is decided by this generator."""


@dataclass(frozen=True, slots=True)
class Habit:
    """weight: how often it is done, against the others of its list."""

    name: str
    weight: float
    does: Does


def chosen(habits: Sequence[Habit], random: Random) -> Habit:
    return random.choices(habits, [habit.weight for habit in habits])[0]

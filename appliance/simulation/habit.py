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


async def meanwhile(hand: Hand, random: Random, does: Does) -> None:
    """Do it with this telephone too, unless somebody does something with it already. It is hung up behind it."""
    if hand.busy or hand.off_hook or hand.ringing:
        return
    hand.busy = True
    try:
        await does(hand, random)
    finally:
        hand.hangs_up()
        hand.busy = False


def asks(hand: Hand, random: Random, does: Does, name: str) -> None:
    """Somebody with another telephone of the office does this meanwhile; nobody does where there is no other."""
    others = [one.name for one in hand.town.environment.office.stations if one.name != hand.name]
    if others:
        other, chance = hand.town.hands[random.choice(others)], Random(random.getrandbits(32))
        hand.town.begins(meanwhile(other, chance, does), f"{other.name} {name}")

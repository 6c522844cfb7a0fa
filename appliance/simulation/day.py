"""Lets a day pass in the town: everybody does what is planned, and reacts to telephones that ring."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from contextlib import suppress
from random import Random
from typing import Any

from appliance.simulation import bycode, callers, cells, mailing, mishaps, staff, together
from appliance.simulation.habit import Habit, chosen
from appliance.simulation.hand import Hand
from appliance.simulation.office import HELP
from appliance.simulation.population import Planned
from appliance.simulation.town import Town

REDIAL_S = (1.0, 20.0)
SETTLED_S = 12.0
"""So long behind the last call everything must be as it should be at rest."""
OF_STAFF = (*staff.HABITS, *mailing.HABITS, *bycode.HABITS, *together.HABITS)
"""What people of the office do of their own accord."""
LONGEST_S = 900.0
"""A call that lasts longer is a fault."""


class Days:
    """counts: how many of each habit were begun."""

    def __init__(self, town: Town, on_quiet: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.counts: dict[str, int] = {}
        self._town = town
        self._on_quiet = on_quiet
        town.on_ringing = self._rings

    async def pass_by(self, planned: Sequence[Planned], begin_s: float) -> None:
        """Do what is planned. begin_s: when the day begins, by the town's time. Returns once everything is over."""
        for one in planned:
            due = begin_s + one.at_s
            if due - self._town.now_s > SETTLED_S:
                await self._until_quiet(due)
            await asyncio.sleep(max(0.0, due - self._town.now_s))
            self._begin(one)
        await self._until_quiet(self._town.now_s + LONGEST_S)

    async def _until_quiet(self, due_s: float) -> None:
        """Wait until everything is over and settled, unless the next event comes before, and look that all is well."""
        town = self._town
        while not town.quiet:
            if town.now_s + 1.0 > due_s:
                return
            await asyncio.sleep(1.0)
        if town.now_s + SETTLED_S > due_s:
            return
        await asyncio.sleep(SETTLED_S)
        if town.quiet:
            await self._on_quiet()

    def _begin(self, planned: Planned) -> None:
        town, random = self._town, Random(planned.seed)
        match planned.kind:
            case "caller":
                self._does(random.choice(town.cast.callers), chosen(callers.HABITS, random), random, callers.LEAVES)
            case "staff":
                if stations := town.environment.office.stations:
                    self._does(random.choice(stations).name, chosen(OF_STAFF, random), random, 0.1)
            case "emergency":
                if stations := town.environment.office.stations:
                    self._does(random.choice(stations).name, Habit("emergency", 1, staff.calls_for_help), random, 0.0)
            case "mishap":
                self._count("mishap")
                town.begins(mishaps.line_fault(town, random), "a mishap")
            case _:
                self._count("power cut")
                town.begins(mishaps.power_cut(town, random), "a power cut")

    def _rings(self, hand: Hand) -> None:
        """Whoever is there reacts by chance, in the same way whenever the same day is played."""
        random, town = Random(f"{hand.name} {town_time(self._town)}"), self._town
        if hand.busy or hand.off_hook:
            return
        if hand.name in town.cast.cells:
            self._does(hand.name, chosen(cells.HABITS, random), random, 0.15)
        elif hand.name == HELP:
            self._does(hand.name, Habit("help answers", 1, callers.is_called), random, 0.0)
        elif hand.name in town.cast.callers:
            self._does(hand.name, Habit("is called", 1, callers.is_called), random, 0.2)
        else:
            self._does(hand.name, Habit("a desk rings", 1, staff.answers), random, 0.15)

    def _does(self, name: str, habit: Habit, random: Random, leaves: float) -> None:
        hand = self._town.hands[name]
        if hand.busy or hand.off_hook:
            return
        self._count(habit.name)
        leaves_after = random.expovariate(1 / callers.LEAVES_AFTER_S) if random.random() < leaves else None
        hand.busy = True
        self._town.begins(self._acting(hand, habit, random, leaves_after), f"{name} {habit.name}")

    async def _acting(self, hand: Hand, habit: Habit, random: Random, leaves_after: float | None) -> None:
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(leaves_after):
                    await habit.does(hand, random)
            if hand.off_hook:
                hand.hangs_up()
                await asyncio.sleep(0.1)
            if habit in callers.HABITS and random.random() < callers.REDIALS:
                await asyncio.sleep(random.uniform(*REDIAL_S))
                if not hand.off_hook and not hand.ringing:
                    await habit.does(hand, random)
        finally:
            hand.busy = False

    def _count(self, name: str) -> None:
        self.counts[name] = self.counts.get(name, 0) + 1


def town_time(town: Town) -> str:
    """The town's time to the hundredth of a second, which decides what chance does."""
    return f"{town.now_s:.2f}"

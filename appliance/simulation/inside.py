"""Promises about the unit itself: no call fails, no record stays open, no task and no timer is left."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import timedelta

from appliance.scenario import actions as act
from appliance.simulation.promises import Suspicion
from appliance.simulation.town import Town

ANSWERED_S = 25.0
"""For so long it may take until an emergency call rings."""
OVERDUE = timedelta(seconds=2)


class NothingFails:
    """No call fails, nothing fails in a callback, and at rest every record is finished and no task is left."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._rested = town.environment.clock.now()
        self._tasks = {task.get_name() for task in asyncio.all_tasks()}

    def acted(self, action: act.Act) -> None:
        """It does not matter who does what."""

    def look(self) -> Iterable[Suspicion]:
        for fault in self._town.environment.appliance.faults:
            if "failed" in fault:
                yield Suspicion("a call fails", fault, fault, 0.0, "everything is idle within 1s")
        failed = self._town.failed
        while failed:
            fault = failed.pop()
            yield Suspicion("something fails inside", fault, fault, 0.0, "everything is idle within 1s")

    def at_rest(self) -> Iterable[Suspicion]:
        yield from self.look()
        environment = self._town.environment
        for record in environment.appliance.calls.since(self._rested):
            if record.ended is None:
                what = f"the call on {record.line} that began at {record.started:%H:%M:%S}"
                yield Suspicion("a record is open", record.id, what, 0.0, "everything is idle within 1s")
        self._rested = environment.clock.now() - OVERDUE
        tasks = {task.get_name() for task in asyncio.all_tasks()} - self._tasks
        for name in sorted(tasks - {"the promises"}):
            yield Suspicion("a task is left", name, name, 0.0, "everything is idle within 1s")


class HelpIsReached:
    """An emergency call rings where it goes to within a set time, as long as any line has power."""

    def __init__(self, town: Town, number: str) -> None:
        self._town = town
        self._number = number
        self._dialled: dict[str, float] = {}

    def acted(self, action: act.Act) -> None:
        prefix = self._town.environment.office.outside_prefix
        match action:
            case act.Presses(party, digits) if digits in (self._number, prefix + self._number):
                if party not in self._town.cast.callers and self._fresh(party):
                    self._dialled[party] = self._town.now_s
            case act.HangsUp(party):
                self._dialled.pop(party, None)
            case act.PowerFails() | act.Fault():
                self._dialled.clear()

    def look(self) -> Iterable[Suspicion]:
        help_hand = next(hand for hand in self._town.hands.values() if hand.telephone.name == self._number)
        if help_hand.ringing or help_hand.off_hook or not self._any_line():
            self._dialled.clear()
        for party, at_s in self._dialled.items():
            if self._town.now_s - at_s > ANSWERED_S:
                yield Suspicion(
                    "an emergency call does not go out",
                    party,
                    f"{party} has dialled {self._number}",
                    0.0,
                    f"{help_hand.name} rings within 1s",
                )

    def at_rest(self) -> Iterable[Suspicion]:
        return ()

    def _fresh(self, party: str) -> bool:
        """Nothing was dialled before in this call, and the telephone has a dial tone."""
        hand = self._town.hands[party]
        return hand.off_hook and not self._town.talks(hand.telephone.name)

    def _any_line(self) -> bool:
        return any(port.battery for port in self._town.environment.exchange.card.fxo)

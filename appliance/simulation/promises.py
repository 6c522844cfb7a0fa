"""What must hold whatever happens: looked at twice a second while anything goes on, and when all is at rest.

Most things may be otherwise for a moment: a line is off hook for some seconds after its caller has gone. So what is not
as it should be is a suspicion at first, and a violation once it has lasted.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from appliance.scenario import actions as act
from appliance.simulation.town import Town

LOOKS_S = 0.5
AT_REST_S = 2.0
"""For so long it is looked what still happens by itself at rest."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A promise that was not kept."""

    kind: str
    """Which: the same for all of its kind, whoever and whatever it was about."""
    what: str
    """What was seen, in words."""
    at_s: float
    """When, in seconds since the town began."""
    proof: str
    """The last line of a scenario that shows it: an expectation that is not met then."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Something that must not last for so many seconds. key: what it is about, the same each time it is seen."""

    kind: str
    key: str
    what: str
    lasts_s: float
    proof: str


class Promise(Protocol):
    """One kind of promise. Each of these may say nothing."""

    def acted(self, action: act.Act) -> None:
        """Somebody is about to do this."""

    def look(self) -> Iterable[Suspicion]:
        """Looked at twice a second while anything goes on."""

    def at_rest(self) -> Iterable[Suspicion]:
        """Looked at when nobody has done anything for a while."""


class Watch:
    """Looks at all promises. violations: those not kept, each kind and key once between two rests."""

    def __init__(self, town: Town, promises: Iterable[Promise]) -> None:
        self.violations: list[Violation] = []
        self._town = town
        self._promises = list(promises)
        self._since: dict[tuple[str, str], float] = {}
        self._told: set[tuple[str, str]] = set()
        self._looking: asyncio.Task[None] | None = None
        town.on_act = self._acted

    def stop(self) -> None:
        if self._looking is not None:
            self._looking.cancel()

    async def rest(self) -> None:
        """Nobody has done anything for a while: whatever is not as it should be now is a violation at once."""
        await self._town.listen_at_rest(AT_REST_S)
        for promise in self._promises:
            for one in promise.at_rest():
                self._violated(one)
        self._since.clear()
        self._told.clear()

    def _acted(self, action: act.Act) -> None:
        for promise in self._promises:
            promise.acted(action)
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look(), name="the promises")

    async def _look(self) -> None:
        """Until nothing goes on. The next act begins it again."""
        while True:
            await asyncio.sleep(LOOKS_S)
            if self._town.environment.powered:
                self._look_once()
            else:
                self._since.clear()
            if self._town.quiet and not self._since:
                return

    def _look_once(self) -> None:
        now = self._town.now_s
        seen = {(one.kind, one.key): one for promise in self._promises for one in promise.look()}
        self._since = {key: self._since.get(key, now) for key in seen}
        for key, one in seen.items():
            if now - self._since[key] >= one.lasts_s:
                self._violated(one)

    def _violated(self, one: Suspicion) -> None:
        if (one.kind, one.key) not in self._told:
            self._told.add((one.kind, one.key))
            self.violations.append(Violation(one.kind, one.what, self._town.now_s, one.proof))

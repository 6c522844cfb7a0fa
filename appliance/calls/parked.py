"""A caller waits in a parking place, until somebody takes the call up or nobody does."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from appliance.calls.parkinglot import ParkingLot, ParkingPlace
from appliance.calls.party import Party
from appliance.calls.patience import HoldQuestion, until_tired
from appliance.calls.reaching import Unreached, Why
from appliance.calls.targets import StationTarget
from appliance.calls.transfer import WaitsNoMore

PARKED_RING_SECONDS = 30.0
"""How long the telephone rings that has parked a call which nobody takes up."""


class ParkedWait:
    """One caller's wait. Whatever comes of it, the place is free afterwards.

    back: the telephone that has parked the call. step: notes what happens. question: what the caller is asked now and
    again; None: nothing.
    """

    def __init__(
        self,
        lot: ParkingLot,
        place: ParkingPlace,
        back: StationTarget,
        question: HoldQuestion | None,
        step: Callable[[str], None],
    ) -> None:
        self._lot = lot
        self._place = place
        self._back = back
        self._question = question
        self._step = step
        self._begun: list[asyncio.Task[Any]] = []

    async def until_over(self, caller: Party, seconds: float) -> Party | Unreached | WaitsNoMore:
        """Whoever takes the call up, at once or when the telephone that parked it rings again behind these seconds.

        WaitsNoMore: the caller has answered the question so. CallEnded when the caller leaves.
        """
        place, found = self._place, None
        try:
            tired = self._begin(until_tired(caller, place.station.name, self._question)) if self._question else None
            asking = [tired] if tired is not None else []
            if not await caller.leg.until(place.taken, *asking, seconds=seconds):
                self._step(f"rings {place.station.name} again")
                ringing = self._begin(self._back.reach(caller))
                await caller.leg.until(place.taken, *asking, ringing, seconds=PARKED_RING_SECONDS)
                if ringing.done() and isinstance(ringing.result(), Party):
                    found = ringing.result()
            if place.taken.done() and found is None:
                found = self._taker(caller)
            if found is None and tired is not None and tired.done():
                tired.result()
                return WaitsNoMore(place.station)
            return found or Unreached(Why.NO_ANSWER)
        finally:
            self._lot.vacate(place)
            await self._end(caller, found)

    def _begin(self, work: Any) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work, name=f"parked in {self._place.number}")
        self._begun.append(task)
        return task

    def _taker(self, caller: Party) -> Party:
        leg, station = self._place.taken.result()
        return caller.on_line(leg, station)

    async def _end(self, caller: Party, found: Party | None) -> None:
        """Be done with what was begun, and with whoever has answered at the same moment as another."""
        for task in self._begun:
            task.cancel()
        ended: Sequence[Any] = await asyncio.gather(*self._begun, return_exceptions=True)
        late = [result for result in ended if isinstance(result, Party)]
        if self._place.taken.done():
            late.append(self._taker(caller))
        for party in late:
            if found is None or party.leg is not found.leg:
                party.release()

"""An hour of calls, one after the other and at the same time on all lines: nothing wears out, nothing stays held."""

from __future__ import annotations

import asyncio
import random

from appliance.clock import off_loop
from tests.hil.benchfile import Wire
from tests.hil.call import BenchCall, NotInTime
from tests.hil.figures import Figures
from tests.hil.measure import NothingHeard, arrival
from tests.hil.plots import curves
from tests.hil.rig import BETWEEN_CALLS_S, Rig
from tests.hil.signals import noise

SHORT_S = 15.0
TALK_S = 5.0


class Soak:
    """What has happened so far. answers: when each call was made, and how many seconds passed until the answer."""

    def __init__(self, rig: Rig) -> None:
        self.calls = 0
        self.failed: list[str] = []
        self.answers: list[tuple[float, float]] = []
        self.lost: list[tuple[float, float]] = []
        self._rig = rig
        self._began = rig.now()
        self._until = self._began + (SHORT_S if rig.short else 60 * rig.bench.soak_minutes)
        self._dice = random.Random(1)
        self._stations = list(rig.stations)

    async def callers(self, trunk: Wire) -> None:
        """One caller after the other on this line."""
        while self._rig.now() < self._until:
            kept = list(self._rig.recorded)
            try:
                await self._call(trunk)
                self._rig.recorded[:] = [call for call in self._rig.recorded if call in kept or not call.ended_at]
            except (NotInTime, NothingHeard) as error:
                self.failed.append(f"{self._minute:.1f} min, {trunk.port}: {error}")
            self.calls += 1
            self._rig.progress(f"{self._minute:.1f} min: {self.calls} calls, {len(self.failed)} failed")
            await asyncio.sleep(BETWEEN_CALLS_S)

    async def _call(self, trunk: Wire) -> None:
        """A caller listens a while and hangs up; or is put through to a telephone that is free, and talks."""
        station = self._stations.pop() if self._stations and self._dice.random() < 0.6 else None
        try:
            if station is None:
                call = await self._rig.greeted(trunk)
                await call.passes(self._dice.uniform(0, 4))
            else:
                call = await self._talk(trunk, station)
            self.answers.append((self._minute, call.answered_at - call.rang_at))
            call.hang_up()
            await call.ended(5)
        finally:
            if station is not None:
                await asyncio.sleep(BETWEEN_CALLS_S)
                self._stations.append(station)

    async def _talk(self, trunk: Wire, station: Wire) -> BenchCall:
        caller, callee = await self._rig.talking(trunk, station)
        ahead = len(callee.heard) - len(caller.said)
        first, _ = await caller.say(noise(TALK_S))
        await caller.passes(0.4)
        came = await off_loop(arrival, noise(TALK_S), callee.heard_in(first + ahead, len(callee.heard)))
        self.lost.append((self._minute, came.lost_percent))
        caller.hang_up()
        await callee.ended(15)
        return caller

    @property
    def _minute(self) -> float:
        return (self._rig.now() - self._began) / 60


async def test_soak(rig: Rig, figures: Figures) -> None:
    """Callers on all lines at the same time, some put through to a telephone, for an hour."""
    soak = Soak(rig)
    before = await rig.inside.status() if rig.inside is not None else None
    await asyncio.gather(*(soak.callers(trunk) for trunk in rig.trunks))
    figures.add("calls", soak.calls, "calls")
    figures.add("calls failed", 100 * len(soak.failed) / max(soak.calls, 1), limit="soak_failed_percent")
    if soak.answers:
        figures.add("ring to answer, longest", max(seconds for _, seconds in soak.answers), limit="answer_seconds")
    if soak.lost:
        mean = sum(percent for _, percent in soak.lost) / len(soak.lost)
        figures.add("frames lost, mean", mean, limit="soak_frames_lost_percent")
        figures.plots["Frames lost of each call, %"] = curves({"lost": soak.lost}, "min", "%", points=True)
    figures.plots["First ring to answer"] = curves({"answer": soak.answers}, "min", "s", points=True)
    if rig.inside is not None and before is not None:
        ticks = (await rig.inside.status())["ticks"]
        figures.add("ticks the unit left out", ticks["overruns"] - before["ticks"]["overruns"], "ticks")
    assert not soak.failed or not figures.missed, "\n".join(soak.failed[:20])

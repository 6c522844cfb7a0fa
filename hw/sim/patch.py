"""Patch cords: FXS ports joined with FXO ports, with no exchange between them.

    panel = PatchPanel(tone_plan("us"))
    source, terminal = panel.cord("gateway-fxs-1", "fxo-1")
    await panel.start()

So a gateway's FXS port feeds a line card's FXO port, or a card's FXS port a gateway's FXO port. The two ends of a cord
usually belong to different owners, each of which puts its own end into its `SimLineCard` or the like.
"""

from __future__ import annotations

import numpy as np

from hw.sim.fxo import SimFxoPort
from hw.sim.fxs import SimFxsPort
from hw.sim.loop import LineQuality, Noise, SubscriberLoop, hybrid
from hw.ticker import Ticker
from hw.tones.toneplan import TonePlan

SHORT = LineQuality(attenuation_db=0.0)
"""A cord of a metre or two loses nothing; its ends' hybrids and noise are those of any line."""


class PatchPanel:
    """Cords of one country. It ticks every 20 ms while some cord carries something, and sets no timer otherwise.

    seed: decides all its randomness. clock_ppm: how much faster its ticks come than the event loop's clock says.
    A cord is pulled out, and put in again, with its `loop.set_cut`.
    """

    def __init__(self, plan: TonePlan, *, seed: int = 0, quality: LineQuality = SHORT, clock_ppm: float = 0) -> None:
        self._plan = plan
        self._quality = quality
        self._rng = np.random.default_rng(seed)
        self._noise = Noise(quality.noise_dbm0, self._rng)
        self._cords: list[tuple[SimFxsPort, SimFxoPort]] = []
        self._ticker = Ticker(self._tick, clock_ppm)
        self._drifts = bool(clock_ppm)

    def cord(self, fxs: str, fxo: str) -> tuple[SimFxsPort, SimFxoPort]:
        """A new cord's two ports, with these names."""
        loop = SubscriberLoop(fxs, self._quality, self._rng, self._noise)
        echo, wake, drifts = hybrid(self._quality.echo_return_loss_db, self._rng), self._ticker.wake, self._drifts
        source = SimFxsPort(loop, self._plan, echo, wake, drifts=drifts)
        terminal = SimFxoPort(loop, wake, self._plan, drifts=drifts)
        terminal.name = fxo
        self._cords.append((source, terminal))
        return source, terminal

    async def start(self) -> None:
        """Plug all cords in. An owner may start its own ports as well."""
        for _, terminal in self._cords:
            terminal.start()

    async def close(self) -> None:
        """Stop everything. No timer is left, and nothing more is told of any cord."""
        self._ticker.stop()
        for source, terminal in self._cords:
            source.loop.stop()
            source.stop()
            terminal.stop()

    def _tick(self) -> bool:
        """One tick: what the terminal says reaches the source, which answers. False when nothing is awake."""
        awake = [source for source, _ in self._cords if source.alive]
        for source in awake:
            source.loop.collect()
            source.loop.deliver(source.pass_frame(source.loop.up))
        return bool(awake)

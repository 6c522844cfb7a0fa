"""A simulated FXO port: the terminal of a line to the simulated exchange."""

from __future__ import annotations

from collections.abc import Callable

from hw.port.fxo import FxoWirePort
from hw.sim.loop import SubscriberLoop
from hw.tones.toneplan import TonePlan


class SimFxoPort(FxoWirePort):
    """See `hw.linecard.FxoPort`."""

    def __init__(self, loop: SubscriberLoop, wake: Callable[[], None], plan: TonePlan) -> None:
        super().__init__(loop, wake, plan)
        self.loop = loop
        loop.terminal = self

"""A simulated FXO port: the terminal of a line to the simulated exchange."""

from __future__ import annotations

from collections.abc import Callable

from hw.port.fxo import FxoWirePort
from hw.sim.loop import SubscriberLoop
from hw.tones.toneplan import TonePlan


class SimFxoPort(FxoWirePort):
    """See `hw.linecard.FxoPort`. It is a `LineMeter`, too."""

    def __init__(self, loop: SubscriberLoop, wake: Callable[[], None], plan: TonePlan) -> None:
        super().__init__(loop, wake, plan)
        self.loop = loop
        loop.terminal = self

    def volts(self) -> float | None:
        """See `hw.linecard.LineMeter`."""
        return self.loop.volts

    def milliamps(self) -> float | None:
        """See `hw.linecard.LineMeter`."""
        return self.loop.milliamps

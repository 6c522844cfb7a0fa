"""A simulated FXO port: the terminal of a line to the simulated exchange."""

from __future__ import annotations

from collections.abc import Callable

from hw.linecard import CARD_LINE, SIMULATED_LINE
from hw.port.fxo import FxoWirePort
from hw.sim.loop import SubscriberLoop
from hw.tones.toneplan import TonePlan


class SimFxoPort(FxoWirePort):
    """See `hw.linecard.FxoPort`. It is a `LineMeter`, too. drifts: its card's clock is not the event loop's."""

    def __init__(self, loop: SubscriberLoop, wake: Callable[[], None], plan: TonePlan, *, drifts: bool = False) -> None:
        super().__init__(loop, wake, plan, traits=CARD_LINE if drifts else SIMULATED_LINE)
        self.loop = loop
        loop.terminal = self

    def volts(self) -> float | None:
        """See `hw.linecard.LineMeter`."""
        return self.loop.volts

    def milliamps(self) -> float | None:
        """See `hw.linecard.LineMeter`."""
        return self.loop.milliamps

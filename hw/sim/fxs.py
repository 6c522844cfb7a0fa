"""A simulated FXS port: the source of a line to a telephone of ours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from hw.audio import SILENCE, Floats, Frame
from hw.linecard import SIMULATED_LINE
from hw.port.fxs import CARD_TELEPHONE, FxsWirePort
from hw.sim.loop import Fir, SubscriberLoop, limited
from hw.tones.toneplan import TonePlan


class SimFxsPort(FxsWirePort):
    """See `hw.linecard.FxsPort`. drifts: its card's clock is not the event loop's."""

    def __init__(
        self, loop: SubscriberLoop, plan: TonePlan, hybrid: Fir, wake: Callable[[], None], *, drifts: bool = False
    ) -> None:
        traits = CARD_TELEPHONE if drifts else replace(SIMULATED_LINE, announces_waiting=True)
        super().__init__(loop, plan, wake, lamp_shown=False, traits=traits)  # The telephone comes with its line.
        self.loop = loop
        self._hybrid = hybrid

    def pass_frame(self, up: Floats | None) -> Frame | None:
        """One tick: deliver what came up the line with the port's own echo, and return what goes down."""
        sent = self.next_frame()
        if not self.off_hook:
            return sent
        echo = self._hybrid.echo(None if sent is SILENCE else sent)
        if up is None and echo is None:
            self.heard(SILENCE)
        else:
            came = np.zeros(len(SILENCE), dtype=np.float32) if up is None else up
            self.heard(limited(came if echo is None else came + echo))
        return sent

"""One call in the simulated exchange, from the last digit to the end, between two lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from hw.sim.circuit import LineCircuit


class CallState(Enum):
    """How far a call is. It goes forward, from KEPT also back to TALKING. A call that waits is alerting too."""

    SETTING_UP = "the called line is chosen, but not yet rung"
    ALERTING = "the called line is rung, or hears that a call waits"
    TALKING = "answered"
    KEPT = "the called line has hung up, and goes on with the call if it is lifted in time"
    OVER = "over"


@dataclass(eq=False, slots=True)
class ExchangeCall:
    """A call through the exchange. What happens to it is decided in `hw.sim.service`.

    private: whether the caller asked for caller ID to be withheld (True) or shown (False); None: as is usual on the
    line. forwards_to: the number to which calls to the caller are to go from now on, once this call is answered; empty:
    an ordinary call.
    """

    caller: LineCircuit
    called: LineCircuit
    private: bool | None = None
    state: CallState = CallState.SETTING_UP
    forwards_to: str = ""

    def other(self, line: LineCircuit) -> LineCircuit:
        """The party that is not this line."""
        return self.called if line is self.caller else self.caller

    def replace(self, line: LineCircuit, by: LineCircuit) -> None:
        """The call goes on with another party instead of this line."""
        if line is self.caller:
            self.caller = by
        else:
            self.called = by


@dataclass(eq=False, slots=True)
class LineCalls:
    """The calls of one line: the one it talks on, one on hold, and one that waits.

    conference: the active and the held call are joined. swaps: the held call was left for one that waited, so that a
    hook flash changes between the two instead of joining them.
    """

    active: ExchangeCall | None = None
    held: ExchangeCall | None = None
    waiting: ExchangeCall | None = None
    conference: bool = False
    swaps: bool = False

    def replace(self, call: ExchangeCall, by: ExchangeCall) -> None:
        """This call goes on as another one, active or on hold as it was."""
        if call is self.held:
            self.held = by
        else:
            self.active = by

    def path(self) -> list[ExchangeCall]:
        """The answered calls whose other party this line hears and is heard by, if that party is there too."""
        calls = [self.active, self.held if self.conference else None]
        return [call for call in calls if call is not None and call.state is CallState.TALKING]

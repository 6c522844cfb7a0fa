"""A second call that is announced to whoever talks on a telephone, and waits there for an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from appliance.calls.leg import Leg
from hw.callerid.coding import CallerId
from hw.linecard import Cadence, FxsPort, RingRefused
from hw.ringkind import RingKind

if TYPE_CHECKING:
    from appliance.calls.station import StationLine


@dataclass(frozen=True, slots=True)
class PickedUp:
    """Another telephone has answered in place of the one that rang, on this leg of its own."""

    leg: Leg
    station: StationLine


Answer = Leg | PickedUp | RingRefused
"""What becomes of a telephone that is rung: its leg, another's, or why it does not want to be rung."""


def may_wait(port: FxsPort, leg: Leg) -> bool:
    """Whether a second call may be announced on this port, on whose leg somebody talks; never in a call for help."""
    announces = port.traits.announces_waiting if port.second is None else not port.second.off_hook
    helped = leg.emergency or any(other.emergency for other in leg.talks_to)
    return announces and leg.in_conversation and not helped and not leg.undisturbed


class WaitingCall:
    """It waits until `answered` is done, or cancelled.

    A plain telephone is told by a tone in its talk, and a SIP telephone by a call to its second port.
    """

    def __init__(self, port: FxsPort, cadence: Cadence, caller_id: CallerId | None, kind: RingKind | None) -> None:
        self.answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._port = port
        self._cadence = cadence
        self._caller_id = caller_id
        self._kind = kind
        self._stop: Callable[[], None] = port.call_waits_no_more
        self.answered.add_done_callback(lambda _answered: self._stop())
        if port.second is not None:
            self._stop = port.second.stop_ring
            port.second.ring(cadence, caller_id, kind)
        else:
            port.call_waits(caller_id)

    def comes_on(self, port: FxsPort) -> bool:
        """Whether it is this port by which it is answered or refused, but for the hook flash of a plain telephone."""
        return not self.answered.done() and port is (self._port.second or self._port)

    def ring(self) -> None:
        """The first call is over and the telephone hung up: ring it. One with a second port rings already."""
        if self._port.second is None:
            self._stop()
            self._stop = self._port.stop_ring
            self._port.ring(self._cadence, self._caller_id, self._kind)

"""Who can be reached: a telephone of ours, a number on a trunk, an extension of another of our offices."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from appliance.calls.faults import Faults
from appliance.calls.leg import Leg
from appliance.calls.outcome import Cause
from appliance.calls.outgoing import call_elsewhere, dial_out
from appliance.calls.party import Party
from appliance.calls.reaching import Unreached, Why
from appliance.calls.station import StationLine, StationState
from appliance.calls.trunk import TrunkLine
from hw.callerid.coding import CallerId
from hw.cleared import Cleared
from hw.linecard import LineError


@dataclass(frozen=True, slots=True)
class StationTarget:
    """A station, rung until it is answered. caller_id: what it shows."""

    station: StationLine
    caller_id: CallerId | None

    async def reach(self, caller: Party) -> Party | Unreached:
        if not self.station.free:
            ringing = self.station.state is StationState.RINGING
            return Unreached(Why.RINGING if ringing else Why.BUSY)
        try:
            answer = self.station.ring(self.caller_id)
        except LineError:  # It is being lifted at this very moment.
            return Unreached(Why.BUSY)
        try:
            answered = await answer
        except asyncio.CancelledError:
            if answer.done() and not answer.cancelled() and isinstance(late := answer.result(), Leg):
                late.release()
            raise
        if isinstance(answered, Leg):
            return caller.on_line(answered, self.station)
        return Unreached(Why.BUSY if answered.cause is Cleared.BUSY else Why.NO_ANSWER, answered.forward)


@dataclass(frozen=True, slots=True)
class OutsideTarget:
    """A number of the public network, on one of these trunks, of which some are kept. See `outgoing.dial_out`."""

    trunks: Sequence[TrunkLine]
    number: str
    emergency: bool
    faults: Faults
    keep_free: int = 0

    async def reach(self, caller: Party) -> Party | Unreached:
        caller.leg.emergency = self.emergency
        trunk = await dial_out(
            self.trunks,
            self.number,
            caller.leg,
            emergency=self.emergency,
            report=self.faults.report,
            keep_free=self.keep_free,
        )
        caller.leg.emergency = False
        if trunk is None:
            return Unreached(Why.NO_LINE)
        party = _on(trunk, caller)
        party.leg.emergency = self.emergency
        return party


@dataclass(frozen=True, slots=True)
class OtherOfficeTarget:
    """An extension of another of our offices, on one of these lines. See `outgoing.call_elsewhere`."""

    lines: Sequence[TrunkLine]
    number: str
    caller_id: CallerId | None

    async def reach(self, caller: Party) -> Party | Unreached:
        reached = await call_elsewhere(self.lines, self.number, caller.leg, self.caller_id)
        if isinstance(reached, Cause):
            return Unreached(Why.NO_ANSWER)
        return Unreached(Why.NO_LINE) if reached is None else _on(reached, caller)


def _on(trunk: TrunkLine, caller: Party) -> Party:
    assert trunk.leg is not None
    return caller.on_line(trunk.leg, trunk)

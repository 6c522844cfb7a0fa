"""Who can be reached: a telephone of ours, a number on a trunk, an extension of another of our offices."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from appliance.calls.faults import Faults
from appliance.calls.leg import Leg
from appliance.calls.linesout import LinesOut
from appliance.calls.outcome import Cause
from appliance.calls.outgoing import call_elsewhere, dial_out
from appliance.calls.party import Party
from appliance.calls.reaching import Reached, Target, Unreached, Why
from appliance.calls.station import StationLine, StationState
from appliance.calls.trunk import TrunkLine
from appliance.calls.waitingcall import Answer, PickedUp
from appliance.office.telephones import RingSound
from hw.callerid.coding import CallerId
from hw.cleared import Cleared
from hw.linecard import LineError, RingRefused

BUSY_BEFORE_SECONDS = 0.5
"""A call that waits counts as busy this long before its time is over, when it would only count as not answered."""


@dataclass(frozen=True)
class StationTarget:
    """A station, rung until it is answered."""

    asking: ClassVar[bool] = False
    """Nobody is asked for a key there."""
    station: StationLine
    """The telephone."""
    caller_id: CallerId | None
    """What it shows."""
    person: str = ""
    """Whose it is, by the id."""
    rings: RingSound | None = None
    """How it rings; None: as the country's telephones do."""
    waits_seconds: float = 0.0
    """How long a call waits while somebody talks on it, before it counts as busy. 0: it counts so at once."""

    async def reach(self, caller: Party) -> Party | Unreached:
        if self.waits_seconds and self.station.takes_waiting:
            return await self._wait(caller)
        if not self.station.free:
            ringing = self.station.state is StationState.RINGING
            return Unreached(Why.RINGING if ringing else Why.BUSY)
        try:
            answer = self.station.ring(self.caller_id, self.rings)
        except LineError:  # It is being lifted at this very moment.
            return Unreached(Why.BUSY)
        return self._answered(await self._until(answer), caller)

    async def _wait(self, caller: Party) -> Party | Unreached:
        """Announce the call to whoever talks on it. Nobody counts as busy before this time is over."""
        answer = self.station.announce(self.caller_id, self.rings)
        try:
            async with asyncio.timeout(self.waits_seconds - BUSY_BEFORE_SECONDS):
                return self._answered(await self._until(answer), caller)
        except TimeoutError:
            return Unreached(Why.NO_ANSWER if self.station.free else Why.BUSY)

    async def _until(self, answer: asyncio.Future[Any]) -> Answer:
        """What the telephone does. Whoever has answered at the moment when nobody is wanted any more is let go."""
        try:
            answered: Answer = await answer
        except asyncio.CancelledError:
            if answer.done() and not answer.cancelled():
                match answer.result():
                    case Leg() as late:
                        late.release()
                    case PickedUp(late):
                        late.release()
            raise
        return answered

    def _answered(self, answered: Answer, caller: Party) -> Party | Unreached:
        match answered:
            case Leg():
                return caller.on_line(answered, self.station, self.person)
            case PickedUp(leg, station):
                return caller.on_line(leg, station, self.person)
            case RingRefused():
                why = Why.BUSY if answered.cause is Cleared.BUSY else Why.NO_ANSWER
                return Unreached(why, answered.forward)


@dataclass(frozen=True)
class OutsideTarget:
    """A number of the public network, dialled for whoever wants to hear what becomes of it. See `outgoing.dial_out`.

    ways: tried one after the other; for help there is one, with every line.
    """

    asking: ClassVar[bool] = False
    ways: Sequence[LinesOut]
    emergency: bool
    faults: Faults

    async def reach(self, caller: Party) -> Party | Unreached:
        trunk = None
        for way in self.ways:
            caller.leg.emergency = self.emergency
            trunk = await dial_out(
                way.trunks, way.number, caller.leg, emergency=self.emergency, report=self.faults.report
            )
            caller.leg.emergency = False
            if trunk is not None:
                break
        if trunk is None:
            return Unreached(Why.NO_LINE)
        party = _on(trunk, caller)
        party.leg.emergency = self.emergency
        return party


@dataclass(frozen=True)
class OtherOfficeTarget:
    """An extension of another of our offices, on one of these lines. See `outgoing.call_elsewhere`."""

    asking: ClassVar[bool] = False
    lines: Sequence[TrunkLine]
    number: str
    caller_id: CallerId | None

    async def reach(self, caller: Party) -> Party | Unreached:
        reached = await call_elsewhere(self.lines, self.number, caller.leg, self.caller_id)
        if isinstance(reached, Cause):
            return Unreached(Why.NO_ANSWER)
        return Unreached(Why.NO_LINE) if reached is None else _on(reached, caller)


class CalledTarget:
    """Somebody outside, called on another line than the caller's: any free one, but for those that are kept free.

    ways: tried one after the other. person: whose number it is, by the id; or empty.
    """

    asking = False

    def __init__(self, ways: Sequence[LinesOut], person: str, keep_free: int, faults: Faults) -> None:
        self._ways = ways
        self._person = person
        self._keep_free = keep_free
        self._faults = faults

    async def reach(self, caller: Party) -> Party | Unreached:
        """Somebody who may not have answered yet (`Party.has_answered`)."""
        among = list(dict.fromkeys(trunk for way in self._ways for trunk in way.trunks))
        for way in self._ways:
            trunk = await dial_out(
                way.trunks,
                way.number,
                caller.leg,
                emergency=False,
                report=self._faults.report,
                keep_free=self._keep_free,
                among=among,
            )
            if trunk is not None:
                break
        else:
            return Unreached(Why.NO_LINE)
        party = _on(trunk, caller)
        party.person, party.progress = self._person, trunk.progress
        return party


class DeskTarget:
    """The telephone of a person. A number that it wants called instead is called, where that leads to somebody."""

    def __init__(self, desk: StationTarget | None, instead: Callable[[str], Awaitable[Target | None]]) -> None:
        self._desk = desk
        self._instead = instead
        self._followed: Target | None = None

    @property
    def asking(self) -> bool:
        return self._followed is not None and self._followed.asking

    async def reach(self, caller: Party) -> Reached:
        reached = await self._desk.reach(caller) if self._desk is not None else Unreached(Why.NO_STATION)
        if isinstance(reached, Unreached) and reached.forward_to:
            self._followed = await self._instead(reached.forward_to)
            return await self._followed.reach(caller) if self._followed is not None else Unreached(reached.cause)
        return reached


class NotedTarget:
    """Another target, with what becomes of it as steps of the call's record."""

    def __init__(self, target: Target, name: str, step: Callable[[str], None]) -> None:
        self._target = target
        self._name = name
        self._step = step

    @property
    def asking(self) -> bool:
        return self._target.asking

    async def reach(self, caller: Party) -> Reached:
        self._step(f"rings {self._name}")
        try:
            reached = await self._target.reach(caller)
        except asyncio.CancelledError:  # Its time is over, or somebody else was quicker, or the caller has left.
            self._failed(Why.NO_KEY if self.asking else Why.NO_ANSWER)
            raise
        if isinstance(reached, Unreached):
            self._failed(reached.cause)
        return reached

    def _failed(self, cause: Why) -> None:
        self._step(f"{self._name}: {cause.value}")


def _on(trunk: TrunkLine, caller: Party) -> Party:
    assert trunk.leg is not None
    return caller.on_line(trunk.leg, trunk)

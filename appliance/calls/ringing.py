"""Ringing several stations at once: the first to answer gets the call, the others stop."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from appliance.calls.leg import Leg
from appliance.calls.station import StationLine, StationState
from hw.callerid.coding import CallerId
from hw.cleared import Cleared
from hw.linecard import LineError, RingRefused

Answer = asyncio.Future[Leg | RingRefused]


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The telephone rung wants this number called instead."""

    number: str


class Unreached(Enum):
    """Why nobody was reached."""

    BUSY = "busy"
    RINGING = "ringing"
    """Somebody else is ringing there already."""
    NO_ANSWER = "no-answer"
    NO_STATION = "no-station"


async def ring_first(
    stations: Sequence[StationLine], caller: Leg, caller_id: CallerId | None, seconds: float
) -> Leg | Unreached | Forwarded:
    """Ring all free stations until one answers, or none of them will be rung.

    Raises CallEnded, and stops the ringing, when the caller leaves.
    """
    if not stations:
        return Unreached.NO_STATION
    ringing: list[Answer] = []
    reached: Leg | None = None
    try:
        for station in stations:
            if station.free and (answer := _ring(station, caller_id)) is not None:
                ringing.append(answer)
        if not ringing:
            rings = any(station.state is StationState.RINGING for station in stations)
            return Unreached.RINGING if rings else Unreached.BUSY
        deadline = asyncio.get_running_loop().time() + seconds
        while reached is None and (waiting := [answer for answer in ringing if not answer.done()]):
            if not await caller.until(*waiting, seconds=deadline - asyncio.get_running_loop().time()):
                return Unreached.NO_ANSWER
            reached = next((leg for leg in map(_leg, ringing) if leg is not None), None)
        return reached or _refused([answer.result() for answer in ringing])
    finally:
        for answer in ringing:
            if not answer.done():
                answer.cancel()
            elif (leg := _leg(answer)) is not None and leg is not reached:
                leg.release()


def _leg(answer: Answer) -> Leg | None:
    result = answer.result() if answer.done() else None
    return result if isinstance(result, Leg) else None


def _refused(results: Sequence[Leg | RingRefused]) -> Unreached | Forwarded:
    """What it means that none of the telephones would be rung."""
    refusals = [result for result in results if isinstance(result, RingRefused)]
    for refusal in refusals:
        if refusal.forward:
            return Forwarded(refusal.forward)
    busy = all(refusal.cause is Cleared.BUSY for refusal in refusals)
    return Unreached.BUSY if busy else Unreached.NO_ANSWER


def _ring(station: StationLine, caller_id: CallerId | None) -> Answer | None:
    """None for a telephone that is being lifted at this very moment."""
    try:
        return station.ring(caller_id)
    except LineError:
        return None

"""Ringing several stations at once: the first to answer gets the call, the others stop."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from enum import Enum

from appliance.calls.leg import Leg
from appliance.calls.outcome import Cause
from appliance.calls.station import StationLine, StationState
from hw.callerid import CallerId
from hw.linecard import LineError


class Unreached(Enum):
    """Why nobody was reached."""

    BUSY = "busy"
    RINGING = "ringing"
    """Somebody else is ringing there already."""
    NO_ANSWER = "no-answer"
    NO_STATION = "no-station"


async def ring_first(
    stations: Sequence[StationLine], caller: Leg, caller_id: CallerId | None, seconds: float
) -> Leg | Unreached:
    """Ring all free stations until one answers. Raises CallEnded, and stops the ringing, when the caller leaves."""
    if not stations:
        return Unreached.NO_STATION
    ringing: list[asyncio.Future[Leg]] = []
    reached: Leg | None = None
    try:
        for station in stations:
            if station.free and (answer := _ring(station, caller_id)) is not None:
                ringing.append(answer)
        if not ringing:
            rings = any(station.state is StationState.RINGING for station in stations)
            return Unreached.RINGING if rings else Unreached.BUSY
        await caller.until(*ringing, seconds=seconds)
        reached = next((answer.result() for answer in ringing if answer.done()), None)
        return reached or Unreached.NO_ANSWER
    finally:
        for answer in ringing:
            if not answer.done():
                answer.cancel()
            elif answer.result() is not reached:
                answer.result().release()


def _ring(station: StationLine, caller_id: CallerId | None) -> asyncio.Future[Leg] | None:
    """None for a telephone that is being lifted at this very moment."""
    try:
        return station.ring(caller_id)
    except LineError:
        return None


async def first_to_leave(a: Leg, b: Leg, both_silent_for: float | None) -> Leg:
    """Wait until one of two parties has left, and return it.

    both_silent_for: seconds after which two parties who say nothing are taken to have left, as a line whose far end
    hung up unnoticed must not stay busy for ever; None: never.
    """

    def check() -> None:
        if both_silent_for is not None and min(a.silent_seconds, b.silent_seconds) >= both_silent_for:
            a.left(Cause.SILENCE)

    a.on_silence = b.on_silence = check
    try:
        await asyncio.wait((a.gone, b.gone), return_when=asyncio.FIRST_COMPLETED)
    finally:
        a.on_silence = b.on_silence = lambda: None
    return a if a.gone.done() else b

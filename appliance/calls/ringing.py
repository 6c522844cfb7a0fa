"""Ringing several stations at once: the first to answer gets the call, the others stop."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from enum import Enum

from appliance.calls.leg import Leg
from appliance.calls.station import StationLine
from hw.callerid import CallerId


class Unreached(Enum):
    """Why nobody was reached."""

    BUSY = "busy"
    NO_ANSWER = "no-answer"
    NO_STATION = "no-station"


async def ring_first(
    stations: Sequence[StationLine], caller: Leg, caller_id: CallerId | None, seconds: float
) -> Leg | Unreached:
    """Ring all free stations until one answers. Raises CallEnded, and stops the ringing, when the caller leaves."""
    if not stations:
        return Unreached.NO_STATION
    ringing = [station.ring(caller_id) for station in stations if station.free]
    if not ringing:
        return Unreached.BUSY
    try:
        await caller.until(*ringing, seconds=seconds)
        answered = [answer.result() for answer in ringing if answer.done() and not answer.cancelled()]
        for second in answered[1:]:
            second.release()
        return answered[0] if answered else Unreached.NO_ANSWER
    except BaseException:
        for answer in ringing:
            if answer.done() and not answer.cancelled():
                answer.result().release()
        raise
    finally:
        for answer in ringing:
            answer.cancel()


async def first_to_leave(a: Leg, b: Leg, both_silent_for: float) -> Leg:
    """Wait until one of two parties has left, and return it.

    When neither says a word for so long (s), both are taken to have left: a line whose far end's hanging up was not
    noticed must not stay busy for ever.
    """
    silent: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def check() -> None:
        if min(a.silent_seconds, b.silent_seconds) >= both_silent_for and not silent.done():
            silent.set_result(None)

    a.on_silence = b.on_silence = check
    try:
        await asyncio.wait((a.gone, b.gone, silent), return_when=asyncio.FIRST_COMPLETED)
    finally:
        a.on_silence = b.on_silence = lambda: None
    return b if b.gone.done() and not a.gone.done() else a

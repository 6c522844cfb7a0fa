"""What the unit does by itself for a call that nobody has begun: it rings a telephone, and dials a number again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from appliance.calls.faults import Faults
from appliance.calls.leg import Leg
from appliance.calls.linesout import LinesOut
from appliance.calls.outcome import Cause
from appliance.calls.outgoing import dial_out
from appliance.calls.station import StationLine
from appliance.calls.trunk import TrunkLine
from appliance.calls.waitingcall import PickedUp
from appliance.media.port import MediaPort
from hw.callerid.coding import CallerId
from hw.linecard import LineError, RingRefused

Begin = Callable[[str, Coroutine[object, object, None]], object]
"""Begins a task of this name."""

KEPT_FREE = 1
"""So many lines are left for whoever calls, or is called, meanwhile."""
ANALOG_SECONDS = 20.0
"""Within so many seconds behind the last digit an exchange lets ringback or busy tone be heard."""
DIGITAL_SECONDS = 8.0
"""A line that tells of busy has told so by then."""


def nobody() -> Leg:
    """Stands for the caller of a call that nobody has begun yet. It never leaves, and hears nothing."""
    media = MediaPort("nobody", lambda _frame: None, lambda _port: None)
    return Leg("nobody", media, lambda leg: leg.media.close())


async def lifted(
    station: StationLine, shown: CallerId | None, seconds: float, over: asyncio.Future[Any] | None = None
) -> Leg | None:
    """Ring a telephone until it is lifted: its leg. None when it is not, or cannot be rung.

    shown: what it displays. over: with this done, it rings no more.
    """
    try:
        answer = station.ring(shown)
    except LineError:  # It is being lifted at this very moment.
        return None
    try:
        ends = [answer] if over is None else [answer, over]
        await asyncio.wait(ends, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        if (late := _leg(answer)) is not None:
            late.release()
        raise
    finally:
        if not answer.done():
            answer.cancel()
    return _leg(answer)


def _leg(answer: asyncio.Future[Leg | PickedUp | RingRefused]) -> Leg | None:
    """The leg of a telephone that was lifted; None of one that rings, is rung no more, or refuses."""
    answered = answer.result() if answer.done() and not answer.cancelled() else None
    return answered if isinstance(answered, Leg) else None


async def dialled_again(
    ways: Sequence[LinesOut], lines: Sequence[TrunkLine], faults: Faults
) -> TrunkLine | Cause | None:
    """Dial a number that was busy. The trunk, once it rings there or somebody has answered; otherwise why it does not.

    ways: the lines for it, and what is dialled there. lines: all to the public network, of which one is kept. None: no
    line is free for it.
    """
    trunk = None
    for way in ways:
        trunk = await dial_out(
            way.trunks,
            way.number,
            nobody(),
            emergency=False,
            report=faults.report,
            keep_free=KEPT_FREE,
            among=lines,
        )
        if trunk is not None:
            break
    if trunk is None:
        return None
    leg, progress = trunk.leg, trunk.progress
    assert leg is not None
    assert progress is not None
    ends: list[asyncio.Future[Any]] = [progress.alerted, progress.answered, progress.refused, leg.gone]
    try:
        seconds = DIGITAL_SECONDS if trunk.digital else ANALOG_SECONDS
        await asyncio.wait(ends, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        leg.release()
        raise
    if leg.gone.done() or progress.refused.done():
        why = progress.refused.result() if progress.refused.done() else leg.gone.result()
        leg.release()
        return why
    if progress.alerted.done() or progress.answered.done() or trunk.digital:
        return trunk
    leg.release()
    return Cause.NO_ANSWER

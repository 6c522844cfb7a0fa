"""Tells a talking telephone that a call waits, and who it is: caller ID in a call ("Type II"). See docs/lines.md.

The exchange does so for its lines, and an FXS port for its telephone.
"""

from __future__ import annotations

import asyncio
from typing import Protocol

from hw.audio import Samples
from hw.callerid.coding import CallerId
from hw.callerid.fsk import alert_samples
from hw.port.playing import FrameSource, SamplePlayer
from hw.tones.ringing import waiting_caller_samples
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import TonePlan

# The times are explained in docs/lines.md, under "Caller ID".
EVERY_S = 10.0
ALERT_MS = 85
ACKNOWLEDGE_S = 0.5
ACKNOWLEDGE_TO_DATA_S = 0.1


class Interrupted(Protocol):
    """The feeding end of a line that is in a call."""

    sound: FrameSource | None
    """What is sent to the terminal in place of the other party."""

    async def key(self, seconds: float) -> str | None:
        """The next key that the terminal sends, and nobody else hears; None when none comes within so many seconds."""


async def announce_waiting_call(end: Interrupted, plan: TonePlan, caller_id: CallerId | None) -> None:
    """Interrupt the line's call with the call-waiting tone now and every 10 s, with caller ID after the first.

    The caller ID follows only if the telephone answers the alert with DTMF A or D within 0.5 s. Whoever cancels this
    must take away the sound.
    """
    tone = tone_samples(plan.call_waiting, max(burst_seconds(plan), 0.1))
    await _play(end, tone)
    if caller_id is not None:
        await _offer(end, plan, caller_id)
    while True:
        await asyncio.sleep(EVERY_S)
        await _play(end, tone)


def burst_seconds(plan: TonePlan) -> float:
    """How long one announcement by the plan's call-waiting tone lasts: up to its first pause of 1 s or more."""
    seconds = 0.0
    for segment in plan.call_waiting.segments:
        if segment.seconds is None or (not segment.frequencies and segment.seconds >= 1):
            break
        seconds += segment.seconds
    return seconds


async def _offer(end: Interrupted, plan: TonePlan, caller_id: CallerId) -> None:
    await _play(end, alert_samples(ALERT_MS))
    end.sound = _Nothing()
    if await end.key(ACKNOWLEDGE_S) in ("A", "D"):
        await asyncio.sleep(ACKNOWLEDGE_TO_DATA_S)
        await _play(end, waiting_caller_samples(plan, caller_id))
    end.sound = None


async def _play(end: Interrupted, samples: Samples) -> None:
    clip = SamplePlayer(samples)
    end.sound = clip
    await clip.done
    end.sound = None


class _Nothing:
    """Sends nothing, in place of the other party, while the caller ID is sent."""

    def next(self) -> None:
        return None

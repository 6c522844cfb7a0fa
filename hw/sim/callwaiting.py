"""Tells a talking telephone that a call waits, and who it is: caller ID in a call ("Type II"). See docs/lines.md."""

from __future__ import annotations

import asyncio

from hw.audio import Samples
from hw.callerid.coding import CallerId, encode_mdmf
from hw.callerid.fsk import Fsk, alert_samples, fsk_samples
from hw.port.playing import SamplePlayer
from hw.sim.circuit import LineCircuit
from hw.sim.digits import DigitCollector
from hw.tones.ringing import MESSAGE_DBM0
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import TonePlan

# The times are explained in docs/lines.md, under "Caller ID".
EVERY_S = 10.0
ALERT_MS = 85
ACKNOWLEDGE_S = 0.5
MARK_BITS = 80


async def announce_waiting_call(line: LineCircuit, plan: TonePlan, caller_id: CallerId | None) -> None:
    """Interrupt the line's call with the call-waiting tone now and every 10 s, with caller ID after the first.

    The caller ID follows only if the telephone answers the alert with DTMF A or D within 0.5 s.
    """
    tone = tone_samples(plan.call_waiting, max(burst_seconds(plan), 0.1))
    await _play(line, tone)
    if caller_id is not None:
        await _offer(line, plan, caller_id)
    while True:
        await asyncio.sleep(EVERY_S)
        await _play(line, tone)


def burst_seconds(plan: TonePlan) -> float:
    """How long one announcement by the plan's call-waiting tone lasts: up to its first pause of 1 s or more."""
    seconds = 0.0
    for segment in plan.call_waiting.segments:
        if segment.seconds is None or (not segment.frequencies and segment.seconds >= 1):
            break
        seconds += segment.seconds
    return seconds


async def _offer(line: LineCircuit, plan: TonePlan, caller_id: CallerId) -> None:
    await _play(line, alert_samples(ALERT_MS))
    line.digits = collector = DigitCollector()
    line.sound = _Nothing()
    acknowledged = await collector.next(ACKNOWLEDGE_S) in ("A", "D")
    line.digits = None
    if acknowledged:
        standard = Fsk.BELL202 if plan.caller_id.method == "bell202" else Fsk.V23
        message = encode_mdmf(caller_id)
        await asyncio.sleep(0.1)
        await _play(line, fsk_samples(message, standard, MESSAGE_DBM0, seizure_bits=0, mark_bits=MARK_BITS))
    line.sound = None


async def _play(line: LineCircuit, samples: Samples) -> None:
    clip = SamplePlayer(samples)
    line.sound = clip
    await clip.done
    line.sound = None


class _Nothing:
    """Sends nothing, in place of the other party, while the caller ID is sent."""

    def next(self) -> None:
        return None

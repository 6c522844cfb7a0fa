"""The receivers in a telephone: for caller ID, for the lamp's messages, and for the alert that announces a waiting
caller's ID."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, Frame
from hw.callerid.coding import CallerId, CallerIdError, MessageWaiting, decode_message
from hw.callerid.fsk import FskReceiver
from hw.callerid.receiver import CallerIdReceiver
from hw.tones.toneplan import TonePlan


class DataEar:
    """Listens on hook for caller ID by the plan's method and for message waiting (always FSK)."""

    def __init__(self, plan: TonePlan) -> None:
        method = plan.caller_id.method
        self._other = CallerIdReceiver(method) if method in ("dtmf", "jclip") else None
        self._fsk = FskReceiver()

    def feed(self, frame: Frame) -> Iterator[CallerId | MessageWaiting]:
        for message in self._fsk.feed(frame):
            try:
                yield decode_message(message)
            except CallerIdError:
                continue
        if self._other is not None and (caller_id := self._other.feed(frame)) is not None:
            yield caller_id


class AlertEar:
    """Listens off hook for CAS, the dual tone of 2130 and 2750 Hz that announces a waiting caller's ID (docs/lines.md).

    CAS lasts 80 to 110 ms at -14 to -32 dBm0. Three frames in a row that have nearly all their energy in the two tones
    tell it from speech.
    """

    _HZ = (2130.0, 2750.0)
    _FRAMES = 3
    _LEAST_POWER = 20.0**2
    _PURE = 0.8

    def __init__(self) -> None:
        turns = np.exp(-2j * np.pi * np.outer(np.arange(FRAME_SAMPLES), self._HZ) / SAMPLE_RATE)
        self._turns = turns.astype(np.complex64)
        self._run = 0

    def feed(self, frame: Frame) -> bool:
        """True in the frame in which the alert is recognised."""
        samples = frame.astype(np.float32)
        power = float(samples @ samples) / FRAME_SAMPLES
        tones = np.abs(samples @ self._turns) ** 2 * (2 / FRAME_SAMPLES**2)
        low, high = float(tones[0]), float(tones[1])
        alert = power > self._LEAST_POWER and low + high > self._PURE * power and 0.25 < low / max(high, 1.0) < 4
        self._run = self._run + 1 if alert else 0
        return self._run == self._FRAMES

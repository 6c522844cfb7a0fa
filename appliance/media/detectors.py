"""Receivers as a media port uses them: frames in, media events out. One object listens to one port."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from appliance.media.events import (
    DigitHeard,
    MediaEvent,
)
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Frame
from hw.dsp.dtmf import DIGITS, HIGH_HZ, LOW_HZ, DtmfReceiver

ECHO_SECONDS = 0.1
"""The same digit so soon after its end is the cellular network repeating it (113 heard as 1113), not a finger."""

_NOTHING: tuple[MediaEvent, ...] = ()


def _waves(hertz: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    angle = 2 * np.pi * hertz / SAMPLE_RATE * np.arange(FRAME_SAMPLES)
    return np.array([np.cos(angle), np.sin(angle)], dtype=np.float32)


_DIGIT_WAVES = {
    digit: np.concatenate([_waves(LOW_HZ[index // 4]), _waves(HIGH_HZ[index % 4])])
    for index, digit in enumerate(DIGITS)
}


class Dtmf:
    """DTMF digits. The same digit again within 100 ms of its end is taken for an echo and ignored."""

    def __init__(self, dial_tone_filter: bool = True) -> None:
        self._receiver = DtmfReceiver(dial_tone_filter)
        self._last = ""
        self._since_end = 0.0

    def feed(self, frame: Frame) -> Sequence[MediaEvent]:
        digits = self._receiver.feed(frame)
        if not digits and not self._last:
            return _NOTHING
        events = []
        for digit in digits:
            if digit != self._last:
                events.append(DigitHeard(digit))
            self._last = digit
        self._follow(frame)
        return events

    def _follow(self, frame: Frame) -> None:
        """Forget the last digit once it has been over for long enough."""
        wide = frame.astype(np.float32)
        in_tones = _DIGIT_WAVES[self._last] @ wide
        if float(in_tones @ in_tones) > 0.25 * FRAME_SAMPLES * float(wide @ wide):
            self._since_end = 0.0
            return
        self._since_end += FRAME_SECONDS
        if self._since_end >= ECHO_SECONDS - FRAME_SECONDS / 2:
            self._last = ""

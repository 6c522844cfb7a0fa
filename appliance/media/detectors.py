"""Receivers as a media port uses them: frames in, media events out. One object listens to one port."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from appliance.media.events import (
    CallerIdHeard,
    DigitHeard,
    Fax,
    FaxToneHeard,
    MediaEvent,
    SilenceHeard,
    ToneHeard,
    VoiceChanged,
)
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Frame
from hw.calleridrx import CallerIdReceiver
from hw.dsp.dtmf import DIGITS, HIGH_HZ, LOW_HZ, DtmfReceiver
from hw.dsp.faxtone import FaxToneReceiver
from hw.level import VoiceReceiver
from hw.progress import ProgressReceiver
from hw.toneplan import TonePlan

_ECHO_FRAMES = round(0.1 / FRAME_SECONDS)
"""The same digit within 100 ms of its end is the cellular network repeating it (113 heard as 1113), not a finger."""

_FORGOTTEN_FRAMES = 2 * _ECHO_FRAMES
"""A receiver reports a digit some frames after its beginning; behind so long a pause no digit is an echo."""

_FRAMES_PER_SECOND = round(1 / FRAME_SECONDS)
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
        self._quiet_frames = 0
        self._pause_frames = 0

    def feed(self, frame: Frame) -> Sequence[MediaEvent]:
        digits = self._receiver.feed(frame)
        if self._last:
            self._follow(frame)
        if not digits:
            return _NOTHING
        heard = []
        for digit in digits:
            if digit != self._last or self._pause_frames >= _ECHO_FRAMES:
                heard.append(DigitHeard(digit))
            self._last = digit
            self._quiet_frames = self._pause_frames = 0
        return heard

    def _follow(self, frame: Frame) -> None:
        """Measure the pause behind the last digit: the longest run of frames without its two tones."""
        wide = frame.astype(np.float32)
        in_tones = _DIGIT_WAVES[self._last] @ wide
        # Two pure tones give half of frame length times energy; half a frame of them gives a quarter.
        if float(in_tones @ in_tones) > 0.25 * FRAME_SAMPLES * float(wide @ wide):
            self._quiet_frames = 0
            return
        self._quiet_frames += 1
        self._pause_frames = max(self._pause_frames, self._quiet_frames)
        if self._quiet_frames >= _FORGOTTEN_FRAMES:
            self._last = ""


class FaxTones:
    """CNG and CED, or only some of them, each reported once."""

    def __init__(self, tones: Sequence[Fax] = (Fax.CNG, Fax.CED)) -> None:
        self._receivers = tuple((tone, FaxToneReceiver(tone.value)) for tone in tones)

    def digit_heard(self) -> None:
        """A person pressed a key: from now on one burst of CNG alone is no fax machine."""
        for _tone, receiver in self._receivers:
            receiver.digit_heard()

    def feed(self, frame: Frame) -> Sequence[MediaEvent]:
        heard = [tone for tone, receiver in self._receivers if receiver.feed(frame)]
        return [FaxToneHeard(tone) for tone in heard] if heard else _NOTHING


class Progress:
    """Call-progress tones of a country."""

    def __init__(self, plan: TonePlan) -> None:
        self._receiver = ProgressReceiver(plan)

    def feed(self, frame: Frame) -> Sequence[MediaEvent]:
        heard = self._receiver.feed(frame)
        return [ToneHeard(tone, cycles) for tone, cycles in heard] if heard else _NOTHING


class CallerIdDetector:
    """Caller ID by the method of the line's tone plan: `bell202`, `v23`, `dtmf` or `jclip`."""

    def __init__(self, method: str) -> None:
        self._receiver = CallerIdReceiver(method)

    def feed(self, frame: Frame) -> Sequence[MediaEvent]:
        caller_id = self._receiver.feed(frame)
        return (CallerIdHeard(caller_id),) if caller_id is not None else _NOTHING


class Voice:
    """Somebody speaking, and the whole seconds of silence since. Silence is what stays within the line's noise."""

    def __init__(self) -> None:
        self._receiver = VoiceReceiver()
        self._speaking = False
        self._quiet_frames = 0

    def feed(self, frame: Frame) -> Sequence[MediaEvent]:
        speaking = self._receiver.feed(frame)
        if speaking:
            self._quiet_frames = 0
            if not self._speaking:
                self._speaking = True
                return (VoiceChanged(True),)
            return _NOTHING
        self._quiet_frames += 1
        events: tuple[MediaEvent, ...] = _NOTHING
        if self._speaking:
            self._speaking = False
            events = (VoiceChanged(False),)
        if self._quiet_frames % _FRAMES_PER_SECOND == 0:
            events = (*events, SilenceHeard(self._quiet_frames // _FRAMES_PER_SECOND))
        return events

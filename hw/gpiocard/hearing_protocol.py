"""Whether a line's sound works: it must hear itself. Sans I/O, a frame at a time.

Codecs on new kernels have been seen that refuse nothing and then give only noise, or nothing. So a tone is sent into
the line's chip, and a little of it must come back from its hybrid, where two wires become four: 1850 and 2750 Hz, which
are in no tone of any exchange, key, fax or caller ID. One of the two must be 10 dB stronger than what is heard at its
frequency without it: at a single one a hybrid may happen to fit its line so well that nothing comes back.
"""

from __future__ import annotations

import math
from enum import Enum

import numpy as np

from hw.audio import FRAME_SAMPLES, FULL_SCALE, FULL_SCALE_SINE_DBM0, SAMPLE_RATE, SILENCE, Frame, level_dbm0, sine_peak

TONES_HZ = (1850, 2750)
TONE_DBM0 = -16.0
"""Each of them."""
WEAKEST_ECHO_DBM0 = -50.0
ABOVE_SILENCE_DB = 10.0
NOISE_DBM0 = -30.0
"""A line that is louder than this while nobody sends anything gives noise."""
TONE_BINS = 6
TONE_SHARE = 0.7
"""Dial tone has as much of its power in so few of a frame's 81 frequencies. Noise has a third there at the most."""
WEAKEST_DIAL_TONE_DBM0, DIAL_TONE_FRAMES = -42.0, 5
"""So many frames of a tone that is no weaker are dial tone. A vowel holds its pitch for less."""
QUIET_FRAMES = 10
TONE_FRAMES = 20
LATE_FRAMES = 8
"""The echo is waited for so long: what the codec holds on its way out and in."""
FRAMES = QUIET_FRAMES + TONE_FRAMES
"""How many frames it takes: 0.6 s."""

_PLACES = np.arange(FRAME_SAMPLES)
_TURNS = np.outer(TONES_HZ, _PLACES) * 2 * np.pi / SAMPLE_RATE
_TONE = np.rint(sine_peak(TONE_DBM0) * np.sin(_TURNS).sum(axis=0)).astype(np.int16)
_WAVES = np.exp(-1j * _TURNS) * (2 / FRAME_SAMPLES)
assert all(hertz * FRAME_SAMPLES % SAMPLE_RATE == 0 for hertz in TONES_HZ), "whole cycles fit into a frame: frames join"


class SelfHeard(Enum):
    """The verdict."""

    ITSELF = "itself"
    NOTHING = "nothing"
    NOISE = "only noise"


class SelfHearing:
    """One try. For each frame heard, the frame that is to be sent next is asked for; then there is a `verdict`."""

    def __init__(self) -> None:
        self.verdict: SelfHeard | None = None
        self.dial_tone = False
        """Before anything was sent a tone was heard, as an exchange gives it that waits for digits."""
        self._tonal = 0
        self._heard = 0
        self._silent: list[tuple[float, ...]] = []
        self._levels: list[float] = []
        self._toned: list[tuple[float, ...]] = []

    def next(self) -> Frame:
        """The frame to send now."""
        return _TONE if self._heard >= QUIET_FRAMES else SILENCE

    def feed(self, frame: Frame) -> None:
        """A frame that was heard."""
        if 2 <= self._heard < QUIET_FRAMES:
            self._silent.append(_tones_dbm0(frame))
            tone = is_tone(frame)
            self._levels.append(level_dbm0(frame) if not tone else -96.0)
            self._tonal += tone and level_dbm0(frame) > WEAKEST_DIAL_TONE_DBM0
            self.dial_tone = self._tonal >= DIAL_TONE_FRAMES
        elif self._heard >= QUIET_FRAMES + LATE_FRAMES:
            self._toned.append(_tones_dbm0(frame))
        self._heard += 1
        if self._heard == FRAMES:
            self.verdict = self._judge()

    def _judge(self) -> SelfHeard:
        without, with_tones = np.median(self._silent, axis=0), np.median(self._toned, axis=0)
        if np.any(with_tones >= np.maximum(WEAKEST_ECHO_DBM0, without + ABOVE_SILENCE_DB)):
            return SelfHeard.ITSELF
        return SelfHeard.NOISE if np.median(self._levels) > NOISE_DBM0 else SelfHeard.NOTHING


def is_tone(frame: Frame) -> bool:
    """Most of it is at one or two frequencies: dial tone, which is no noise."""
    power = np.sort(np.abs(np.fft.rfft(frame * np.hanning(FRAME_SAMPLES))) ** 2)
    return bool(power[-TONE_BINS:].sum() > TONE_SHARE * power.sum())


def _tones_dbm0(frame: Frame) -> tuple[float, ...]:
    """The level at each of the frequencies."""
    peaks = np.abs(_WAVES @ frame.astype(np.float32)).tolist()
    return tuple(20 * math.log10(max(peak, 1e-2) / FULL_SCALE) + FULL_SCALE_SINE_DBM0 for peak in peaks)

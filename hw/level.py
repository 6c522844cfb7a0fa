"""Tells speech from a line's idle noise, and gives the level of what is on the line."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hw.audio import FRAME_SAMPLES, FULL_SCALE, FULL_SCALE_SINE_DBM0, SILENCE, Frame

SPEECH_DBM0 = -42.0
"""A frame weaker than this is never speech: idle lines are at -65 to -50 dBm0, quiet speech is at -35 dBm0."""

ABOVE_NOISE_DB = 9.0
"""How far above the noise floor a frame must be to count as speech."""

ATTACK_FRAMES = 2
"""Frames above the threshold before somebody is speaking: 40 ms, so that clicks are not speech."""

HANGOVER_FRAMES = 15
"""Frames below the threshold before they have stopped: 300 ms, longer than the gaps between syllables."""

_TO_POWER = 1 / (FRAME_SAMPLES * FULL_SCALE**2)
_FULL_SCALE_POWER = 10 ** (FULL_SCALE_SINE_DBM0 / 10) * 2
_FLOOR_START = 10 ** (-60 / 10)
_FLOOR_LOWEST = 10 ** (-75 / 10)
_RISE = 10 ** (0.06 / 10)
_ABOVE_NOISE = 10 ** (ABOVE_NOISE_DB / 10)
_SPEECH = 10 ** (SPEECH_DBM0 / 10)

Wave = npt.NDArray[np.float32]


@dataclass(slots=True, eq=False)
class Measured:
    """A frame, its samples as floats, and the sum of their squares."""

    frame: Frame
    wave: Wave
    energy: float


_last = Measured(SILENCE, SILENCE.astype(np.float32), 0.0)


def measured(frame: Frame) -> Measured:
    """What every receiver begins with. The frame must not be changed afterwards.

    All receivers of a line are fed the same frame one after the other, so what was measured last is kept: in one
    object, because recordings are measured in other threads.
    """
    global _last
    last = _last
    if last.frame is not frame:
        wave = frame.astype(np.float32)
        last = _last = Measured(frame, wave, float(wave.dot(wave)))
    return last


class VoiceReceiver:
    """Says frame by frame whether somebody is speaking (or something sounds: tones are not told apart from speech).

    The noise floor falls with the signal at once and rises by 3 dB/s, so a louder line is learned within
    seconds while a talker's pauses keep the floor down.
    """

    def __init__(self) -> None:
        self._power = 0.0
        self._floor = _FLOOR_START
        self._above = 0
        self._below = 0
        self._speaking = False

    def feed(self, frame: Frame) -> bool:
        """Take the next frame; True while somebody is speaking, and for 300 ms after."""
        self._power = power = measured(frame).energy * _TO_POWER * _FULL_SCALE_POWER
        floor = self._floor
        loud = power > _SPEECH and power > floor * _ABOVE_NOISE
        self._floor = max(power, _FLOOR_LOWEST) if power < floor else floor * _RISE
        if loud:
            self._above += 1
            self._below = 0
            if self._above >= ATTACK_FRAMES:
                self._speaking = True
        else:
            self._above = 0
            self._below += 1
            if self._below >= HANGOVER_FRAMES:
                self._speaking = False
        return self._speaking

    @property
    def level(self) -> float:
        """The level of the last frame in dBm0; -96 for silence."""
        return 10 * math.log10(self._power) if self._power > 2.5e-10 else -96.0

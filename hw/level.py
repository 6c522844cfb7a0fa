"""Tells speech from a line's idle noise, and gives the level of what is on the line."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hw.audio import FRAME_SAMPLES, FULL_SCALE, FULL_SCALE_SINE_DBM0, SILENCE, Frame
from hw.tonality import Tonal, tonal

WEAKEST_SPEECH_DBM0 = -42.0
"""A frame weaker than this is never speech: idle lines are at -65 to -50 dBm0, quiet speech is at -35 dBm0."""

ABOVE_NOISE_DB = 9.0
"""How far above the noise floor a frame must be to count as speech."""

ATTACK_FRAMES = 2
"""Frames above the threshold before somebody is speaking: 40 ms, so that clicks are not speech."""

HANGOVER_FRAMES = 15
"""Frames below the threshold before they have stopped: 300 ms, longer than the gaps between syllables."""

TONE_FRAMES = 5
"""This many frames in a row of one tone are a tone and not a syllable: 100 ms."""

_TO_POWER = 1 / (FRAME_SAMPLES * FULL_SCALE**2)
_FULL_SCALE_POWER = 10 ** (FULL_SCALE_SINE_DBM0 / 10) * 2
_FLOOR_START = 10 ** (-60 / 10)
_FLOOR_LOWEST = 10 ** (-75 / 10)
"""The noise floor at the beginning, and the lowest it may be: -60 and -75 dBm0, as powers."""
_RISE = 10 ** (0.06 / 10)
"""How the floor rises from frame to frame: by 3 dB a second."""
_ABOVE_NOISE = 10 ** (ABOVE_NOISE_DB / 10)
_SPEECH = 10 ** (WEAKEST_SPEECH_DBM0 / 10)

Wave = npt.NDArray[np.float32]


@dataclass(slots=True, eq=False)
class Measured:
    """A frame, its samples as floats, and the sum of their squares."""

    frame: Frame
    wave: Wave
    energy: float
    _tonal: Tonal | None = None
    _looked: bool = False

    @property
    def tonal(self) -> Tonal | None:
        """The tone that the frame is; None where it is anything else. Looked for when first asked."""
        if not self._looked:
            self._tonal, self._looked = tonal(self.wave), True
        return self._tonal


_last = Measured(SILENCE, SILENCE.astype(np.float32), 0.0)


def measured(frame: Frame) -> Measured:
    """The frame with its energy, which every receiver needs first. The frame must not be changed afterwards.

    All receivers of a line are fed the same frame one after the other, so the last result is kept and given again.
    Recordings are measured in other threads meanwhile; they are safe because one assignment replaces the whole object.
    """
    global _last
    last = _last
    if last.frame is not frame:
        wave = frame.astype(np.float32)
        last = _last = Measured(frame, wave, float(wave.dot(wave)))
    return last


class VoiceReceiver:
    """Says frame by frame whether somebody is speaking. Tones, of the network, a key or a machine, are not speech.

    The noise floor falls with the signal at once and rises by 3 dB/s. So a louder line is learned within seconds, while
    a talker's pauses keep the floor down. Some frames of speech look like a tone: if fewer than TONE_FRAMES in a row do
    and speech goes on after them, they count as speech.
    """

    def __init__(self) -> None:
        self._power = 0.0
        self._floor = _FLOOR_START
        self._above = 0
        self._below = 0
        self._tone: Tonal | None = None
        self._tone_frames = 0
        self._speaking = False

    def feed(self, frame: Frame, least_energy: float = 0.0) -> bool:
        """Take the next frame; True while somebody is speaking, and for 300 ms after.

        least_energy: what has less is no speech, such as what is left of an echo.
        """
        heard = measured(frame)
        self._power = power = heard.energy * _TO_POWER * _FULL_SCALE_POWER
        floor = self._floor
        loud = power > _SPEECH and power > floor * _ABOVE_NOISE and heard.energy >= least_energy
        self._floor = max(power, _FLOOR_LOWEST) if power < floor else floor * _RISE
        voiced = self._voiced_frames(heard) if loud else 0
        if voiced:
            self._above += voiced
            self._below = 0
            if self._above >= ATTACK_FRAMES:
                self._speaking = True
        else:
            if not loud:
                self._above = 0
            elif self._tone_frames >= TONE_FRAMES:
                self._above = -1  # A gap of 25 ms, as some tones have, spoils two frames.
            self._below += 1
            if self._below >= HANGOVER_FRAMES:
                self._speaking = False
        if not loud:
            self._tone, self._tone_frames = None, 0
        return self._speaking

    def _voiced_frames(self, heard: Measured) -> int:
        """How many frames are now known to be speech: this one, and those just before that only looked like a tone."""
        before, self._tone = self._tone, heard.tonal
        if self._tone is not None and before is not None and self._tone.like(before):
            self._tone_frames += 1
            return 0
        looked_tonal = self._tone_frames if self._tone_frames < TONE_FRAMES else 0
        self._tone_frames = 0 if self._tone is None else 1
        return looked_tonal + (self._tone is None)

    @property
    def level(self) -> float:
        """The level of the last frame in dBm0; -96 for silence."""
        return 10 * math.log10(self._power) if self._power > 2.5e-10 else -96.0

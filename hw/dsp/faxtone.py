"""Fax tones: CNG, the calling machine's 1100 Hz bursts, and CED, the answering machine's 2100 Hz.

Every 10 ms the receiver measures which part of the energy is the tone, and its frequency. Both must fit the tolerances
of ITU-T T.30: CNG 1100 ± 38 Hz, CED 2100 ± 15 Hz.
"""

from __future__ import annotations

import cmath
import math
from typing import Literal

import numpy as np

from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, Frame, Samples, sine_peak
from hw.level import Wave, measured

CNG_HZ = 1100.0
CED_HZ = 2100.0

_HALF = FRAME_SAMPLES // 2
_HALF_SECONDS = _HALF / SAMPLE_RATE
_QUIETEST = sine_peak(-43) ** 2
_PURE = 0.7
"""Least share of the power that is the tone."""

_TOO_WEAK = 0.99 * _QUIETEST / 2 * _HALF / 2
"""The energy of a frame that has no tone in either half, were all of it tone: -49 dBm0, and less for rounding."""

_MEASURING_HZ = 4.0
"""Allowed beyond the tolerance: what noise does to the frequency as measured in 10 ms."""

_CNG_ONE_BURST_S = 0.48
"""A burst of 0.5 s in whole steps of 10 ms, one at each end lost."""

_CNG_SHORTEST_S = 0.4
"""The shortest burst that counts: T.30 has 0.5 s ± 15 %."""
_CNG_LONGEST_PAUSE_S = 4.0
"""The longest pause between two: T.30 has 3 s ± 15 %."""
_CNG_BURST_S = (0.41, 0.59)
_CNG_PAUSE_S = (2.5, 3.5)
"""A burst and a pause of the rhythm: T.30 has 0.5 s and 3 s ± 15 %, and a step at each end may be lost or won."""
_QUIET_PAUSE = 0.1
"""The share of the energy of a burst that is no longer quiet: 10 dB below it."""
_LOUD_SHARE = 0.15
"""The share of a pause that may be louder: a click, or what an echo leaves of our own words."""

_CED_S = 1.0
"""How much of CED is waited for, in seconds. 2.6 to 4 s are sent, and no call-progress tone of 2100 Hz is so long."""

_GAP_STEPS = 2
"""Steps of 10 ms without the tone that do not end it: a click, or a reversal of CED's phase (ITU-T V.25, V.8)."""


class FaxToneReceiver:
    """Recognises one kind of fax tone.

    CNG is recognised in its first burst of 0.5 s, or with the second of at least 0.4 s; once `person_heard` was
    called, only with the second. CED is recognised after 1 s. Down to -43 dBm0; speech and prompts are ignored.

    certain: CNG is recognised by its whole rhythm alone: two bursts of the right length with a pause of the right
    length between them, in which it is quiet. So nobody is taken for a machine who talks, or for music behind a voice.
    """

    def __init__(self, kind: Literal["cng", "ced"], *, certain: bool = False) -> None:
        self._certain = certain
        self._rhythm_begun = False
        self._energy = 0.0
        """Of a step of the last burst."""
        self._loud = 0
        """Steps of the pause since then that were no pause."""
        self._cng = kind == "cng"
        hz, tolerance = (CNG_HZ, 38.0) if self._cng else (CED_HZ, 15.0)
        angle = 2 * np.pi * hz / SAMPLE_RATE * np.arange(_HALF)
        self._basis = np.stack([np.cos(angle), -np.sin(angle)], axis=1).astype(np.float32) * (2 / _HALF)
        self._turn = cmath.exp(-2j * math.pi * hz * _HALF_SECONDS)
        self._most_off = tolerance + _MEASURING_HZ
        self._last = 0j
        self._weak: Wave | None = None
        """The frame before if it was too weak. Its phase is needed, and then measured, when a stronger one follows."""
        self._steps = 0
        self._gap = 0
        self._pause = 0
        self._burst_before = False
        self._one_burst = True
        self._recognised = False

    def person_heard(self) -> None:
        """A person pressed a key or said a word: from now on one burst alone is no fax machine."""
        self._one_burst = False

    def feed(self, frame: Frame) -> bool:
        """True once, in the frame in which the tone is recognised."""
        if self._recognised:
            return False
        heard = measured(frame)
        wave = heard.wave
        if heard.energy < _TOO_WEAK:
            self._weak = wave
            self._no_tone()
            self._no_tone()
            return self._recognised
        if self._weak is not None:
            _, self._last = self._tones(self._weak)
            self._weak = None
        first, second = self._tones(wave)
        self._step(wave[:_HALF], first)
        self._step(wave[_HALF:], second)
        return self._recognised

    def _tones(self, wave: Wave) -> tuple[complex, complex]:
        """What is in each half of a frame at the tone's frequency."""
        first, second = wave.reshape(2, _HALF).dot(self._basis).tolist()
        return complex(*first), complex(*second)

    def _step(self, half: Wave, tone: complex) -> None:
        last, self._last = self._last, tone
        if self._is_tone(half, tone, last):
            self._steps += 1 + self._gap
            self._gap = 0
            self._energy = max(self._energy, float(half.dot(half)))
            self._judge(self._steps * _HALF_SECONDS)
        else:
            if self._certain and self._rhythm_begun and float(half.dot(half)) > self._energy * _QUIET_PAUSE:
                self._loud += 1
            self._no_tone()

    def _no_tone(self) -> None:
        if self._steps and self._gap < _GAP_STEPS:
            self._gap += 1
            return
        if self._steps:
            self._judge_rhythm(self._steps * _HALF_SECONDS, self._pause * _HALF_SECONDS)
        if self._steps * _HALF_SECONDS >= _CNG_SHORTEST_S:
            self._burst_before, self._pause = True, 0
        self._steps = self._gap = 0
        self._pause += 1
        if self._pause * _HALF_SECONDS > _CNG_LONGEST_PAUSE_S:
            self._burst_before = False

    def _is_tone(self, half: Wave, tone: complex, last: complex) -> bool:
        squared_tone = abs(tone) ** 2
        if squared_tone < _QUIETEST / 2:
            return False
        squared_peak = float(half.dot(half)) * 2 / _HALF
        if squared_tone < _PURE / 2 * squared_peak:
            return False
        off_hz = cmath.phase(tone * last.conjugate() * self._turn) / (2 * math.pi * _HALF_SECONDS)
        kept = float(np.sinc(off_hz * _HALF_SECONDS)) ** 2
        return abs(off_hz) <= self._most_off and squared_tone >= _PURE * kept * squared_peak

    def _judge_rhythm(self, burst: float, pause: float) -> None:
        """A burst is over that came behind this pause."""
        regular = self._cng and _CNG_BURST_S[0] <= burst <= _CNG_BURST_S[1]
        if self._certain and regular and self._rhythm_begun and _CNG_PAUSE_S[0] <= pause <= _CNG_PAUSE_S[1]:
            self._recognised = self._loud * _HALF_SECONDS <= pause * _LOUD_SHARE
        if regular or burst > _CNG_BURST_S[1]:
            self._rhythm_begun, self._loud, self._energy = regular, 0, self._energy if regular else 0.0

    def _judge(self, seconds: float) -> None:
        if self._certain:
            return
        if not self._cng:
            self._recognised = seconds >= _CED_S
        elif self._burst_before:
            self._recognised = seconds >= _CNG_SHORTEST_S
        else:
            self._recognised = self._one_burst and seconds >= _CNG_ONE_BURST_S


def cng_samples(seconds: float, dbm0: float = -13) -> Samples:
    """CNG as a fax machine sends it: 1100 Hz, 0.5 s on, 3 s off, from its first burst."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return np.rint(sine_peak(dbm0) * np.sin(2 * np.pi * CNG_HZ * time) * (time % 3.5 < 0.5)).astype(np.int16)


def ced_samples(seconds: float, dbm0: float = -13) -> Samples:
    """CED: 2100 Hz without a break; fax machines send 2.6-4 s of it."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return np.rint(sine_peak(dbm0) * np.sin(2 * np.pi * CED_HZ * time)).astype(np.int16)

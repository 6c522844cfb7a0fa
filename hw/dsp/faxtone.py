"""Fax tones: CNG, the calling machine's 1100 Hz bursts, and CED, the answering machine's 2100 Hz.

Energy ratio and frequency per 10 ms with numpy. Tolerances by facts: CNG 1100 ± 38 Hz, CED 2100 ± 15 Hz (ITU-T T.30).
"""

from __future__ import annotations

from typing import Literal

import numpy as np

from hw.audio import FRAME_SAMPLES, FULL_SCALE, SAMPLE_RATE, Frame, Samples, sine_peak

_HALF = FRAME_SAMPLES // 2
_HALF_SECONDS = _HALF / SAMPLE_RATE
_LEAST_ENERGY = _HALF * (FULL_SCALE * 10 ** (-48 / 20)) ** 2 / 2
_PURE = 0.7
_CED_SECONDS = 1.0
_CNG_ONE_BURST_SECONDS = 0.48
_CNG_SHORTEST_SECONDS = 0.4


class FaxToneReceiver:
    """Recognises one kind of fax tone.

    CNG is recognised in its first burst of 0.5 s, or with the second of at least 0.4 s; once `digit_heard` was
    called, only with the second. CED is recognised after 1 s. Down to -43 dBm0; speech and prompts are ignored.
    """

    def __init__(self, kind: Literal["cng", "ced"]) -> None:
        self._cng = kind == "cng"
        self._hz, self._tolerance = (1100.0, 38.0) if self._cng else (2100.0, 15.0)
        angle = 2 * np.pi * self._hz / SAMPLE_RATE * np.arange(_HALF)
        self._basis = np.stack([np.cos(angle), -np.sin(angle)], axis=1).astype(np.float32)
        self._last = 0j
        self._run = 0
        self._missed = 0
        self._bursts = 0
        self._one_burst = True
        self._recognised = False

    def digit_heard(self) -> None:
        """A person pressed a key: from now on one burst alone is no fax machine."""
        self._one_burst = False

    def feed(self, frame: Frame) -> bool:
        """True once, in the frame in which the tone is recognised."""
        if self._recognised:
            return False
        halves = frame.astype(np.float32).reshape(2, _HALF)
        energies = np.einsum("ij,ij->i", halves, halves).tolist()
        for energy, (real, imaginary) in zip(energies, (halves @ self._basis).tolist(), strict=True):
            self._half(energy, complex(real, imaginary))
        return self._recognised

    def _half(self, energy: float, tone: complex) -> None:
        if self._is_tone(energy, tone):
            self._run += 1
            self._missed = 0
            self._judge()
        elif self._run and self._missed < 2:
            self._missed += 1
            self._run += 1
        else:
            if self._cng and (self._run - self._missed) * _HALF_SECONDS >= _CNG_SHORTEST_SECONDS:
                self._bursts += 1
            self._run = self._missed = 0
        self._last = tone

    def _is_tone(self, energy: float, tone: complex) -> bool:
        if energy < _LEAST_ENERGY or abs(tone) ** 2 * 2 / _HALF < _PURE * energy:
            return False
        turned = tone * self._last.conjugate() * complex(*self._turn)
        return bool(abs(np.angle(turned)) <= 2 * np.pi * self._tolerance * 1.1 * _HALF_SECONDS)

    @property
    def _turn(self) -> tuple[float, float]:
        angle = -2 * np.pi * self._hz * _HALF_SECONDS
        return float(np.cos(angle)), float(np.sin(angle))

    def _judge(self) -> None:
        seconds = self._run * _HALF_SECONDS
        if not self._cng:
            self._recognised = seconds >= _CED_SECONDS
        elif self._bursts:
            self._recognised = seconds >= _CNG_SHORTEST_SECONDS
        else:
            self._recognised = self._one_burst and seconds >= _CNG_ONE_BURST_SECONDS


def cng_samples(seconds: float, dbm0: float = -13) -> Samples:
    """CNG as a fax machine sends it: 1100 Hz, 0.5 s on, 3 s off, from its first burst."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return np.rint(sine_peak(dbm0) * np.sin(2 * np.pi * 1100 * time) * (time % 3.5 < 0.5)).astype(np.int16)


def ced_samples(seconds: float, dbm0: float = -13) -> Samples:
    """CED: 2100 Hz without a break; fax machines send 2.6-4 s of it."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return np.rint(sine_peak(dbm0) * np.sin(2 * np.pi * 2100 * time)).astype(np.int16)

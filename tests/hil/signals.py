"""The sounds the instrument sends. Each is the same every time."""

from __future__ import annotations

import numpy as np

from hw.audio import FULL_SCALE, SAMPLE_RATE, Samples, sine_peak

TONE_HZ = 1004.0
"""The frequency of transmission test sets in North America. Of 1000 Hz, sampling at 8 kHz meets only eight values."""

TONE_DBM0 = -16.0
NOISE_DBM0 = -20.0
"""About as loud as somebody who speaks up. It is 23 dB below full scale, so that no peak is clipped."""


def tone(seconds: float, hertz: float = TONE_HZ, dbm0: float = TONE_DBM0) -> Samples:
    """A sine wave that rises and falls within 10 ms each, so that no receiver takes its edges for a click."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    edge = np.minimum(1, np.minimum(time, time[::-1]) / 0.01)
    return np.rint(sine_peak(dbm0) * edge * np.sin(2 * np.pi * hertz * time)).astype(np.int16)


def noise(seconds: float, dbm0: float = NOISE_DBM0, seed: int = 1) -> Samples:
    """White noise from 250 to 3400 Hz. No two stretches of it are alike, so that every 20 ms can be found again."""
    count = round(seconds * SAMPLE_RATE)
    spectrum = np.fft.rfft(np.random.default_rng(seed).normal(size=count))
    hertz = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    spectrum[(hertz < 250) | (hertz > 3400)] = 0
    wave = np.fft.irfft(spectrum, count)
    wave *= sine_peak(dbm0) / np.sqrt(2) / np.sqrt(np.mean(wave**2))
    return np.rint(np.clip(wave, -FULL_SCALE, FULL_SCALE)).astype(np.int16)


def syllables(seconds: float, dbm0: float = NOISE_DBM0, seed: int = 2) -> Samples:
    """The same noise in syllables, three a second: a unit takes it for somebody who speaks, and keeps it."""
    wave = noise(seconds, dbm0 + 3, seed).astype(np.float64)
    time = np.arange(len(wave)) / SAMPLE_RATE
    return np.rint(wave * np.sqrt(np.maximum(0, 0.5 + 0.6 * np.sin(2 * np.pi * 3 * time)))).astype(np.int16)

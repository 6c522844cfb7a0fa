"""Noise and mains hum of a quiet line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hw.audio import FULL_SCALE, FULL_SCALE_SINE_DBM0, SAMPLE_RATE, Floats, Samples

SHORTEST_S = 0.4
HARMONICS = 8
"""Hum is looked for at the mains' frequency and its multiples: rectifiers give the even ones, transformers the odd."""
LOUD_NOISE_DBM0 = -50.0
"""Callers hear noise from here on. A quiet line has -65 dBm0; a missing ADSL filter gives -45 and more."""
LOUD_HUM_DBM0 = -50.0
_BAND_HZ = (300.0, 3400.0)
_WIDTH_HZ = 3.0
_ABOVE_NOISE_DB = 6.0


@dataclass(frozen=True, slots=True)
class NoiseMeasured:
    """noise_dbm0: between 300 and 3400 Hz, without hum. hum_dbm0: of the mains and its multiples; -96 for none.

    hum_hz: 50 or 60, of the mains that hums; 0 for none.
    """

    noise_dbm0: float
    hum_dbm0: float
    hum_hz: int


def measure_noise(samples: Samples) -> NoiseMeasured | None:
    """What a line carries while nobody sends anything on it; None where these are too few samples."""
    if len(samples) < SHORTEST_S * SAMPLE_RATE:
        return None
    power, hertz = _power(samples)
    per_mains = {mains: _hum(power, hertz, mains) for mains in (50, 60)}
    mains = max(per_mains, key=lambda one: per_mains[one])
    hum = per_mains[mains]
    humming = np.zeros(len(power), dtype=bool)
    if hum > 0:
        for harmonic in range(1, round(SAMPLE_RATE / 2 / mains)):
            humming |= np.abs(hertz - harmonic * mains) <= _WIDTH_HZ
    band = (hertz >= _BAND_HZ[0]) & (hertz <= _BAND_HZ[1])
    quiet = band & ~humming
    noise = float(power[quiet].sum()) * band.sum() / max(int(quiet.sum()), 1)
    return NoiseMeasured(_dbm0(noise), _dbm0(hum), mains if hum > 0 else 0)


def _power(samples: Samples) -> tuple[Floats, Floats]:
    """The power at each frequency, so that all together are the mean square."""
    window = np.hanning(len(samples))
    spectrum = np.abs(np.fft.rfft(samples.astype(np.float64) * window)) ** 2
    power = 2 * spectrum / (window @ window) / len(samples)
    return power.astype(np.float32), np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE).astype(np.float32)


def _hum(power: Floats, hertz: Floats, mains: int) -> float:
    """The power of the mains and its multiples above the noise beside them; 0 where they are not above it."""
    total = 0.0
    for harmonic in range(1, HARMONICS + 1):
        near = np.abs(hertz - harmonic * mains) <= _WIDTH_HZ
        beside = (np.abs(hertz - harmonic * mains) <= 4 * _WIDTH_HZ) & ~near
        found, floor = float(power[near].sum()), float(power[beside].mean()) * int(near.sum())
        if found > floor * 10 ** (_ABOVE_NOISE_DB / 10):
            total += found - floor
    return total


def _dbm0(power: float) -> float:
    if power < 1e-3:
        return -96.0
    return 10 * float(np.log10(power / (FULL_SCALE**2 / 2))) + FULL_SCALE_SINE_DBM0

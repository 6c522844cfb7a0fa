"""What audio is everywhere in Copperdesk: 20 ms frames of 8 kHz signed 16-bit mono.

A frame is an int16 numpy array of 160 samples. Levels are in dBm0, where a sine wave that just reaches full
scale is +3.14 dBm0 (ITU-T G.711, µ-law).
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

SAMPLE_RATE = 8000
FRAME_SAMPLES = 160
FRAME_SECONDS = FRAME_SAMPLES / SAMPLE_RATE
FULL_SCALE = 32767
FULL_SCALE_SINE_DBM0 = 3.14

Samples = npt.NDArray[np.int16]
"""Any number of int16 samples at 8 kHz."""

Frame = npt.NDArray[np.int16]
"""Exactly 160 int16 samples: 20 ms."""

Floats = npt.NDArray[np.float32]
"""Sound while it is calculated with: float32, in the same units as `Samples` unless told otherwise."""

SILENCE: Frame = np.zeros(FRAME_SAMPLES, dtype=np.int16)
SILENCE.setflags(write=False)

_FULL_SCALE_RMS_DBM0 = FULL_SCALE_SINE_DBM0 + 10 * math.log10(2)


def sine_peak(dbm0: float) -> float:
    """The peak, in sample units, of a sine wave of this level in dBm0."""
    return float(FULL_SCALE * 10 ** ((dbm0 - FULL_SCALE_SINE_DBM0) / 20))


def energy(samples: Samples) -> float:
    """The sum of the squared samples."""
    wide = samples.astype(np.float32)
    return float(wide @ wide)


def level_dbm0(samples: Samples) -> float:
    """The level of these samples in dBm0; silence (and no samples at all) is -96 dBm0."""
    if not len(samples):
        return -96.0
    power = energy(samples) / len(samples)
    if power < 1e-3:
        return -96.0
    return 10 * math.log10(power / FULL_SCALE**2) + _FULL_SCALE_RMS_DBM0


def decibels(ratio_db: float) -> float:
    """The amplitude factor of a gain in dB."""
    return float(10 ** (ratio_db / 20))


def seconds_of(samples: Samples) -> float:
    """How long these samples last, in seconds."""
    return len(samples) / SAMPLE_RATE

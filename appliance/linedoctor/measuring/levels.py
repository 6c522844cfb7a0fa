"""Levels over a call between two lines, and the gains that they ask for."""

from __future__ import annotations

import numpy as np

from appliance.linedoctor.measuring.spectrum import partials
from hw.audio import SAMPLE_RATE, Samples, sine_peak

PILOT_HZ, PILOT_DBM0 = 1004.0, -13.0
"""The usual test tone. It is none of the tones of any exchange."""
NEAR_HZ = 6.0
MOST_GAIN_DB = 6.0
LEAST_RETURN_LOSS_DB = 10.0
"""What must be left between what is sent and its echo when both gains are in, or the line sings."""


def pilot(seconds: float) -> Samples:
    """The test tone."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return np.rint(sine_peak(PILOT_DBM0) * np.sin(2 * np.pi * PILOT_HZ * time)).astype(np.int16)


def pilot_dbm0(samples: Samples) -> float | None:
    """The level of the test tone in these samples; None where it is not in them."""
    found = [one for one in partials(samples, within_db=30) if abs(one.hz - PILOT_HZ) <= NEAR_HZ]
    return found[0].dbm0 if found else None


def best_gain(loss_db: float, return_loss_db: float) -> float:
    """What makes up for what this line loses in each direction, as far as its echo allows it: in dB, whole halves."""
    wanted = min(max(loss_db, 0.0), MOST_GAIN_DB)
    allowed = max(return_loss_db - LEAST_RETURN_LOSS_DB, 0.0) / 2
    return round(2 * min(wanted, allowed)) / 2

from __future__ import annotations

import numpy as np

from hw.audio import Samples, energy, level_dbm0
from hw.dsp.dtmf import dtmf_samples
from hw.dsp.gsm import gsm_coded
from tests.hw.signals import tone


def share(samples: Samples, hertz: float) -> float:
    """The share of the power that is in this one frequency."""
    wave = np.exp(-2j * np.pi * hertz * np.arange(len(samples)) / 8000)
    return float(2 * abs(wave @ samples.astype(np.float64)) ** 2 / len(samples) / energy(samples))


def test_a_single_tone_passes_the_coder_at_its_level() -> None:
    heard = gsm_coded(tone((440,), 1, -12))
    assert abs(level_dbm0(heard[800:]) + 12) < 0.5
    assert share(heard[800:], 440) > 0.95


def test_two_tones_come_out_with_more_twist_and_with_other_sound_beside_them() -> None:
    sent = dtmf_samples("A", -10, -16, on_ms=400, off_ms=0)[800:2400]
    heard = gsm_coded(dtmf_samples("A", -10, -16, on_ms=400, off_ms=0))[800:2400]
    assert [round(share(sent, hertz), 2) for hertz in (697, 1633)] == [0.8, 0.2]
    assert share(heard, 697) / share(heard, 1633) > 10 ** (7.5 / 10)
    assert share(heard, 697) + share(heard, 1633) < 0.99


def test_what_comes_out_is_whole_frames() -> None:
    assert [len(gsm_coded(np.zeros(length, np.int16))) for length in (0, 1, 160, 161)] == [0, 160, 160, 320]

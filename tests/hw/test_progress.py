"""Every tone of every country is generated from the plan and recognised from its samples under the right name."""

from __future__ import annotations

import numpy as np
import pytest

from hw.audio import Samples
from tests.hw.progress_signals import Case, every_case, noise, on_a_quiet_line, power_of, reports

CASES = list(every_case())

FIRST = {("es", "busy"): 4}
"""Cycles of the first report where it is not the first cycle: Spain's recall dial tone begins like three of busy."""


def assert_recognised(case: Case, samples: Samples, cycles: int) -> None:
    heard = reports(case.plan, samples)
    assert heard, "nothing was recognised"
    first = heard[0][1]
    assert first <= FIRST.get((case.country, case.tone), 3)
    assert heard == [(case.name, cycle) for cycle in [*range(first, cycles + 1), 0]]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_tone_is_recognised_15_db_weaker(case: Case) -> None:
    wave, cycles = case.signal()
    assert_recognised(case, on_a_quiet_line(wave, case.pause_s, gain_db=-15), cycles)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_tone_with_a_fast_cadence_is_recognised(case: Case) -> None:
    wave, cycles = case.signal(speed=1.08)
    assert_recognised(case, on_a_quiet_line(wave, case.pause_s), cycles)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_tone_with_a_slow_cadence_is_recognised_with_noise_25_db_below_it_also_in_its_pauses(case: Case) -> None:
    wave, cycles = case.signal(speed=0.92)
    whole = np.concatenate([np.zeros(4000), wave, np.zeros(round(case.pause_s * 8000))])
    whole += noise(power_of(wave) / 10**2.5, len(whole) / 8000)
    assert_recognised(case, np.rint(whole).astype(np.int16), cycles)

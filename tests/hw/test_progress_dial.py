"""Whatever a dial tone tells besides, it is one: it stutters before it is steady, or without end, in every country."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import COUNTRIES, DIAL_TONES, Segment, Tone, tone_plan
from tests.hw.progress_signals import on_a_quiet_line, timed_reports

STEADY = [country for country in COUNTRIES if len(tone_plan(country).dial.segments) == 1]


def stuttering(country: str, bursts: int) -> tuple[Segment, ...]:
    dial = tone_plan(country).dial.segments[0]
    return (replace(dial, seconds=0.1), Segment((), 0.1, 0.0)) * bursts


@pytest.mark.parametrize("bursts", [0, 2, 3, 4, 6])
@pytest.mark.parametrize("country", STEADY)
def test_a_dial_tone_after_some_bursts_is_a_dial_tone(country: str, bursts: int) -> None:
    plan = tone_plan(country)
    tone = Tone((*stuttering(country, bursts), plan.dial.segments[0]))
    told = timed_reports(plan, on_a_quiet_line(tone_samples(tone, 6.0).astype(np.float64), 1.0))
    assert {name for _, (name, _) in told} <= DIAL_TONES
    assert min(at for at, _ in told) - 0.5 < 4.0
    assert max(cycles for _, (_, cycles) in told) >= 3


@pytest.mark.parametrize("country", STEADY)
def test_a_dial_tone_that_stutters_without_end_is_a_dial_tone(country: str) -> None:
    plan = tone_plan(country)
    told = timed_reports(plan, on_a_quiet_line(tone_samples(Tone(stuttering(country, 1), 0), 6.0).astype(float), 1.0))
    assert {name for _, (name, _) in told} <= DIAL_TONES
    assert min(at for at, _ in told) - 0.5 < 4.0
    assert max(cycles for _, (_, cycles) in told) >= 3

"""Tones as samples: lengths, levels and unbroken phase."""

from __future__ import annotations

import numpy as np
import pytest

from hw.audio import FULL_SCALE, level_dbm0
from hw.tones.tonegen import ToneGenerator, tone_samples
from hw.tones.toneplan import COUNTRIES, PROGRESS_TONES, parse_tone, tone_plan

EVERY_TONE = (*PROGRESS_TONES, "call_waiting", "howler", "confirmation")


def test_each_frequency_has_its_level() -> None:
    assert level_dbm0(tone_samples(parse_tone("1000", -24), 1)) == pytest.approx(-24, abs=0.05)
    assert level_dbm0(tone_samples(parse_tone("480+620", -24), 1)) == pytest.approx(-21, abs=0.1)
    assert level_dbm0(tone_samples(parse_tone("425@-10", -13), 1)) == pytest.approx(-23, abs=0.05)


def test_bursts_and_pauses_last_to_the_sample() -> None:
    samples = tone_samples(parse_tone("2x480+620: 0.1/0.05 then 425: 0.02/0.03", -13), 0.45)
    loud = np.abs(samples.astype(int)).reshape(-1, 40).max(axis=1) > 100
    assert "".join("#" if block else "." for block in loud) == 2 * (20 * "#" + 10 * ".") + 3 * (4 * "#" + 6 * ".")


def test_a_tone_that_ends_stays_silent() -> None:
    samples = tone_samples(parse_tone("440: 0.1, -", -13), 5)
    assert not samples[800:].any()


def test_the_pieces_asked_for_make_no_difference() -> None:
    tone = parse_tone("413+438.5: 0.7/0.04, 400~16: 0.5/0.1", -13)
    whole = tone_samples(tone, 4)
    generator = ToneGenerator(tone)
    pieces = np.concatenate([generator.take(count) for count in (1, 159, 7000, 8000, 3333, 13507)])
    assert np.array_equal(whole, pieces)
    generator = ToneGenerator(tone)
    assert np.array_equal(whole, np.concatenate([generator.next() for _ in range(200)]))


@pytest.mark.parametrize("text", ["350+440", "413.5+438", "400~16.7"])
def test_phases_run_on(text: str) -> None:
    samples = tone_samples(parse_tone(text, -13), 3.5).astype(float)
    swiftest = 2 * 3767 * 1.85 * np.sin(np.pi * 440 / 8000) * 2
    assert np.abs(np.diff(samples)).max() < swiftest
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    hertz = np.arange(len(spectrum)) / 3.5
    elsewhere = spectrum[(hertz < 300) | (hertz > 500)]
    assert elsewhere.max() < spectrum.max() / 1000


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_tone_of_a_plan_clips(country: str) -> None:
    plan = tone_plan(country)
    for name in EVERY_TONE:
        samples = tone_samples(getattr(plan, name), 2)
        assert 0 < np.abs(samples.astype(int)).max() < FULL_SCALE, name


def test_a_modulated_tone_swings_with_its_modulation() -> None:
    samples = tone_samples(parse_tone("400~25", -13), 1).astype(float)
    spectrum = np.abs(np.fft.rfft(samples))
    assert sorted(np.argsort(spectrum)[-3:].tolist()) == [375, 400, 425]
    assert spectrum[375] / spectrum[400] == pytest.approx(0.425, abs=0.01)

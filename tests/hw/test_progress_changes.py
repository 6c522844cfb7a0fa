"""One tone after another: what was louder before does not spoil the tone that follows."""

from __future__ import annotations

import subprocess
import wave

import numpy as np
import pytest

from hw.audio import Samples
from hw.dsp.dtmf import dtmf_samples
from hw.dsp.resample import resample
from hw.tones.cadence import CadenceReport
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import Tone, TonePlan, tone_plan
from tests.hw.progress_signals import noise, timed_reports

COUNTRIES = ("us", "tw", "uk", "de", "fr", "au", "nz", "it")
GAPS = (0.0, 0.3, 0.9, 1.3)
SPEECH = "Your call is important to us. Please hold while we look for somebody who can help you."
TONE_S = 14.0


def cycle_s(tone: Tone) -> float:
    return sum(segment.seconds or 0.0 for segment in tone.segments)


def followed(plan: TonePlan, before: Samples, gap: float, name: str) -> list[tuple[float, CadenceReport]]:
    """What is reported of the tone of this name `gap` after the other, with seconds from its beginning."""
    tone = tone_samples(getattr(plan, name), TONE_S)
    whole = np.concatenate([np.zeros(1600, np.int16), before, np.zeros(round(gap * 8000), np.int16), tone]) * 0.8
    samples = np.clip(np.rint(whole + noise(13**2, len(whole) / 8000)), -32768, 32767).astype(np.int16)
    begun = (len(samples) - len(tone)) / 8000
    reported = timed_reports(plan, samples)
    return [(time - begun, report) for time, report in reported if report[0] == name and time > begun + 0.1]


def assert_counted_through(plan: TonePlan, before: Samples, gap: float, name: str) -> None:
    """It is counted without an interruption, and is certain at most one cycle and 0.5 s later than on a quiet line."""
    tone = getattr(plan, name)
    heard = followed(plan, before, gap, name)
    cycles = [cycle for _, (_, cycle) in heard]
    assert cycles == list(range(cycles[0], cycles[0] + len(cycles)))
    third = next(time for time, (_, cycle) in heard if cycle >= 3)
    quiet = next(time for time, (_, cycle) in followed(plan, before[:0], 1.5, name) if cycle >= 3)
    assert third <= quiet + cycle_s(tone) + 0.5


@pytest.fixture(scope="module")
def speech(tmp_path_factory: pytest.TempPathFactory) -> Samples:
    """A prompt as loud as the exchange's announcements, about -13 dBm0 in its vowels."""
    path = tmp_path_factory.mktemp("prompt") / "prompt.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-w", path, SPEECH], check=True)
    with wave.open(str(path)) as sound:
        rate = sound.getframerate()
        samples = np.frombuffer(sound.readframes(sound.getnframes()), np.int16)
    return resample(samples, rate, 8000)


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("country", COUNTRIES)
def test_busy_follows_dial_tone(country: str, gap: float) -> None:
    plan = tone_plan(country)
    assert_counted_through(plan, tone_samples(plan.dial, 4), gap, "busy")


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("country", COUNTRIES)
def test_reorder_follows_stutter_dial_tone(country: str, gap: float) -> None:
    plan = tone_plan(country)
    assert_counted_through(plan, tone_samples(plan.stutter, 5), gap, "reorder")


@pytest.mark.parametrize("country", COUNTRIES)
def test_reorder_follows_dialled_digits(country: str) -> None:
    plan = tone_plan(country)
    assert_counted_through(plan, dtmf_samples("5550199"), 0.3, "reorder")


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("country", COUNTRIES)
def test_busy_follows_ringback(country: str, gap: float) -> None:
    plan = tone_plan(country)
    assert_counted_through(plan, tone_samples(plan.ringback, cycle_s(plan.ringback) + 1.5), gap, "busy")


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("country", COUNTRIES)
def test_busy_follows_an_announcement(country: str, gap: float, speech: Samples) -> None:
    assert_counted_through(tone_plan(country), speech, gap, "busy")

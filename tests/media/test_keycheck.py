"""Keys are told for certain, in time; vowels and music that are taken for digits are not."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from appliance.flows.screening import DECIDING
from appliance.media.detectors import Dtmf
from appliance.media.events import DigitHeard, KeyCertain
from hw.audio import FRAME_SECONDS, Samples
from hw.dsp.dtmf import DIGITS, dtmf_samples
from hw.dsp.gsm import gsm_coded
from hw.tones.toneplan import tone_plan
from tests.hw.signals import frames
from tests.screened.sounds import Sounds

QUIET_SECONDS = 0.2
VOWEL_CLIPS = 45
"""Of 20 s each."""


def keys_in(samples: Samples, noise: float = 7.0) -> tuple[list[tuple[float, str]], list[tuple[float, str]]]:
    """What was told as a digit and as a key for certain, each with the time. noise: of the line, in sample units."""
    random = np.random.default_rng(1)
    detector = Dtmf(from_outside=True)
    quiet = np.zeros(round(QUIET_SECONDS * 8000), np.int16)
    wave = np.concatenate([quiet, samples, quiet])
    wave = np.rint(wave + random.normal(size=len(wave)) * noise).astype(np.int16)
    digits, certain = [], []
    for number, frame in enumerate(frames(wave), 1):
        for event in detector.feed(frame):
            if isinstance(event, DigitHeard):
                digits.append((number * FRAME_SECONDS, event.digit))
            elif isinstance(event, KeyCertain):
                certain.append((number * FRAME_SECONDS, event.digit))
    return digits, certain


def only(told: list[tuple[float, str]]) -> str:
    return "".join(digit for _, digit in told)


@pytest.mark.parametrize("on_ms", [40, 60, 100, 300, 1000])
@pytest.mark.parametrize("low_dbm0", [-8, -20, -30])
def test_a_key_is_certain_within_70_ms_of_its_end_and_within_130_ms_of_its_beginning(
    on_ms: int, low_dbm0: float
) -> None:
    for digit in DIGITS:
        _, certain = keys_in(dtmf_samples(digit, low_dbm0, low_dbm0 + 2, on_ms, 0))
        assert only(certain) == digit
        assert certain[0][0] - QUIET_SECONDS <= min(on_ms / 1000 + 0.07, 0.131)


def test_keys_one_behind_the_other_are_certain_each_once() -> None:
    _, certain = keys_in(dtmf_samples("11123", -12, -12, 70, 70))
    assert only(certain) == "11123"


@pytest.mark.parametrize(("low_dbm0", "high_dbm0"), [(-10, -16), (-16, -10), (-13, -13)])
@pytest.mark.parametrize("digit", DECIDING)
def test_a_key_that_a_cellular_network_has_made_is_certain_but_one_of_ten_at_most(
    digit: str, low_dbm0: float, high_dbm0: float
) -> None:
    once = dtmf_samples(digit, low_dbm0, high_dbm0, 35, 60)
    echo = dtmf_samples(digit, low_dbm0 - 8, high_dbm0 - 8, 35, 60)
    told = []
    for at in range(0, 160, 4):
        _, certain = keys_in(gsm_coded(np.concatenate([np.zeros(160 + at, np.int16), once, echo])))
        told.append(only(certain))
    assert set(told) <= {"", digit}
    assert told.count("") <= len(told) / 10


def test_noise_12_db_below_makes_no_key_uncertain() -> None:
    for digit in DIGITS:
        _, certain = keys_in(dtmf_samples(digit, -14, -14, 80, 0), noise=23170 * 10 ** ((-26 - 3.14) / 20))
        assert only(certain) == digit


def test_vowels_that_are_taken_for_digits_are_no_keys_for_certain() -> None:
    sounds = Sounds([], tone_plan("us"))
    taken, certain = [], []
    for number in range(VOWEL_CLIPS):
        one, other = keys_in(sounds.vowels_like_a_key(Random(number)))
        taken += one
        certain += other
    assert len(taken) > 20
    assert certain == []

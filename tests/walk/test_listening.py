"""What a caller of a walk heard is recognised, whether it was to be expected or not."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest

from appliance.ear.heard import Kind
from appliance.office.phrase import Words, phrase
from appliance.walk.listening import Listening, stretches
from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Samples
from hw.tones.toneplan import tone_plan
from tests import offices

NOW = datetime(2026, 3, 3, 14, 15, tzinfo=UTC)
BEGUN_S = 100.0


@pytest.fixture
def listening(prepared) -> Listening:
    office, prompts = prepared(offices.with_a_menu_behind())
    return Listening(prompts, tone_plan(office.country), NOW)


@pytest.fixture
def said(prepared):
    """The sound of these, as callers hear it."""
    office, prompts = prepared(offices.with_a_menu_behind())
    return lambda *sayables: np.concatenate(prompts.clips(sayables, office.local(NOW), prompts.languages[0]))


def framed(*pieces: Samples) -> list[tuple[float, Samples]]:
    samples = np.concatenate(pieces)
    whole = np.concatenate([samples, np.zeros(-len(samples) % FRAME_SAMPLES, np.int16)]).reshape(-1, FRAME_SAMPLES)
    return [(BEGUN_S + number * FRAME_SECONDS, frame) for number, frame in enumerate(whole)]


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE), np.int16)


def test_what_is_heard_is_told_with_the_time_at_which_it_began(listening, said):
    sound = framed(silence(1.0), said(phrase("one-moment")))
    for _ in range(2):  # The second time it is known.
        (heard,) = listening.recognise(sound, "a place", [])
        assert heard.text == "One moment, please."
        assert heard.start_s == pytest.approx(BEGUN_S + 1.0, abs=0.2)


def test_what_was_not_to_be_expected_is_recognised_too(listening, said):
    sound = framed(said(Words("To go back, press star."), phrase("not-valid")))
    heard = listening.recognise(sound, "a place", [Words("Billing.")])
    assert [one.text for one in heard] == ["To go back, press star.", "I'm sorry, that is not a valid choice."]


def test_a_sentence_that_was_cut_is_told_as_far_as_it_was_heard(listening, said):
    sound = framed(said(phrase("leave-message"))[:SAMPLE_RATE])
    (heard,) = listening.recognise(sound, "a place", [])
    assert heard.text.startswith("Please leave")
    assert heard.text.endswith("-")


def test_what_nobody_of_the_office_says_is_no_words(listening):
    noise = np.random.default_rng(1).normal(0, 2000, 2 * SAMPLE_RATE).astype(np.int16)
    assert [one.kind for one in listening.recognise(framed(noise), "a place", [])] in ([], [Kind.SPEECH])


def test_silence_is_nothing(listening):
    assert listening.recognise(framed(silence(1.0)), "a place", []) == []
    assert listening.recognise([], "a place", []) == []


def test_stretches_lie_between_silences_and_short_pauses_are_within_one():
    one = np.ones(800, np.int16)
    samples = np.concatenate([silence(0.5), one, silence(0.05), one, silence(0.3), one, silence(0.2)])
    assert stretches(samples) == [(4000, 6000), (8400, 9200)]

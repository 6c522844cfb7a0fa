"""Every fixed clip of the voice in use, measured."""

from datetime import UTC, datetime

import numpy as np
import pytest

from appliance.office.phrase import phrase
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary
from appliance.prompts.sound import active_level_dbm0
from appliance.prompts.wording import fixed_texts
from hw.audio import Samples, level_dbm0, seconds_of

ENGLISH = language("en")
NOW = datetime(2026, 3, 12, 16, 30, tzinfo=UTC)


def stretches_ms(clip: Samples) -> tuple[float, float, float]:
    """How long it is quieter than 35 dB below the loudest 10 ms: at the start, longest inside, at the end.

    An s at the end of a word is some 32 dB below its vowel on a telephone, and is no silence.
    """
    power = np.convolve(clip.astype(np.float64) ** 2, np.full(80, 1 / 80), "same")
    loud = np.flatnonzero(power > power.max() * 10**-3.5)
    return loud[0] / 8, float(np.diff(loud, append=loud[-1]).max()) / 8, (len(clip) - loud[-1]) / 8


def beyond(library: PromptLibrary, low: float, high: float, measure: object) -> dict[str, float]:
    assert callable(measure)
    figures = {text: float(measure(clip)) for text, clip in library.texts(ENGLISH).items()}
    return {text: figure for text, figure in figures.items() if not low <= figure <= high}


def test_the_library_holds_exactly_the_fixed_clips(library: PromptLibrary) -> None:
    assert sorted(library.texts(ENGLISH)) == sorted(fixed_texts(ENGLISH))


def test_every_clip_is_at_minus_18_dbm0_while_there_is_speech(library: PromptLibrary) -> None:
    assert beyond(library, -20.0, -16.0, active_level_dbm0) == {}


def test_the_plain_level_of_every_clip_agrees(library: PromptLibrary) -> None:
    assert beyond(library, -20.5, -16.0, level_dbm0) == {}


def test_no_clip_comes_near_full_scale(library: PromptLibrary) -> None:
    assert beyond(library, 0, 32767 * 10 ** (-0.9 / 20), lambda clip: np.abs(clip.astype(np.int32)).max()) == {}


def test_no_clip_has_direct_current(library: PromptLibrary) -> None:
    assert beyond(library, -5, 5, np.mean) == {}


def test_every_clip_starts_and_ends_promptly(library: PromptLibrary) -> None:
    assert beyond(library, 0, 50, lambda clip: stretches_ms(clip)[0]) == {}
    assert beyond(library, 0, 200, lambda clip: stretches_ms(clip)[2]) == {}


def test_no_clip_has_a_long_gap(library: PromptLibrary) -> None:
    assert beyond(library, 0, 300, lambda clip: stretches_ms(clip)[1]) == {}


def test_no_clip_is_shorter_than_a_word_or_longer_than_a_sentence(library: PromptLibrary) -> None:
    assert beyond(library, 0.2, 5.0, seconds_of) == {}


@pytest.mark.parametrize(
    "name", [name for name, entry in ENGLISH.catalogue.items() if isinstance(entry, str) and "{" not in entry]
)
def test_every_entry_without_a_blank_can_be_played(library: PromptLibrary, name: str) -> None:
    seconds = sum(seconds_of(clip) for clip in library.clips([phrase(name)], NOW, ENGLISH))
    assert 0.5 < seconds < 16.0


def test_a_word_inside_a_sentence_is_not_the_word_that_ends_it(library: PromptLibrary) -> None:
    assert not np.array_equal(library.texts(ENGLISH)["three"], library.texts(ENGLISH)["three."])

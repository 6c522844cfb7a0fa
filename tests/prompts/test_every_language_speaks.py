"""Every fixed clip of every language, spoken by espeak-ng and measured. Each language is spoken by one test alone."""

from __future__ import annotations

import fcntl

import numpy as np
import pytest

from appliance.clock import run_virtual
from appliance.office.languages import LANGUAGES
from appliance.office.phrase import phrase
from appliance.prompts import wording
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.prompts.sound import active_level_dbm0
from appliance.prompts.voice import espeak_voice
from hw.audio import Samples, level_dbm0, seconds_of
from tests.prompts.test_clips import stretches_ms
from tests.prompts.test_languages import NOW, filled

LIMITS = {
    "active level in dBm0": (-18.5, -17.5),
    "plain level in dBm0": (-21.0, -17.5),
    "peak": (1000, 32767 * 10 ** (-0.9 / 20)),
    "direct current": (-5, 5),
    "seconds": (0.15, 6.0),
    "ms of quiet before": (0, 100),
    "longest ms of quiet inside": (0, 300),
    "ms of quiet behind": (0, 200),
}
"""What every clip keeps to: it is heard, at the level of all others, and neither clipped nor padded."""


def figures(clip: Samples) -> dict[str, float]:
    before, inside, behind = stretches_ms(clip)
    return {
        "active level in dBm0": active_level_dbm0(clip),
        "plain level in dBm0": level_dbm0(clip),
        "peak": float(np.abs(clip.astype(np.int32)).max()),
        "direct current": float(np.mean(clip)),
        "seconds": seconds_of(clip),
        "ms of quiet before": before,
        "longest ms of quiet inside": inside,
        "ms of quiet behind": behind,
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_clip_of_a_language_is_speech_at_the_right_level(code: str) -> None:
    spoken = language(code)
    library = PromptLibrary(default_cache(), espeak_voice)
    named = [phrase("not-available", name="Jane Smith"), phrase("call-for", company="Harbor Dental")]
    default_cache().mkdir(parents=True, exist_ok=True)
    with (default_cache() / f"{code}.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        run_virtual(lambda: library.prepare(named, [spoken]))
    clips = library.texts(spoken)
    assert clips.keys() == {*wording.fixed_texts(spoken), *wording.free_texts(named)}
    beyond = {
        f"{text}: {name}": round(figure, 2)
        for text, clip in clips.items()
        for name, figure in figures(clip).items()
        if not LIMITS[name][0] <= figure <= LIMITS[name][1]
    }
    assert beyond == {}
    for name in spoken.catalogue:
        assert playing_seconds(library.clips([filled(name, 21)], NOW, spoken)) > 0.4


def playing_seconds(clips: list[Samples]) -> float:
    return sum(seconds_of(clip) for clip in clips)

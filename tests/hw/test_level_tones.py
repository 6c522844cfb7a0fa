"""A tone is no speech, whatever its country; words behind and between tones are."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hw.audio import Samples
from hw.dsp.dtmf import dtmf_samples
from hw.level import VoiceReceiver
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import COUNTRIES, PROGRESS_TONES, parse_tone, tone_plan
from tests.hw.test_progress_others import spoken


def spoken_seconds(samples: Samples) -> float:
    receiver = VoiceReceiver()
    frames = range(0, len(samples) - 159, 160)
    return sum(receiver.feed(samples[at : at + 160].copy()) for at in frames) * 0.02


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_tone_of_any_country_is_speech(country: str) -> None:
    for name in PROGRESS_TONES:
        for tone in tone_plan(country).accepted[name]:
            assert spoken_seconds(tone_samples(tone, 12.0)) < 0.5, (name, tone)


@pytest.mark.parametrize("written", ["480+620: 0.35/0.35", "425: 0.5/0.5", "1100: 0.5/3", "2100", "425: 0.1/0.1"])
def test_no_other_tone_is_speech(written: str) -> None:
    assert spoken_seconds(tone_samples(parse_tone(written, -20), 30.0)) == 0


def test_keys_are_no_speech() -> None:
    assert spoken_seconds(dtmf_samples("1234567890*#" * 4, -10, -8, 100, 100)) == 0


@pytest.mark.parametrize(("voice", "pitch", "least"), [("en-us", 40, 0.95), ("en-us+f3", 80, 0.9), ("en+f5", 99, 0.6)])
def test_speech_is_speech_at_any_pitch(tmp_path: Path, voice: str, pitch: int, least: float) -> None:
    words = spoken(tmp_path, voice, pitch)
    loud = sum(float(np.mean(words[at : at + 160].astype(float) ** 2)) > 300**2 for at in range(0, len(words), 160))
    assert spoken_seconds(words) > least * loud * 0.02
    assert spoken_seconds(np.concatenate([tone_samples(parse_tone("425: 0.5/0.5", -20), 6.0), words])) > (
        least * loud * 0.02
    )

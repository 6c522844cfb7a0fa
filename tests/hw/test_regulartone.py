"""A tone that no plan has is known by its regularity; ringback, keys, speech and music are not taken for one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hw.audio import Samples
from hw.tones.cadence import CadenceReport
from hw.tones.regulartone import RegularToneReceiver
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import COUNTRIES, parse_tone, tone_plan
from tests.hw.progress_signals import noise
from tests.hw.test_progress_others import chords, spoken


def reports(samples: Samples) -> list[CadenceReport]:
    receiver = RegularToneReceiver()
    return [
        report for at in range(0, len(samples) - 159, 160) for report in receiver.feed(samples[at : at + 160].copy())
    ]


def most(samples: Samples) -> int:
    return max((count for _, count in reports(samples)), default=0)


@pytest.mark.parametrize("noise_dbm0", [-65, -45])
@pytest.mark.parametrize("offset", [0, 61, 133])
@pytest.mark.parametrize(
    "written",
    [
        "480+620: 0.35/0.35",
        "425: 0.5/0.5",
        "400: 0.75/0.75",
        "440+480: 0.3/0.3",
        "350+440: 0.6/0.4",
        "450: 0.7/0.7",
        "425: 0.2/0.2",
        "425: 0.2/0.2/0.2/0.2/0.2/0.6",
        "950: 0.33/0.33",
        "425: 2.5/0.5",
        "450: 0.4, 600: 0.4",
        "800: 0.2, 1000: 0.2",
        "440: 1, 550: 1",
        "500: 0.3, 700: 0.3, -: 0.4",
        "950: 0.33, 1400: 0.33, 1800: 0.33, -: 1",
        "900: 0.3/0.03, 1200: 0.3/0.03, 1500: 0.3/0.8",
        "500: 0.1/0.1/0.1/0.1/0.1/0.1/0.1/0.6",
    ],
)
def test_any_regular_tone_is_counted(written: str, offset: int, noise_dbm0: float) -> None:
    tone = parse_tone(written, -20)
    cycle = sum(segment.seconds or 0.0 for segment in tone.segments)
    signal = np.concatenate([np.zeros(4000 + offset), tone_samples(tone, 7 * cycle - 0.02), np.zeros(16000)])
    hiss = noise((32768 * 10 ** ((noise_dbm0 - 6.15) / 20)) ** 2, len(signal) / 8000)[: len(signal)]
    told = reports(np.rint(signal + hiss).astype(np.int16))
    if len(tone.segments) == 2 and not tone.segments[1].frequencies:
        assert told == [*(("regular", cycle) for cycle in range(3, 8)), ("regular", 0)]
    assert told[-1] == ("regular", 0)
    assert max(told)[1] >= 6


def test_how_long_it_has_lasted_is_told_with_it() -> None:
    receiver = RegularToneReceiver()
    for frame in tone_samples(parse_tone("450: 0.08/0.08", -20), 5.0)[:39840].reshape(-1, 160):
        receiver.feed(frame.copy())
    assert 4.6 < receiver.lasted <= 5.0
    assert [round(hz) for hz, _ in receiver.sounds] == [450]


@pytest.mark.parametrize("written", ["500: 0.5/0.5", "425: 1.5/1", "450: 0.6, 600: 0.6", "350+620"])
def test_our_own_words_that_the_line_returns_do_not_hide_a_tone(written: str, tmp_path: Path) -> None:
    tone = tone_samples(parse_tone(written, -24), 24.0)
    voice = np.resize(spoken(tmp_path, "en-us", 40), len(tone))
    receiver = RegularToneReceiver()
    receiver.covered = True
    echoed = (tone + 0.05 * voice).astype(np.int16)
    told = [report for frame in echoed.reshape(-1, 160) for report in receiver.feed(frame.copy())]
    assert max(count for _, count in told) >= 6
    assert sum(count == 0 for _, count in told) <= 1


def test_a_fast_tone_must_last_as_long_as_a_slow_one() -> None:
    assert most(tone_samples(parse_tone("425: 0.1/0.1", -20), 2.0)) < 6
    assert most(tone_samples(parse_tone("425: 0.1/0.1", -20), 3.0)) >= 6


@pytest.mark.parametrize("written", ["425", "350+440", "480+620", "400+450"])
def test_a_steady_tone_is_told_by_its_seconds(written: str) -> None:
    told = reports(np.concatenate([tone_samples(parse_tone(written, -20), 12.5), np.zeros(16000, np.int16)]))
    assert told == [*(("steady", second) for second in range(4, 13)), ("steady", 0)]


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_countrys_ringback_is_taken_for_one(country: str) -> None:
    for form in tone_plan(country).accepted["ringback"]:
        assert reports(tone_samples(form, 60.0)) == []


@pytest.mark.parametrize("key", ["697+1209", "941+1477", "770+1336"])
def test_a_key_pressed_again_and_again_is_none(key: str) -> None:
    for on in (0.1, 0.2, 0.5):
        assert reports(tone_samples(parse_tone(f"{key}: {on}/{on}", -10), 20 * on)) == []


def test_a_chord_played_note_by_note_is_none() -> None:
    for gap in (0.0, 0.05, 0.2):
        notes = ", ".join(f"{hz}: 0.25/{gap}" if gap else f"{hz}: 0.25" for hz in (523, 659, 784, 659))
        assert most(tone_samples(parse_tone(notes, -15), 20.0)) < 6


@pytest.mark.parametrize(("mark", "space", "baud"), [(980, 1180, 300), (1270, 1070, 300), (1400, 1800, 45.45)])
def test_a_modem_is_none(mark: int, space: int, baud: float) -> None:
    bits = np.random.default_rng(1).integers(0, 2, round(30 * baud))
    turns = np.cumsum(np.where(np.repeat(bits, round(8000 / baud)), mark, space)) / 8000
    assert reports(np.rint(8000 * np.sin(2 * np.pi * turns)).astype(np.int16)) == []


def test_a_whistled_tune_is_none() -> None:
    random = np.random.default_rng(2)
    pitches = []
    for _ in range(80):
        times = np.arange(round(random.choice([0.2, 0.4, 0.4, 0.8]) * random.uniform(0.93, 1.07) * 8000)) / 8000
        note = 600 * 2 ** (random.choice([0, 2, 4, 5, 7, 9, 12]) / 12)
        pitches.append(note * (1 + 0.012 * np.sin(2 * np.pi * 5.5 * times)))
    glides = np.convolve(np.concatenate(pitches), np.ones(400) / 400, "same")
    assert most(np.rint(8000 * np.sin(2 * np.pi * np.cumsum(glides) / 8000)).astype(np.int16)) < 5


def test_speech_is_none(tmp_path: Path) -> None:
    for voice, pitch in (("en-us", 40), ("en-us+f3", 80), ("en+f5", 99)):
        assert reports(spoken(tmp_path, voice, pitch)) == []


def melody(seconds: float, overtones: int, seed: int) -> Samples:
    """Notes of a scale in a steady rhythm, struck and fading or held, with a rest behind each."""
    random = np.random.default_rng(seed)
    parts = []
    while sum(map(len, parts)) < seconds * 8000:
        beat = float(random.choice([0.25, 0.5, 0.5, 0.5, 1.0]))
        times = np.arange(round(beat * 0.8 * 8000)) / 8000
        root = 262 * 2 ** (random.choice([0, 2, 4, 5, 7, 9, 11, 12]) / 12)
        note = sum(np.sin(2 * np.pi * root * k * times) / k for k in range(1, overtones + 1))
        parts += [6000 * note * np.exp(-times * random.choice([0.0, 3.0])), np.zeros(round(beat * 0.2 * 8000))]
    return np.concatenate(parts).astype(np.int16)


@pytest.mark.parametrize("seed", range(6))
def test_music_is_none(seed: int) -> None:
    assert most(melody(60, 1, seed)) < 5
    assert most(melody(60, 4, seed)) < 5
    assert most(chords(60, notes=1 + seed % 3)) < 5

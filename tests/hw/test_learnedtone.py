"""The tone of the line's own exchange is told from the same tone of another, from speech and from music."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, Samples, level_dbm0
from hw.tones.learnedtone import LearnedTones
from hw.tones.regulartone import RegularToneReceiver
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import COUNTRIES, Tone, parse_tone, tone_plan
from tests.hw.progress_signals import noise
from tests.hw.test_progress_others import HIGH, LOW, chords, spoken
from tests.hw.test_regulartone import melody

LEVEL = -21.0
BUSY = "480+620: 0.5/0.5"
CYCLE_S = 1.0


def recognised(learned: LearnedTones, samples: Samples) -> list[tuple[float, int]]:
    """When, in seconds, and after how many cycles."""
    receiver, told = RegularToneReceiver(), []
    for at in range(0, len(samples) - FRAME_SAMPLES + 1, FRAME_SAMPLES):
        for _name, cycles in receiver.feed(samples[at : at + FRAME_SAMPLES].copy()):
            if cycles and learned.are(receiver.cycle):
                told.append(((at + FRAME_SAMPLES) / SAMPLE_RATE, cycles))
    return told


def on_line(tone: Tone, seconds: float, dbm0: float = LEVEL, noise_dbm0: float = -62.0, offset: int = 0) -> Samples:
    """So much of a tone, its loudest burst at this level, all frequencies together, and the line's noise."""
    sound = tone_samples(tone, seconds).astype(np.float64)
    loudest = max(level_dbm0(sound[at : at + 480].astype(np.int16)) for at in range(0, len(sound) - 480, 80))
    sound *= 10 ** ((dbm0 - loudest) / 20)
    whole = np.concatenate([np.zeros(2400 + offset), sound, np.zeros(2400)])
    hiss = noise((32768 * 10 ** ((noise_dbm0 - 6.15) / 20)) ** 2, len(whole) / SAMPLE_RATE + 1)[: len(whole)]
    return np.rint(whole + hiss).astype(np.int16)


def learned(written: str, dbm0: float = LEVEL) -> LearnedTones:
    return LearnedTones([parse_tone(written, -20)], dbm0)


@pytest.mark.parametrize("noise_dbm0", [-70, -56])
@pytest.mark.parametrize("offset", [0, 61, 133])
@pytest.mark.parametrize("country", COUNTRIES)
def test_every_countrys_busy_tone_is_known_within_four_cycles(country: str, offset: int, noise_dbm0: float) -> None:
    tone = tone_plan(country).busy
    cycle = sum(segment.seconds or 0.0 for segment in tone.segments)
    told = recognised(LearnedTones([tone], LEVEL), on_line(tone, 4 * cycle, LEVEL, noise_dbm0, offset))
    assert told != []
    at, cycles = told[-1]
    assert at <= 0.3 + 0.02 + offset / SAMPLE_RATE + 4 * cycle
    assert cycles >= 4 or cycle < 0.35


@pytest.mark.parametrize(
    "written", ["425: 0.2/0.2/0.2/0.6", "400: 0.4/0.35/0.225/0.525", "425: 0.3/0.2, 425@-10: 0.3/0.2"]
)
def test_so_is_one_of_several_bursts(written: str) -> None:
    tone = parse_tone(written, -20)
    cycle = sum(segment.seconds or 0.0 for segment in tone.segments)
    assert 4 in [cycles for _, cycles in recognised(LearnedTones([tone], LEVEL), on_line(tone, 4.5 * cycle))]


@pytest.mark.parametrize(
    "other",
    [
        "480+620: 0.5/0.6",
        "480+620: 0.45/0.55",
        "480+620: 0.25/0.25",
        "425: 0.5/0.5",
        "450+580: 0.5/0.5",
        "620: 0.5/0.5",
    ],
)
def test_another_cadence_or_pitch_is_another_tone(other: str) -> None:
    assert recognised(learned(BUSY), on_line(parse_tone(other, -20), 12.0)) == []


@pytest.mark.parametrize("off_db", [-9, -4, -2.5, 2.5, 6])
def test_a_third_partys_tone_is_weaker_or_louder(off_db: float) -> None:
    assert recognised(learned(BUSY), on_line(parse_tone(BUSY, -20), 12.0, LEVEL + off_db)) == []


@pytest.mark.parametrize("room_dbm0", [-44, -38])
def test_where_somebody_is_still_there_the_pauses_are_not_quiet(room_dbm0: float) -> None:
    assert recognised(learned(BUSY), on_line(parse_tone(BUSY, -20), 12.0, LEVEL, room_dbm0)) == []


def at_level(samples: Samples, dbm0: float) -> Samples:
    """As loud in its loudest 60 ms as the tone would be: the level alone does not tell them apart."""
    loudest = max(level_dbm0(samples[at : at + 480]) for at in range(0, len(samples) - 480, 480))
    return np.clip(samples * 10 ** ((dbm0 - loudest) / 20), -32767, 32767).astype(np.int16)


def all_busy_tones() -> list[LearnedTones]:
    """Those of every country, for levels 3 dB apart, so that whatever is as regular meets one of its level."""
    tones = list(dict.fromkeys(tone for code in COUNTRIES for tone in tone_plan(code).accepted["busy"]))
    tones += dict.fromkeys(tone for code in COUNTRIES for tone in tone_plan(code).accepted["reorder"])
    return [LearnedTones(tones, level) for level in np.arange(-40.0, -8.0, 3.0)]


def test_speech_music_and_keys_are_no_busy_tone_of_any_country(tmp_path: Path) -> None:
    talk = [spoken(tmp_path, voice, pitch) for voice, pitch in (("en-us", 40), ("en-us+f3", 80), ("en+f5", 99))]
    music = [melody(60, overtones, seed) for overtones in (1, 4) for seed in range(3)]
    music += [chords(60, notes) for notes in (1, 2, 3)]
    keys = [
        tone_samples(parse_tone(f"{low}+{high}: {on}/{on}", -10), 8 * on)
        for on in (0.25, 0.5)
        for low in LOW
        for high in HIGH
    ]
    everything = np.concatenate([at_level(one, -20.0) for one in (*talk, *music, *keys)])
    receiver, known, found = RegularToneReceiver(), all_busy_tones(), []
    for frame in everything[: len(everything) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES):
        for _name, cycles in receiver.feed(frame.copy()):
            found += [cycles for one in known if cycles >= 3 and one.are(receiver.cycle)]
    assert len(everything) > 9 * 60 * SAMPLE_RATE
    assert found == []


def test_a_tone_without_pauses_is_not_known_so_well() -> None:
    steady = parse_tone("425", -20)
    two_tone = replace(parse_tone("440: 0.25, 620: 0.25", -20), repeat_from=0)
    for tone in (steady, two_tone):
        assert recognised(LearnedTones([tone], LEVEL), on_line(tone, 12.0)) == []

"""Speech or silence, and how loud."""

from __future__ import annotations

import numpy as np
import pytest

from hw.audio import SILENCE, Samples, energy, level_dbm0
from hw.level import VoiceReceiver, measured
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import parse_tone


def noise(dbm0: float, seconds: float, seed: int = 1) -> Samples:
    wave = np.random.default_rng(seed).normal(0, 1, round(seconds * 8000))
    rms = 32767 / 2**0.5 * 10 ** ((dbm0 - 3.14) / 20)
    samples: Samples = np.rint(wave * rms).astype(np.int16)
    return samples


def syllables(dbm0: float, seconds: float) -> Samples:
    """Noise that comes and goes four times a second, 30 dB deep, with this level while it is there."""
    times = np.arange(round(seconds * 8000)) / 8000
    envelope = np.where(times * 4 % 1 < 0.6, 1.0, 0.03)
    samples: Samples = (noise(dbm0, seconds) * envelope).astype(np.int16)
    return samples


def heard(samples: Samples, receiver: VoiceReceiver | None = None) -> list[tuple[bool, int]]:
    """What the receiver said, as (speaking, frames) in a row."""
    receiver = receiver or VoiceReceiver()
    runs: list[tuple[bool, int]] = []
    for start in range(0, len(samples) - 159, 160):
        speaking = receiver.feed(samples[start : start + 160])
        if runs and runs[-1][0] == speaking:
            runs[-1] = (speaking, runs[-1][1] + 1)
        else:
            runs.append((speaking, 1))
    return runs


@pytest.mark.parametrize("dbm0", [-65, -60, -55, -50])
def test_a_lines_idle_noise_is_silence(dbm0: float) -> None:
    assert heard(noise(dbm0, 20)) == [(False, 1000)]


@pytest.mark.parametrize("dbm0", [-35, -30, -20, -10])
def test_speech_is_speech_from_40_ms_after_it_begins_until_300_ms_after_it_ends(dbm0: float) -> None:
    signal = np.concatenate([noise(-60, 1), syllables(dbm0, 5), noise(-60, 1)])
    last_syllable_ends = 50 + 250 - 5  # the last pause of `syllables` is 100 ms
    assert heard(signal) == [(False, 51), (True, last_syllable_ends - 51 + 14), (False, 350 - last_syllable_ends - 14)]


def test_speech_in_a_noisy_line_is_speech_and_its_end_is_found() -> None:
    speech = syllables(-25, 4).astype(int)
    signal = (np.concatenate([0 * speech, speech, 0 * speech]) + noise(-48, 12, seed=2)).astype(np.int16)
    assert [speaking for speaking, _ in heard(signal)] == [False, True, False]


def test_louder_noise_becomes_silence_within_ten_seconds() -> None:
    runs = heard(noise(-38, 15))
    assert [speaking for speaking, _ in runs] == [False, True, False]
    assert sum(frames for _, frames in runs[:2]) < 500


def test_long_speech_stays_speech() -> None:
    assert heard(syllables(-30, 60)) == [(False, 1), (True, 2999)]


def test_a_click_is_not_speech() -> None:
    signal = noise(-60, 1)
    signal[4000:4080] = 8000
    assert heard(signal) == [(False, 50)]


def test_the_level_is_that_of_the_last_frame() -> None:
    receiver = VoiceReceiver()
    assert receiver.level == -96
    frame = tone_samples(parse_tone("1000", -20), 0.02)
    receiver.feed(frame)
    assert receiver.level == pytest.approx(level_dbm0(frame), abs=0.001)
    receiver.feed(SILENCE)
    assert receiver.level == -96


def test_receivers_fed_the_same_frame_share_its_measurement_and_no_other() -> None:
    one, other = noise(-20, 0.02), noise(-40, 0.02)
    assert measured(one) is measured(one)
    assert [measured(frame).energy for frame in (one, other, one)] == [energy(frame) for frame in (one, other, one)]
    assert np.array_equal(measured(other).wave, other)

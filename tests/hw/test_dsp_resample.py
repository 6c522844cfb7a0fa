from __future__ import annotations

import numpy as np
import pytest

from hw.audio import level_dbm0, sine_peak
from hw.dsp.resample import resample


def sine(hz: float, rate: int, seconds: float, dbm0: float = -10) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    wave = sine_peak(dbm0) * np.sin(2 * np.pi * hz * np.arange(round(seconds * rate)) / rate)
    return np.clip(np.rint(wave), -32768, 32767).astype(np.int16)


@pytest.mark.parametrize("rate", [11025, 16000, 22050, 24000, 44100, 48000, 96000])
@pytest.mark.parametrize("hz", [300, 1000, 3000, 3400])
def test_a_tone_keeps_its_level_and_its_place(rate: int, hz: float) -> None:
    got, wanted = resample(sine(hz, rate, 0.5), rate, 8000), sine(hz, 8000, 0.5)
    assert len(got) == len(wanted)
    inner = slice(200, -200)
    assert level_dbm0(got[inner]) == pytest.approx(level_dbm0(wanted[inner]), abs=0.05)
    assert np.abs(got[inner].astype(np.int32) - wanted[inner]).max() <= 3


@pytest.mark.parametrize("rate", [11025, 22050, 48000])
def test_to_a_higher_rate_a_tone_keeps_its_level_and_its_place(rate: int) -> None:
    got, wanted = resample(sine(1000, 8000, 0.5), 8000, rate), sine(1000, rate, 0.5)
    assert len(got) == len(wanted)
    inner = slice(1000, -1000)
    assert np.abs(got[inner].astype(np.int32) - wanted[inner]).max() <= 3


@pytest.mark.parametrize(("count", "length"), [(1, 0), (2, 1), (3, 1), (22050, 8000), (22051, 8000), (22053, 8001)])
def test_a_clip_is_as_long_as_before_to_the_nearest_sample(count: int, length: int) -> None:
    assert len(resample(np.ones(count, dtype=np.int16), 22050, 8000)) == length


def test_what_8_khz_cannot_carry_is_gone() -> None:
    assert level_dbm0(resample(sine(5000, 22050, 0.5), 22050, 8000)[200:-200]) < -70


def test_the_last_sound_of_a_clip_is_not_cut_off() -> None:
    clip = np.zeros(22050, dtype=np.int16)
    clip[-110:] = sine(1000, 22050, 110 / 22050)
    end = resample(clip, 22050, 8000)[-40:]
    assert level_dbm0(end) == pytest.approx(-10, abs=1)


def test_peaks_beyond_full_scale_are_held_and_do_not_wrap() -> None:
    square = np.where(np.arange(22050) // 50 % 2, 32767, -32768).astype(np.int16)
    got = resample(square, 22050, 8000)
    assert got.max() == 32767
    assert got.min() == -32768
    middles = np.rint((np.arange(3, 400) * 50 + 25) * 8000 / 22050).astype(np.int64)
    assert [bool(got[at] > 20000) for at in middles] == [bool(number % 2) for number in range(3, 400)]


def test_the_same_rate_gives_a_copy() -> None:
    clip = sine(1000, 8000, 0.1)
    got = resample(clip, 8000, 8000)
    assert np.array_equal(got, clip)
    assert not np.shares_memory(got, clip)


def test_nothing_becomes_nothing() -> None:
    assert len(resample(np.zeros(0, dtype=np.int16), 22050, 8000)) == 0


@pytest.mark.parametrize("rate", [0, -8000])
def test_a_rate_that_is_not_positive_is_a_clear_error(rate: int) -> None:
    with pytest.raises(ValueError, match="must be positive"):
        resample(np.zeros(10, dtype=np.int16), rate, 8000)

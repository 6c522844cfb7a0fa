"""Every tone of every country as a signal: its bursts, pauses, frequencies and levels, measured on its samples.

The measuring knows nothing of how tones are made: bursts are found by the envelope, frequencies as the lines of a
spectrum, and levels by fitting sines to the samples.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from hw.audio import FULL_SCALE, Samples, sine_peak
from hw.tones.tonegen import MODULATION_DEPTH, tone_samples
from hw.tones.toneplan import COUNTRIES, PROGRESS_TONES, Segment, Tone, tone_plan

EVERY_TONE = (*PROGRESS_TONES, "call_waiting", "howler", "confirmation")
FADED = 20  # 2.5 ms without a sound are a pause
LONGEST_LOOK_S = 2.0
LINE_DB = 20.0
ENDLESS_S = 3.0


def stretches(samples: Samples) -> list[tuple[bool, float]]:
    """Bursts (True) and pauses with their seconds, by the envelope."""
    loud = np.flatnonzero(np.abs(samples.astype(int)) > 1)
    gaps = np.flatnonzero(np.diff(loud) > FADED)
    begun = [0, *loud[gaps + 1].tolist()]
    over = [*(loud[gaps] + 1).tolist(), len(samples) if len(samples) - loud[-1] <= FADED else int(loud[-1]) + 1]
    edges = sorted({*begun, *over, len(samples)})
    return [(start in begun, (end - start) / 8000) for start, end in pairwise(edges)]


def lines(samples: Samples) -> list[float]:
    """The frequencies, in Hz, that stick out of the spectrum: not more than 20 dB below the strongest."""
    size = 1 << 17
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples)), size))
    middle = spectrum[1:-1]
    peaks = (middle >= spectrum[:-2]) & (middle > spectrum[2:]) & (middle > spectrum.max() / 10 ** (LINE_DB / 20))
    return [float(place + 1) * 8000 / size for place in np.flatnonzero(peaks)]


def fitted(samples: Samples, hertz: list[float]) -> tuple[list[float], float]:
    """The peaks of sines of these frequencies that together come nearest, and what share of the energy is left."""
    angles = 2 * np.pi * np.outer(np.arange(len(samples)) / 8000, hertz)
    waves = np.concatenate([np.cos(angles), np.sin(angles)], axis=1)
    wave = samples.astype(float)
    parts, *_ = np.linalg.lstsq(waves, wave, rcond=None)
    left = wave - waves @ parts
    return np.hypot(parts[: len(hertz)], parts[len(hertz) :]).tolist(), float(left @ left / (wave @ wave))


def played(tone: Tone) -> Iterator[tuple[Segment, float]]:
    """The tone's segments in their order with their seconds, twice those it repeats; what never ends lasts 3 s."""
    first = len(tone.segments) if tone.repeat_from is None else tone.repeat_from
    for segment in (*tone.segments, *tone.segments[first:]):
        yield segment, ENDLESS_S if segment.seconds is None else segment.seconds


def planned(tone: Tone) -> list[tuple[bool, float]]:
    """The bursts and pauses there should be: segments that sound one after another are one burst."""
    found: list[tuple[bool, float]] = []
    for segment, seconds in played(tone):
        sounds = bool(segment.frequencies)
        if found and found[-1][0] == sounds:
            found[-1] = (sounds, found[-1][1] + seconds)
        else:
            found.append((sounds, seconds))
    return found


def components(segment: Segment) -> dict[float, float]:
    """Peak by frequency. A modulated carrier has two more, half as strong as the modulation is deep."""
    peak = sine_peak(segment.dbm0)
    found = dict.fromkeys(segment.frequencies, peak)
    if segment.modulation is not None:
        for carrier in segment.frequencies:
            found[carrier - segment.modulation] = found[carrier + segment.modulation] = peak * MODULATION_DEPTH / 2
    return dict(sorted(found.items()))


def assert_sounds_like(segment: Segment, samples: Samples) -> None:
    expected = components(segment)
    peaks, left = fitted(samples, list(expected))
    assert left < 1e-4
    assert peaks == pytest.approx(list(expected.values()), rel=0.03)
    seconds = len(samples) / 8000
    hertz = list(expected)
    if all(higher - lower > 4 / seconds for lower, higher in pairwise(hertz)):
        assert lines(samples) == pytest.approx(hertz, abs=0.05 / seconds)


@pytest.mark.parametrize("name", EVERY_TONE)
@pytest.mark.parametrize("country", COUNTRIES)
def test_a_tone_is_what_the_plan_says(country: str, name: str) -> None:
    tone = getattr(tone_plan(country), name)
    samples = tone_samples(tone, sum(seconds for _, seconds in played(tone)))
    measured, wanted = stretches(samples), planned(tone)
    assert [burst for burst, _ in measured] == [burst for burst, _ in wanted]
    assert [seconds for _, seconds in measured] == pytest.approx([seconds for _, seconds in wanted], abs=0.001)
    start = 0
    looked_at: set[tuple[Segment, float]] = set()
    for segment, seconds in played(tone):
        end = start + round(seconds * 8000)
        if segment.frequencies and (segment, seconds) not in looked_at:
            looked_at.add((segment, seconds))
            assert_sounds_like(segment, samples[start : min(end, start + round(LONGEST_LOOK_S * 8000))])
        start = end


@pytest.mark.parametrize(
    ("country", "name", "cadence", "hertz"),
    [
        ("us", "call_waiting", [0.3, 10, 0.3], [440]),
        ("us", "howler", [0.1] * 5, [1400, 2060, 2450, 2600]),
        ("us", "confirmation", [0.1, 0.1, 0.3], [350, 440]),
        ("uk", "call_waiting", [0.1, 4, 0.1], [400]),
        ("it", "call_waiting", [0.4, 0.1, 0.25, 0.1, 0.15, 14, 0.4], [425]),
        ("be", "call_waiting", [0.175, 0.175, 0.175, 3.5, 0.175], [1400]),
        ("fr", "confirmation", [0.1, 0.1, 0.3], [440]),
    ],
)
def test_tones_nobody_detects_are_as_documented(
    country: str, name: str, cadence: list[float], hertz: list[float]
) -> None:
    samples = tone_samples(getattr(tone_plan(country), name), sum(cadence) + 0.05)
    measured = stretches(samples)
    assert [seconds for _, seconds in measured][: len(cadence)] == pytest.approx(cadence, abs=0.001)
    assert lines(samples[: round(cadence[0] * 8000)]) == pytest.approx(hertz, abs=1)


def test_chinas_howler_rises_in_four_steps_of_5_db() -> None:
    samples = tone_samples(tone_plan("cn").howler, 60)
    steps = [
        fitted(samples[second * 8000 : (second + 1) * 8000], [950.0]) for second in (1, 14, 16, 29, 31, 44, 46, 59)
    ]
    rising = [20 * np.log10(peaks[0] / FULL_SCALE) for peaks, _ in steps]
    assert np.diff(rising).round(1).tolist() == [0, 5, 0, 5, 0, 5, 0]
    assert max(left for _, left in steps) < 1e-4


@pytest.mark.parametrize("off_hertz", [1.0, 3.0])
def test_the_measuring_notices_a_wrong_frequency(off_hertz: float) -> None:
    busy = tone_plan("us").busy.segments[0]
    wrong = Tone((Segment((480.0 + off_hertz, 620.0), 0.5, busy.dbm0), Segment((), 0.5, busy.dbm0)), 0)
    with pytest.raises(AssertionError):
        assert_sounds_like(busy, tone_samples(wrong, 0.5))

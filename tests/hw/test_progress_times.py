"""When tones are reported, what ends them, and how cycles are counted."""

from __future__ import annotations

import numpy as np
import pytest

from hw.audio import Samples
from hw.tones.tonegen import tone_samples
from hw.tones.toneplan import Tone, parse_tone, tone_plan
from tests.hw.progress_signals import noise, reports, timed_reports

US = tone_plan("us")
Wave = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * 8000), dtype=np.int16)


def line(*parts: Samples | Wave) -> Samples:
    """The parts one after another, with the faint noise of a line."""
    whole = np.concatenate(parts)
    samples: Samples = np.clip(np.rint(whole + noise(4, len(whole) / 8000)), -32768, 32767).astype(np.int16)
    return samples


def test_busy_is_certain_as_its_third_burst_ends() -> None:
    heard = timed_reports(US, line(silence(1), tone_samples(US.busy, 3), silence(2)))
    times = {report: time for time, report in heard}
    assert list(times) == [("busy", 1), ("busy", 2), ("busy", 3), ("busy", 0)]
    assert 2.0 < times["busy", 1] < 2.12
    assert 2.5 < times["busy", 2] < 2.56
    assert 3.5 < times["busy", 3] < 3.56
    assert 4.0 < times["busy", 0] < 4.2


def test_reorder_is_certain_twice_as_fast() -> None:
    heard = timed_reports(US, line(silence(1), tone_samples(US.reorder, 1.5), silence(1)))
    assert [report for _, report in heard] == [("reorder", 1), ("reorder", 2), ("reorder", 3), ("reorder", 0)]
    assert 2.25 < heard[2][0] < 2.31


def test_ringback_is_heard_a_second_into_its_first_pause() -> None:
    heard = timed_reports(US, line(silence(1), tone_samples(US.ringback, 10), silence(4)))
    assert [report for _, report in heard] == [("ringback", 1), ("ringback", 2), ("ringback", 0)]
    assert 4.0 < heard[0][0] < 4.12
    assert 9.0 < heard[1][0] < 9.06


def test_dial_tone_counts_after_one_second_where_no_ringback_sounds_like_it() -> None:
    heard = timed_reports(US, line(silence(1), tone_samples(US.dial, 2.5), silence(1)))
    assert [report for _, report in heard] == [("dial", 1), ("dial", 2), ("dial", 0)]
    assert 2.0 < heard[0][0] < 2.12
    assert 3.5 < heard[2][0] < 3.56


@pytest.mark.parametrize(("country", "seconds"), [("de", 1.6), ("es", 1.75), ("tr", 2.3)])
def test_dial_tone_that_sounds_like_ringback_counts_only_when_longer_than_any_burst_of_it(
    country: str, seconds: float
) -> None:
    plan = tone_plan(country)
    first_time, (name, _) = timed_reports(plan, line(silence(1), tone_samples(plan.dial, 4)))[0]
    assert name == "dial"
    assert 1 + seconds <= first_time < 1 + seconds + 0.12


def test_dial_tone_ends_with_the_first_digit() -> None:
    digit = tone_samples(parse_tone("697+1209: 0.1, -", -10), 2)
    heard = timed_reports(US, line(tone_samples(US.dial, 1.5), digit))
    assert [report for _, report in heard] == [("dial", 1), ("dial", 0)]
    assert heard[1][0] < 1.62


def test_an_interruption_begins_the_count_anew() -> None:
    two = tone_samples(US.busy, 2)
    assert reports(US, line(silence(1), two, silence(1), two, silence(2))) == 2 * [
        ("busy", 1),
        ("busy", 2),
        ("busy", 0),
    ]


def test_speech_in_a_pause_begins_the_count_anew() -> None:
    two = tone_samples(US.busy, 2).astype(np.float64)
    two[-3000:-1000] += noise(1500**2, 0.25)
    heard = reports(US, line(silence(1), two, tone_samples(US.busy, 2), silence(2)))
    assert [cycle for _, cycle in heard if cycle > 2] == []
    assert heard[-2:] == [("busy", 2), ("busy", 0)]


def test_bursts_of_unequal_level_are_no_busy_tone() -> None:
    samples = tone_samples(US.busy, 6).astype(np.float64)
    gains = np.repeat([1, 0.3, 1, 0.3, 1, 0.3], 8000)
    assert reports(US, line(samples * gains, silence(2))) == []


def test_one_frequency_of_busy_is_no_busy_tone() -> None:
    assert reports(US, line(tone_samples(parse_tone("480: 0.5/0.5", -13), 6))) == []
    assert reports(US, line(tone_samples(parse_tone("620: 0.5/0.5", -13), 6))) == []


def test_a_cadence_a_quarter_off_is_no_tone_of_the_plan() -> None:
    assert reports(US, line(tone_samples(parse_tone("480+620: 0.375/0.375", -13), 8))) == []
    assert reports(US, line(tone_samples(parse_tone("480+620: 0.5/0.25", -13), 8))) == []
    assert reports(US, line(tone_samples(parse_tone("440+480: 1.5/2.3", -13), 12))) == []


def test_one_call_progresses_from_dial_tone_over_ringback_to_busy() -> None:
    digits = tone_samples(parse_tone("7x770+1336: 0.1/0.1, -", -10), 1.5)
    heard = reports(
        US,
        line(
            tone_samples(US.dial, 2.2),
            digits,
            silence(1),
            tone_samples(US.ringback, 12),
            noise(2000**2, 1.5),
            tone_samples(US.busy, 3),
            silence(2),
        ),
    )
    assert heard == [
        ("dial", 1),
        ("dial", 2),
        ("dial", 0),
        ("ringback", 1),
        ("ringback", 2),
        ("ringback", 0),
        ("busy", 1),
        ("busy", 2),
        ("busy", 3),
        ("busy", 0),
    ]


@pytest.mark.parametrize(("begin", "cycles"), [(0.1, 5), (0.6, 4), (1.3, 4), (3.9, 4), (5.5, 4)])
def test_a_tone_may_have_begun_before_one_listens(begin: float, cycles: int) -> None:
    samples = tone_samples(US.ringback, 26)[round(begin * 8000) :]
    heard = reports(US, line(samples, silence(5)))
    assert heard == [("ringback", cycle) for cycle in [*range(1, cycles + 1), 0]]


@pytest.mark.parametrize("shift", [0.985, 1.015])
@pytest.mark.parametrize("tone", ["dial", "ringback", "busy", "reorder"])
def test_frequencies_may_be_one_and_a_half_percent_off(tone: str, shift: float) -> None:
    own: Tone = getattr(US, tone)
    shifted = Tone(
        tuple(type(s)(tuple(f * shift for f in s.frequencies), s.seconds, s.dbm0) for s in own.segments),
        own.repeat_from,
    )
    assert reports(US, line(tone_samples(shifted, 18), silence(6))) == reports(
        US, line(tone_samples(own, 18), silence(6))
    )


def test_frequencies_five_percent_off_are_no_tone() -> None:
    for text in ("456+589: 0.5/0.5", "504+651: 0.5/0.5", "368+418"):
        assert reports(US, line(tone_samples(parse_tone(text, -13), 6))) == []


@pytest.mark.parametrize("weaker", [0, 1])
def test_one_frequency_may_be_6_db_weaker(weaker: int) -> None:
    frequencies = ("480", "620")
    parts = [tone_samples(parse_tone(f"{f}: 0.5/0.5", -24 - 6 * (i == weaker)), 3) for i, f in enumerate(frequencies)]
    assert reports(US, line(parts[0] + parts[1], silence(2))) == [("busy", 1), ("busy", 2), ("busy", 3), ("busy", 0)]


@pytest.mark.parametrize("shift", [0.985, 1.0, 1.015])
def test_australias_dial_and_recall_dial_tones_are_told_apart_by_their_beat(shift: float) -> None:
    plan = tone_plan("au")
    for name, low, high in (("dial", 415, 440), ("recall", 413, 428)):
        samples = tone_samples(parse_tone(f"{low * shift:.1f}+{high * shift:.1f}", -13), 3.5)
        assert reports(plan, line(silence(1), samples, silence(1))) == [(name, 1), (name, 2), (name, 3), (name, 0)]

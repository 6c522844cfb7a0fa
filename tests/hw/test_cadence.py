"""Cadences without audio: stretches in, reports out."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hw.tones.cadence import CadenceReceiver, CadenceReport, Form, HeardStretch, Pattern, Step

A, B = 1, 2
BUSY = Pattern((Form("busy"),), (Step(A, 0.5), Step(0, 0.5)))
REORDER = Pattern((Form("reorder"),), (Step(A, 0.25), Step(0, 0.25)))
RINGBACK = Pattern((Form("ringback"),), (Step(B, 2.0), Step(0, 4.0)))
LIMPING = Pattern((Form("limping"),), (Step(A, 0.2), Step(0, 0.2), Step(A, 0.2), Step(0, 0.6)))
EVEN = Pattern((Form("even"),), (Step(A, 0.2), Step(0, 0.2)))
DIAL = Pattern((Form("dial"), Form("recall", (Step(A, 0.1), Step(0, 0.1)) * 3)), steady=A)
ALL = (BUSY, REORDER, RINGBACK, LIMPING, EVEN, DIAL)


def look(heard: HeardStretch) -> list[HeardStretch]:
    """A stretch as it is seen every 80 ms while it lasts."""
    times = [0.08 * count for count in range(1, int(heard.seconds / 0.08) + 1)]
    return [HeardStretch(heard.sounds, seconds, heard.level, heard.silent) for seconds in times]


def told(patterns: Sequence[Pattern], stretches: Sequence[HeardStretch], fine: int = A) -> list[CadenceReport]:
    receiver = CadenceReceiver(patterns)
    reports: list[CadenceReport] = []
    for stretch in stretches:
        for unfinished in look(stretch):
            reports += receiver.lasting(unfinished, lambda: fine)
        reports += receiver.ended(stretch)
    return reports


def on(seconds: float, sounds: int = A, level: float = 0.0) -> HeardStretch:
    return HeardStretch(sounds, seconds, level)


def off(seconds: float) -> HeardStretch:
    return HeardStretch(0, seconds, silent=True)


def other(seconds: float) -> HeardStretch:
    return HeardStretch(0, seconds)


def test_cycles_are_counted_one_by_one_and_then_the_tone_is_over() -> None:
    assert told(ALL, [*4 * [on(0.5), off(0.5)], off(2)]) == [
        ("busy", 1),
        ("busy", 2),
        ("busy", 3),
        ("busy", 4),
        ("busy", 0),
    ]


def test_a_first_burst_alone_is_nothing() -> None:
    assert told(ALL, [on(0.5), off(3)]) == []
    assert told(ALL, [on(0.5), off(0.5), other(0.5), off(3)]) == []


def test_a_long_pause_counts_after_a_second() -> None:
    assert told(ALL, [on(2, B), off(0.9)]) == []
    assert told(ALL, [on(2, B), off(1.1)]) == [("ringback", 1), ("ringback", 0)]
    assert told(ALL, [on(2, B), off(4), on(2, B), off(6)]) == [("ringback", 1), ("ringback", 2), ("ringback", 0)]


@pytest.mark.parametrize("interruption", [other(0.3), off(1.2), on(0.7), on(0.5, B), on(0.5, level=-12.0)])
def test_an_interruption_begins_the_count_anew(interruption: HeardStretch) -> None:
    two = [on(0.5), off(0.5), on(0.5), off(0.5)]
    reports = told([BUSY], [*two, interruption, off(0.5), *two, off(3)])
    assert reports == 2 * [("busy", 1), ("busy", 2), ("busy", 0)]


def test_a_tone_that_begins_like_another_waits_until_it_is_certain() -> None:
    assert told(ALL, [*2 * [on(0.2), off(0.2), on(0.2), off(0.6)], off(2)])[:2] == [("limping", 1), ("limping", 2)]
    assert told(ALL, [*5 * [on(0.2), off(0.2)], off(2)]) == [("even", cycle) for cycle in (2, 3, 4, 5, 0)]


def test_a_tone_may_begin_in_the_middle_of_its_cycle() -> None:
    assert told(ALL, [on(0.2), off(0.6), *3 * [on(0.2), off(0.2), on(0.2), off(0.6)], off(2)]) == [
        ("limping", 1),
        ("limping", 2),
        ("limping", 3),
        ("limping", 0),
    ]


def test_both_stretches_together_must_fit_as_well() -> None:
    assert told([BUSY], [*4 * [on(0.55), off(0.55)]]) != []
    assert told([BUSY], [*4 * [on(0.565), off(0.565)]]) == []


def test_a_steady_sound_is_told_by_its_seconds() -> None:
    assert told(ALL, [off(1), on(3.5), off(1)]) == [("dial", 1), ("dial", 2), ("dial", 3), ("dial", 0)]
    assert told(ALL, [off(1), on(0.9), off(1)]) == []
    assert told(ALL, [off(1), on(3.5), off(1)], fine=B) == []


@pytest.mark.parametrize(("bursts", "name"), [(0, "dial"), (1, "dial"), (2, "recall"), (3, "recall"), (5, "recall")])
def test_the_bursts_before_a_steady_sound_tell_its_name(bursts: int, name: str) -> None:
    assert told(ALL, [off(1), *bursts * [on(0.1), off(0.1)], on(1.5), off(1)]) == [(name, 1), (name, 0)]


STRETCHES = st.lists(
    st.builds(
        HeardStretch,
        sounds=st.sampled_from([0, A, B, A | B]),
        seconds=st.sampled_from([0.1, 0.2, 0.25, 0.5, 0.6, 2.0, 4.0]),
        level=st.sampled_from([0.0, -10.0]),
        silent=st.just(False),
    )
    | st.builds(
        HeardStretch, sounds=st.just(0), seconds=st.sampled_from([0.1, 0.2, 0.25, 0.5, 0.6, 4.0]), silent=st.just(True)
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(STRETCHES)
def test_whatever_is_heard_one_tone_is_told_at_a_time_and_its_count_only_rises(stretches: list[HeardStretch]) -> None:
    now: CadenceReport | None = None
    for name, cycle in told(ALL, stretches):
        if now is None:
            assert cycle > 0
            now = (name, cycle)
        elif cycle == 0:
            assert name == now[0]
            now = None
        else:
            assert name == now[0]
            assert cycle > now[1]
            now = (name, cycle)

"""Whether a device answers: one packet lost is no device lost, and one that is back is noticed."""

from __future__ import annotations

from collections.abc import Callable

from hw.sip.keepalive import Watched


def watch(watched: Watched, seconds: int, answers: Callable[[int], bool]) -> tuple[list[int], list[tuple[int, bool]]]:
    """The seconds at which it is asked, and those at which it is up or down anew. answers: at once, if at all."""
    asked: list[int] = []
    changes: list[tuple[int, bool]] = []
    was = watched.up
    for now in range(seconds):
        if watched.due(now):
            asked.append(now)
            if answers(now):
                watched.heard(now)
        if watched.up != was:
            was = watched.up
            changes.append((now, was))
    return asked, changes


def test_a_device_that_answers_is_asked_at_its_intervals() -> None:
    assert watch(Watched(30), 100, lambda _now: True) == ([0, 30, 60, 90], [])


def test_a_device_that_does_not_answer_twice_is_lost_within_ten_seconds_and_asked_on() -> None:
    assert watch(Watched(30), 100, lambda _now: False) == ([0, 4, 34, 64, 94], [(8, False)])


def test_a_single_answer_lost_is_asked_for_again_and_means_nothing() -> None:
    assert watch(Watched(30), 70, lambda now: now != 30) == ([0, 30, 34, 64], [])


def test_a_device_that_is_back_is_up_with_its_first_answer_and_then_has_two_misses_again() -> None:
    asked, changes = watch(Watched(30), 140, lambda now: now in (64, 98))
    assert asked == [0, 4, 34, 64, 94, 98, 128, 132]
    assert changes == [(8, False), (64, True), (136, False)]


def test_a_device_heard_of_otherwise_is_up_and_not_asked_for_a_while() -> None:
    watched = Watched(30)
    assert watched.due(0)
    watched.heard(2)
    assert [now for now in range(3, 40) if watched.due(now)] == [32, 36]


def test_a_late_answer_counts() -> None:
    watched = Watched(30)
    assert watched.due(0)
    assert not watched.due(3.9)
    watched.heard(3.95)
    assert not watched.due(4.0)
    assert watched.up


def test_a_device_in_doubt_is_asked_now_but_not_more_often_than_one_that_is_down() -> None:
    watched = Watched(30)
    assert watched.due(0)
    watched.heard(0)
    watched.doubted()
    assert watched.due(1)
    watched.doubted()
    assert not watched.due(2)
    for now in range(3, 12):
        watched.due(now)
    assert not watched.up
    watched.doubted()
    assert not watched.due(13)

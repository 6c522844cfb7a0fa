from __future__ import annotations

import pytest

from hw.linecard import FxsEvent, HookFlash, OffHook, OnHook, PulseDigit
from hw.port.hook_protocol import HookProtocol

EU_FLASH_MS = (50, 130)


def play(protocol: HookProtocol, *changes: tuple[float, bool], until: float = 100.0) -> list[tuple[float, FxsEvent]]:
    """Drive the loop closed and open at these milliseconds; every event with its millisecond."""
    told: list[tuple[float, FxsEvent]] = []

    def run_deadlines(before: float) -> None:
        while protocol.deadline is not None and protocol.deadline <= before:
            now = protocol.deadline
            told.extend((round(now * 1000, 3), event) for event in protocol.due(now))

    for milliseconds, closed in changes:
        run_deadlines(milliseconds / 1000)
        told.extend((milliseconds, event) for event in protocol.loop(closed, milliseconds / 1000))
    run_deadlines(until)
    return told


def breaks(*lengths: float, make: float = 39, start: float = 1000) -> list[tuple[float, bool]]:
    """Lifted at 0, then breaks of these milliseconds."""
    changes, now = [(0.0, True)], start
    for length in lengths:
        changes += [(now, False), (now + length, True)]
        now += length + make
    return changes


def test_lifting_is_told_after_20_ms() -> None:
    assert play(HookProtocol(), (0, True)) == [(20, OffHook())]


def test_a_closure_shorter_than_20_ms_is_not_lifting() -> None:
    assert play(HookProtocol(), (0, True), (19, False)) == []


def test_hanging_up_is_told_just_after_the_longest_flash() -> None:
    assert play(HookProtocol(), (0, True), (1000, False)) == [(20, OffHook()), (1820, OnHook())]


def test_hanging_up_is_never_told_before_250_ms() -> None:
    assert play(HookProtocol(EU_FLASH_MS), (0, True), (1000, False)) == [(20, OffHook()), (1250, OnHook())]


@pytest.mark.parametrize("length", [200, 500, 800])
def test_a_break_inside_the_window_is_a_hook_flash(length: float) -> None:
    assert play(HookProtocol(), *breaks(length)) == [(20, OffHook()), (1000 + length, HookFlash())]


@pytest.mark.parametrize("length", [1, 14, 101, 150, 199])
def test_bounces_and_hits_are_ignored(length: float) -> None:
    assert play(HookProtocol(), *breaks(length)) == [(20, OffHook())]


@pytest.mark.parametrize(("pulses", "digit"), [(1, "1"), (5, "5"), (9, "9"), (10, "0")])
def test_pulses_are_a_digit_250_ms_after_the_last(pulses: int, digit: str) -> None:
    ended = 1000 + pulses * 100 - 39
    assert play(HookProtocol(), *breaks(*[61] * pulses)) == [(20, OffHook()), (ended + 250, PulseDigit(digit))]


def test_digits_follow_each_other() -> None:
    first, second = breaks(61, 61), breaks(61, 61, 61, start=2000)[1:]
    assert [event for _, event in play(HookProtocol(), *first, *second)] == [
        OffHook(),
        PulseDigit("2"),
        PulseDigit("3"),
    ]


@pytest.mark.parametrize("length", [15, 100])
def test_the_shortest_and_the_longest_pulse_count(length: float) -> None:
    assert [event for _, event in play(HookProtocol(), *breaks(length))] == [OffHook(), PulseDigit("1")]


def test_more_than_ten_pulses_are_no_digit() -> None:
    assert play(HookProtocol(), *breaks(*[61] * 11)) == [(20, OffHook())]


def test_sweden_counts_one_pulse_as_0() -> None:
    assert [event for _, event in play(HookProtocol(pulse_digits="0123456789"), *breaks(61))][1:] == [PulseDigit("0")]


def test_a_european_r_key_is_a_flash_and_its_pulse_a_digit() -> None:
    assert [event for _, event in play(HookProtocol(EU_FLASH_MS), *breaks(100))][1:] == [HookFlash()]
    assert [event for _, event in play(HookProtocol(EU_FLASH_MS), *breaks(67))][1:] == [PulseDigit("1")]


def test_hanging_up_while_dialling_drops_the_digit() -> None:
    changes = [*breaks(61, 61), (1300, False)]
    assert play(HookProtocol(), *changes) == [(20, OffHook()), (2120, OnHook())]


def test_a_flash_behind_a_digit_comes_behind_it() -> None:
    changes = [*breaks(61), (1150, False), (1650, True)]
    assert [event for _, event in play(HookProtocol(), *changes)] == [OffHook(), PulseDigit("1"), HookFlash()]


def test_the_same_state_told_twice_changes_nothing() -> None:
    assert play(HookProtocol(), (0, True), (10, True), (15, True)) == [(20, OffHook())]


def test_a_late_call_of_due_still_tells_what_happened() -> None:
    protocol = HookProtocol()
    protocol.loop(True, 0.0)
    assert protocol.loop(False, 0.5) == [OffHook()]
    assert protocol.loop(True, 5.0) == [OnHook()]
    assert protocol.due(5.1) == [OffHook()]

from __future__ import annotations

import pytest

from hw.linecard import (
    BatteryLost,
    BatteryRestored,
    FxoEvent,
    LineInUse,
    LoopBroken,
    PolarityReversed,
    RingStarted,
    RingStopped,
)
from hw.port.fxo_protocol import FxoProtocol, LineCondition

IDLE = LineCondition(1)
REVERSED = LineCondition(-1)
RINGING = LineCondition(1, ringing=True)
DEAD = LineCondition(0)
LOADED = LineCondition(1, loaded=True)
SEIZE, RELEASE = True, False
DOUBLE_RING = ((1000, RINGING), (1400, IDLE), (1600, RINGING), (2000, IDLE))


def play(*changes: tuple[float, LineCondition | bool], disconnect_ms: int = 250) -> list[tuple[float, FxoEvent]]:
    """An idle line, on which these things happen at these milliseconds; every event with its millisecond."""
    protocol = FxoProtocol(disconnect_ms)
    told: list[tuple[float, FxoEvent]] = []

    def tell(now: float, events: list[FxoEvent]) -> None:
        told.extend((round(now * 1000, 3), event) for event in events)

    def run_deadlines(before: float) -> None:
        while protocol.deadline is not None and protocol.deadline <= before:
            now = protocol.deadline
            tell(now, protocol.due(now))

    for milliseconds, change in ((0.0, IDLE), *changes):
        now = milliseconds / 1000
        run_deadlines(now)
        if isinstance(change, LineCondition):
            tell(now, protocol.line(change, now))
        else:
            tell(now, protocol.hook(change, now))
    run_deadlines(100.0)
    return told


def test_a_ring_burst_starts_100_ms_and_stops_300_ms_late() -> None:
    assert play((1000, RINGING), (3000, IDLE)) == [(1100, RingStarted()), (3300, RingStopped())]


def test_ring_voltage_shorter_than_100_ms_is_no_ring() -> None:
    assert play((1000, RINGING), (1099, IDLE)) == []


def test_a_double_ring_is_one_burst() -> None:
    double = [(at + 3000 * cycle, change) for cycle in range(2) for at, change in DOUBLE_RING]
    assert play(*double) == [
        (1100, RingStarted()),
        (2300, RingStopped()),
        (4100, RingStarted()),
        (5300, RingStopped()),
    ]


def test_a_gap_of_300_ms_ends_a_burst() -> None:
    assert play((1000, RINGING), (2000, IDLE), (2300, RINGING), (3000, IDLE)) == [
        (1100, RingStarted()),
        (2300, RingStopped()),
        (2400, RingStarted()),
        (3300, RingStopped()),
    ]


def test_seizing_in_a_burst_ends_it_silently() -> None:
    assert play((1000, RINGING), (1500, SEIZE), (1500, IDLE)) == [(1100, RingStarted())]


def test_ringing_is_not_told_off_hook() -> None:
    assert play((0, SEIZE), (1000, RINGING), (3000, IDLE)) == []


def test_the_first_polarity_is_silent_and_the_next_ones_are_told() -> None:
    assert play((1000, REVERSED), (2000, IDLE)) == [
        (1064, PolarityReversed(True)),
        (2064, PolarityReversed(False)),
    ]


def test_polarity_that_returns_within_64_ms_is_not_told() -> None:
    assert play((1000, REVERSED), (1063, IDLE)) == []


def test_a_loop_break_ends_the_call_after_the_disconnect_time() -> None:
    assert play((0, SEIZE), (2000, DEAD), (2500, IDLE)) == [(2250, LoopBroken())]


def test_a_line_can_be_given_another_disconnect_time() -> None:
    assert play((0, SEIZE), (2000, DEAD), (2500, IDLE), disconnect_ms=400) == [(2400, LoopBroken())]


def test_a_spurious_break_is_not_told() -> None:
    assert play((0, SEIZE), (2000, DEAD), (2249, IDLE)) == []


def test_each_loop_break_is_told_once() -> None:
    assert play((0, SEIZE), (2000, DEAD), (2500, IDLE), (4000, DEAD), (4300, IDLE)) == [
        (2250, LoopBroken()),
        (4250, LoopBroken()),
    ]


def test_openings_right_after_seizing_are_ignored() -> None:
    assert play((0, SEIZE), (20, DEAD), (70, IDLE), (100, DEAD), (590, IDLE)) == []


def test_an_opening_that_outlasts_the_guard_counts_from_its_end() -> None:
    assert play((0, SEIZE), (100, DEAD)) == [(850, LoopBroken())]


def test_a_flash_is_guarded_like_seizing() -> None:
    assert play((0, SEIZE), (2000, RELEASE), (2500, SEIZE), (2550, DEAD), (2900, IDLE)) == []


@pytest.mark.parametrize(("length", "told"), [(999, []), (1000, [(2000, BatteryLost()), (2064, BatteryRestored())])])
def test_battery_is_lost_on_hook_after_1_s(length: float, told: list[tuple[float, FxoEvent]]) -> None:
    assert play((1000, DEAD), (1000 + length, IDLE)) == told


def test_a_cut_line_off_hook_is_a_loop_break_and_lost_once_released() -> None:
    assert play((0, SEIZE), (2000, DEAD), (3000, RELEASE), (9000, IDLE)) == [
        (2250, LoopBroken()),
        (4000, BatteryLost()),
        (9064, BatteryRestored()),
    ]


def test_another_telephone_on_the_line_is_told_while_on_hook() -> None:
    assert play((1000, LOADED), (5000, IDLE)) == [(1200, LineInUse(True)), (5200, LineInUse(False))]


def test_another_telephone_is_not_told_off_hook() -> None:
    assert play((0, SEIZE), (1000, LOADED), (5000, IDLE)) == []


def test_releasing_a_line_another_telephone_holds_tells_it_is_in_use() -> None:
    assert play((0, SEIZE), (1000, LOADED), (3000, RELEASE)) == [(3200, LineInUse(True))]

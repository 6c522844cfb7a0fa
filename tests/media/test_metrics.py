"""Lateness: a histogram of fixed size."""

from __future__ import annotations

import pytest

from appliance.media.metrics import TickMetrics


def test_before_the_first_tick_nothing_was_late() -> None:
    metrics = TickMetrics()
    assert (metrics.p50_ms, metrics.p99_ms, metrics.p999_ms) == (0, 0, 0)


def test_quantiles_are_right_to_a_bucket() -> None:
    metrics = TickMetrics()
    for late_ms, ticks in ((0.1, 9000), (1.0, 985), (30.0, 14), (90.0, 1)):
        for _ in range(ticks):
            metrics.tick(late_ms)
    assert metrics.ticks == sum(metrics.histogram) == 10000
    assert 0.1 <= metrics.p50_ms <= 0.119
    assert 1.0 <= metrics.late_ms(0.98) <= 1.19
    assert 30.0 <= metrics.p999_ms <= 35.7
    assert metrics.late_ms(1) == metrics.worst_ms == 90.0


@pytest.mark.parametrize("late_ms", [0.0, 0.05, 345.0, 5000.0])
def test_every_lateness_has_a_bucket_and_no_quantile_exceeds_the_worst(late_ms: float) -> None:
    metrics = TickMetrics()
    metrics.tick(late_ms)
    assert sum(metrics.histogram) == 1
    assert metrics.p50_ms == late_ms

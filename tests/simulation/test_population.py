"""How much happens when: the same seed gives the same days, and many days have the averages that are asked for."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest

from appliance.simulation.population import HOUR_SECONDS, HOURS, WEEKDAYS, Population, plan

MONDAY = date(2026, 3, 2)


def test_a_seed_decides_a_day():
    assert plan(Population(), MONDAY, 7) == plan(Population(), MONDAY, 7)
    assert plan(Population(), MONDAY, 7) != plan(Population(), MONDAY, 8)
    assert plan(Population(), MONDAY, 7) != plan(Population(), MONDAY + timedelta(days=7), 7)


def test_a_day_is_planned_in_order_and_within_24_hours():
    times = [one.at_s for one in plan(Population(callers=500), MONDAY, 1)]
    assert times == sorted(times)
    assert times[0] >= 0
    assert times[-1] < 24 * HOUR_SECONDS


def test_there_are_24_hours_and_7_days():
    assert (len(HOURS), len(WEEKDAYS)) == (24, 7)


def test_weeks_have_as_many_calls_as_are_asked_for_at_the_hours_and_on_the_days_that_are_busy():
    population = Population(callers=100.0, staff=50.0)
    weeks = 8
    by_day = [plan(population, MONDAY + timedelta(days=day), 3) for day in range(7 * weeks)]
    kinds = Counter(one.kind for day in by_day for one in day)
    assert kinds["caller"] / len(by_day) == pytest.approx(100.0, rel=0.05)
    assert kinds["staff"] / len(by_day) == pytest.approx(50.0, rel=0.05)
    mondays, saturdays = (sum(len(day) for day in by_day[weekday::7]) for weekday in (0, 5))
    assert mondays / saturdays == pytest.approx(WEEKDAYS[0] / WEEKDAYS[5], rel=0.15)
    hours = Counter(int(one.at_s // HOUR_SECONDS) for day in by_day for one in day)
    assert hours[10] / hours[16] == pytest.approx(HOURS[10] / HOURS[16], rel=0.15)
    assert hours[3] < 10


def test_a_scaled_population_has_so_many_calls():
    scaled = Population().scaled(6.0)
    assert scaled.callers + scaled.staff == pytest.approx(6.0)
    assert scaled.mishaps / scaled.callers == pytest.approx(Population().mishaps / Population().callers)

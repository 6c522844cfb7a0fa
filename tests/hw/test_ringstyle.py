"""The cadences by which people tell apart for whom a telephone rings."""

from __future__ import annotations

import itertools

import pytest

from hw.ringkind import RingStyle
from hw.tones.ringstyle import cadence
from hw.tones.toneplan import COUNTRIES, tone_plan

LONGEST_PAUSE_S = 5.0
"""Of any country; a telephone that has not rung for longer is taken to ring no more (docs/lines.md)."""


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_two_styles_sound_alike_in_a_country(country: str) -> None:
    plan = tone_plan(country)
    cycles = [cadence(plan, style) for style in RingStyle]
    assert cycles[0] == plan.ring
    for one, other in itertools.combinations(cycles, 2):
        assert len(one) != len(other) or abs(one[0] - other[0]) >= 0.25


@pytest.mark.parametrize("country", COUNTRIES)
def test_each_has_the_country_s_own_pause_for_caller_id(country: str) -> None:
    plan = tone_plan(country)
    cycles = [cadence(plan, style) for style in RingStyle]
    assert all(plan.ring[-1] <= cycle[-1] <= LONGEST_PAUSE_S for cycle in cycles)
    assert all(sum(cycle) >= sum(plan.ring) for cycle in cycles)


def test_a_double_ring_is_a_single_one_where_the_country_rings_double() -> None:
    assert cadence(tone_plan("us"), RingStyle.DOUBLE) == (0.4, 0.2, 0.4, 5)
    assert cadence(tone_plan("uk"), RingStyle.DOUBLE) == (1.0, 2)

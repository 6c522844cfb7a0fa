"""Which archives are kept: by number, by age, and never without the last good one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from appliance.backup.keeping import archive_name, made_at, own_archives, to_be_removed

NOW = datetime(2026, 3, 31, 2, 30, tzinfo=UTC)
UNIT = "0a1b2c3d"


def of_days(*days: float, unit: str = UNIT) -> list[str]:
    """Archives that are so many days old."""
    return [archive_name(unit, NOW - timedelta(days=day)) for day in days]


def test_a_name_tells_when_its_archive_was_made() -> None:
    (name,) = of_days(3)
    assert name == "copperdesk-0a1b2c3d-20260328-023000.backup"
    assert made_at(name) == NOW - timedelta(days=3)


def test_those_beyond_the_number_go_the_oldest_first() -> None:
    assert to_be_removed(of_days(0, 2, 1, 3), NOW, keep=2, days=90, good="") == of_days(2, 3)


def test_those_that_are_too_old_go_though_they_are_few() -> None:
    assert to_be_removed(of_days(0, 89, 91), NOW, keep=14, days=90, good="") == of_days(91)


def test_the_newest_stays_however_old_it_is() -> None:
    assert to_be_removed(of_days(400, 401), NOW, keep=1, days=90, good="") == of_days(401)


def test_the_last_one_that_was_found_restorable_stays() -> None:
    (good,) = of_days(200)
    assert to_be_removed(of_days(0, 1, 2, 200), NOW, keep=2, days=90, good=good) == of_days(2)


def test_one_from_a_clock_that_was_ahead_does_not_remove_the_others() -> None:
    assert to_be_removed(of_days(-400, 0, 1), NOW, keep=3, days=90, good="") == []


def test_only_archives_of_this_unit_are_ever_looked_at() -> None:
    others = [*of_days(1, unit="ffffffff"), "letter.txt", "copperdesk-0a1b2c3d-99999999-023000.backup", "x.backup.part"]
    assert own_archives([*others, *of_days(2, 0)], UNIT) == of_days(0, 2)


@given(st.sets(st.integers(-50, 500), min_size=1), st.integers(1, 20), st.integers(1, 365), st.data())
def test_whatever_is_there_the_newest_and_the_good_one_stay(
    ages: set[int], keep: int, days: int, data: st.DataObject
) -> None:
    archives = of_days(*ages)
    good = data.draw(st.sampled_from(archives))
    gone = set(to_be_removed(archives, NOW, keep, days, good))
    stay = [name for name in own_archives(archives, UNIT) if name not in gone]
    assert {max(archives, key=made_at), good} <= set(stay)
    assert len([name for name in stay if name != good]) <= keep
    assert all(made_at(newer) > made_at(older) for newer, older in pairwise(stay))

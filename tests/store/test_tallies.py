"""What is added up of the days is exact, and added up anew where a call changes or the sums are gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from appliance.store.calllog import CallLog, CallRecord, CallStep, OutsideCall
from appliance.store.tallies import Tallies

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 3, 9, 11, tzinfo=UTC)
"""12 o'clock in Berlin."""
DAY = date(2026, 3, 9)
LATER = NOON + timedelta(days=10)
SECOND = timedelta(seconds=1)


@pytest.fixture
def log(tmp_path):
    log = CallLog.open(tmp_path / "calls.sqlite")
    yield log
    log.close()


def call(id, at=NOON, lasts=60, **more):
    known = {"direction": "in", "line": "main", "outcome": "connected", "ended": at + lasts * SECOND} | more
    return CallRecord(id, at, **known)


def tallies(log, zone=BERLIN, people=()):
    return Tallies(log, zone, 5.0, people)


def sums(log, first=DAY, last=DAY, now=LATER, **more):
    return {
        key: (one.number, round(one.seconds)) for key, one in tallies(log, **more).of(first, last, now, 9).sums.items()
    }


def test_calls_are_counted_by_what_became_of_them(log):
    log.begin(call("a", answered=NOON + 15 * SECOND))
    log.begin(call("b", answered=NOON + 16 * SECOND))
    log.begin(call("c", outcome="abandoned", lasts=25))
    log.begin(call("d", outcome="blocked"))
    log.begin(call("e", direction="out", outcome="dialled-out"))
    found = sums(log)
    assert found["came", "12"] == (3, 0)
    assert (found["answered", ""], found["by-third-ring", ""]) == ((2, 31), (1, 0))
    assert found["gave-up", "020"] == (1, 25)
    assert found["talked", ""] == (2, 89)
    assert found["outcome", "in blocked"] == found["outcome", "out dialled-out"] == (1, 0)


def test_waits_and_choices_are_read_from_the_steps(log):
    steps = ("to the menu", "to the menu sales", "to maria", "waited 61 s for Maria", "a message for maria")
    log.begin(call("a", steps=tuple(CallStep(float(at), what) for at, what in enumerate(steps))))
    found = sums(log, people=["maria"])
    assert found["waited", "060"] == (1, 61)
    choices = {key: number for (kind, key), (number, _seconds) in found.items() if kind == "choice"}
    assert choices == {"to the menu sales": 1, "to somebody": 1, "a message for maria": 1}


def test_busy_lines_are_added_up_by_hours_and_by_how_many_at_once(log):
    half_past = NOON + timedelta(minutes=30)
    log.begin(call("a", half_past, 3600))
    log.begin(call("b", half_past, 600))
    log.outside_begins(OutsideCall("b", half_past, "5550123", "local"))
    log.outside_ends(OutsideCall("b", half_past, "5550123", "local", ended=half_past + 300 * SECOND))
    found = sums(log)
    assert (found["traffic", "12"], found["traffic", "13"]) == ((0, 2700), (0, 1800))
    busy = {key: seconds for (kind, key), (_number, seconds) in found.items() if kind == "busy"}
    assert busy == {"001": 3000, "002": 300, "003": 300}


def test_a_call_over_midnight_is_busy_on_both_days(log):
    log.begin(call("a", datetime(2026, 3, 9, 22, 30, tzinfo=UTC), 3600))
    assert sums(log)["traffic", "23"] == (0, 1800)
    assert sums(log, date(2026, 3, 10), date(2026, 3, 10))["traffic", "00"] == (0, 1800)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_day_on_which_the_clocks_are_changed_has_all_its_hours(log, day, hours):
    begins = datetime(day.year, day.month, day.day, tzinfo=BERLIN).astimezone(UTC)
    for number in range(hours):
        log.begin(call(f"c{number}", begins + timedelta(hours=number, minutes=1)))
    found = sums(log, day, day, begins + timedelta(days=9))
    assert sum(number for (kind, _key), (number, _seconds) in found.items() if kind == "came") == hours


def test_a_call_that_changes_is_added_up_anew(log):
    log.begin(call("a"))
    assert sums(log)["came", "12"] == (1, 0)
    log.begin(call("b"))
    assert sums(log)["came", "12"] == (2, 0)
    log.finish(replace(call("b"), outcome="blocked"))
    assert sums(log)["came", "12"] == (1, 0)
    with log.beside() as other:
        other.execute("DELETE FROM calls WHERE id = 'a'")
    assert ("came", "12") not in sums(log)


def test_another_time_zone_or_gone_sums_have_all_added_up_anew(log):
    log.begin(call("a"))
    assert sums(log)["came", "12"] == (1, 0)
    assert sums(log, zone=ZoneInfo("Asia/Kolkata"))["came", "16"] == (1, 0)
    with log.beside() as other:
        other.execute("DELETE FROM tallied")
        other.execute("UPDATE tallies SET number = 9")
    assert sums(log)["came", "12"] == (1, 0)


def test_today_and_calls_that_go_on_are_in_it(log):
    log.begin(call("a"))
    log.begin(call("b", ended=None, outcome=""))
    found = sums(log, now=NOON + 90 * SECOND)
    assert found["came", "12"] == (2, 0)
    assert found["traffic", "12"] == (0, 60 + 90)


def test_days_that_wait_to_be_added_up_are_told_and_come_by_and_by(log):
    for number in range(5):
        log.begin(call(f"c{number}", NOON + timedelta(days=number)))
    period = (DAY, DAY + timedelta(days=4), LATER)
    assert tallies(log).of(*period, 2).missing == 3
    while tallies(log).add_up_one(LATER):
        pass
    found = tallies(log).of(*period, 0)
    assert (found.missing, sorted(found.days)) == (0, [DAY + timedelta(days=number) for number in range(5)])


def test_messages_are_counted_when_they_are_heard(log):
    log.message_heard(NOON - timedelta(hours=2), NOON)
    assert sums(log)["heard", ""] == (1, 7200)

"""The log is looked through a page at a time, and nothing is missed or told twice, whatever is asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from appliance.store.calllog import CallLog, CallRecord
from appliance.store.callsearch import FARTHEST_LOOK, CallFilter, OwnCalls, calls_with, count_calls, find_calls
from tests.bench.manycalls import write_calls

NOW = datetime(2026, 11, 29, 18, tzinfo=UTC)
MANY = 12_500


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    """More calls than are looked at for one page."""
    path = tmp_path_factory.mktemp("log") / "calls.sqlite"
    write_calls(path, MANY, 40, NOW)
    log = CallLog.open(path)
    yield log
    log.close()


@pytest.fixture(scope="module")
def everything(log):
    """All of its records, the newest first: read once, as that takes longer than to look for some of them."""
    return log.recent(MANY)


def pages(log, wanted, limit=400):
    """The ids of all pages, and how many pages there were."""
    found, behind, number = [], None, 0
    while True:
        page = find_calls(log, wanted, behind, limit)
        found += [record.id for record in page.records]
        number += 1
        if page.next is None:
            return found, number
        behind = page.next


def seconds(since, until):
    return (until - since).total_seconds() if since and until else None


def steps(record):
    return [step.what for step in record.steps]


CASES = {
    "everything": (CallFilter(), lambda one: True),
    "direction": (CallFilter(direction="inside"), lambda one: one.direction == "inside"),
    "line": (CallFilter(line="line 3"), lambda one: one.line == "line 3"),
    "rare outcome": (CallFilter(outcome="fault"), lambda one: one.outcome == "fault"),
    "outcome and line": (
        CallFilter(outcome="abandoned", line="line 1"),
        lambda one: (one.outcome, one.line) == ("abandoned", "line 1"),
    ),
    "own": (
        CallFilter(own=OwnCalls("p7", "107", ())),
        lambda one: one.reached == "p7" or one.called == "107",
    ),
    "own and step": (
        CallFilter(own=OwnCalls("p7", "107", ()), step="to p7"),
        lambda one: (one.reached == "p7" or one.called == "107") and any("to p7" in what for what in steps(one)),
    ),
    "few parties": (CallFilter(text="caller 3999"), lambda one: "CALLER 3999" in one.caller_name),
    "many parties": (CallFilter(text="caller 1"), lambda one: "CALLER 1" in one.caller_name),
    "a number": (
        CallFilter(text="0000123"),
        lambda one: "0000123" in one.caller_number or "0000123" in one.called,
    ),
    "numbers of contacts": (
        CallFilter(text="no such name", numbers=("4080000005", "4070000009")),
        lambda one: {one.caller_number, one.called} & {"4080000005", "4070000009"},
    ),
    "days": (
        CallFilter(since=NOW - timedelta(days=400), until=NOW - timedelta(days=300)),
        lambda one: NOW - timedelta(days=400) <= one.started < NOW - timedelta(days=300),
    ),
    "answered": (CallFilter(answered=False, direction="in"), lambda one: not one.answered and one.direction == "in"),
    "long": (CallFilter(lasted=(700, 1e9)), lambda one: seconds(one.started, one.ended) >= 700),
    "waited": (
        CallFilter(waited=(29, 31)),
        lambda one: 29 <= seconds(one.started, one.answered or one.ended) <= 31,
    ),
    "nothing": (CallFilter(step="100%"), lambda one: False),
}


@pytest.mark.parametrize("case", CASES)
def test_all_pages_together_are_what_was_asked_for(log, everything, case):
    wanted, is_wanted = CASES[case]
    expected = [record.id for record in everything if is_wanted(record)]
    found, number = pages(log, wanted)
    assert found == expected
    assert number <= len(expected) // 400 + MANY // FARTHEST_LOOK + 1


def test_a_page_that_cannot_be_filled_says_until_when_it_has_looked(log, everything):
    page = find_calls(log, CallFilter(step="nowhere to be found"), None, 50)
    assert page.records == []
    assert page.looked_until == everything[FARTHEST_LOOK - 1].started
    rest = find_calls(log, CallFilter(step="nowhere to be found"), page.next, 50)
    assert (rest.next, rest.looked_until) == (None, None)


def test_calls_are_counted_as_far_as_that_is_quick(log):
    wanted = [CallFilter(), CallFilter(text="zzzz"), CallFilter(step="nowhere to be found")]
    assert [count_calls(log, one) for one in wanted] == [1000, 0, None]


def test_the_calls_with_a_number_are_those_from_it_and_to_it(log, everything):
    number = next(record.called for record in everything if record.direction == "out")
    expected = [one.id for one in everything if number in (one.called, one.caller_number)][:5]
    assert [one.id for one in calls_with(log, [number], 5)] == expected


def test_whoever_reads_does_not_hold_up_whoever_writes(log):
    with log.reading() as reading:
        rows = reading.execute("SELECT id FROM calls")
        rows.fetchone()
        log.begin(CallRecord("new", NOW + timedelta(days=1), "in", "line 1"))
        log.finish(CallRecord("new", NOW + timedelta(days=1), "in", "line 1", ended=NOW + timedelta(days=2)))
        assert "new" not in {id for (id,) in rows}
    assert log.recent(1)[0].id == "new"
    with log.beside() as other:
        other.execute("DELETE FROM calls WHERE id = 'new'")


def test_a_log_that_lasts_as_long_as_the_program_is_looked_through_as_well():
    log = CallLog.in_memory()
    log.begin(CallRecord("only", NOW, "in", "line 1", caller_number="4075550123"))
    assert pages(log, CallFilter(text="0123"))[0] == ["only"]
    log.close()

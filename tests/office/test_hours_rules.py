"""Opening hours of an office document: what is told of their mistakes, and what is warned of."""

from __future__ import annotations

from datetime import date

import pytest

from appliance.office.description import describe
from appliance.office.document import parse_office
from appliance.office.hoursrules import outdated
from appliance.office.lint import lint
from appliance.office.problem import OfficeErrors
from tests.office.opening import hours

WEEK = {"monday": ["08:00-12:00", "13:00-17:00"]}


@pytest.fixture
def told(document):
    """The mistakes of a document with these hours as its main ones."""

    def mistakes(**given):
        document["hours"] = {"main": {"week": WEEK} | given}
        with pytest.raises(OfficeErrors) as caught:
            parse_office(document)
        return [str(problem).removeprefix("hours.main.") for problem in caught.value.problems]

    return mistakes


@pytest.fixture
def warned(document):
    def warnings(main=None, today=None, **others):
        document["hours"] = ({"main": {"week": WEEK} | main} if main is not None else {}) | others
        return [str(problem) for problem in lint(parse_office(document), today)]

    return warnings


@pytest.mark.parametrize(
    ("spans", "mistakes"),
    [
        (["08:00-12:00", "11:00-17:00"], ["tuesday[1]: 11:00-17:00 begins before 08:00-12:00 is over"]),
        (
            ["13:00-17:00", "08:00-12:00"],
            ["tuesday[1]: 08:00-12:00 is earlier in the day than 13:00-17:00, and must stand before it"],
        ),
        (
            ["17:00-08:00"],
            [
                "tuesday[0]: 17:00-08:00 would last over midnight, for 15 hours; at most 12 may be "
                "(did you mean '08:00-17:00'?)"
            ],
        ),
        (["08:00-08:00"], ["tuesday[0]: 08:00-08:00 ends when it begins; the whole day is 00:00-24:00"]),
        (["8-17"], ["tuesday[0]: must be two times with a hyphen between them, such as 08:00-12:00"]),
        (["08:00-24:30"], ["tuesday[0]: must be two times with a hyphen between them, such as 08:00-12:00"]),
        (["08:00-12:00\n"], ["tuesday[0]: holds a line break or another character that cannot be shown"]),
        ("08:00-12:00", ["tuesday: must be a list in brackets"]),
    ],
)
def test_spans_that_cannot_be(told, spans, mistakes):
    assert told(week={"tuesday": spans}) == [f"week.{mistake}" for mistake in mistakes]
    if mistakes[0].startswith("tuesday["):
        place = [mistake.replace("tuesday", "open") for mistake in mistakes]
        assert told(dates=[{"on": "12-24", "open": spans}]) == [f"dates[0].{mistake}" for mistake in place]


def test_a_night_that_is_not_over_when_the_next_day_begins(told):
    assert told(week={"sunday": ["22:00-02:00"], "monday": ["01:00-05:00"]}) == [
        "week.sunday[0]: 22:00-02:00 is not over when the next day begins with 01:00-05:00"
    ]


def test_a_weekday_that_is_not_known_is_told_with_what_may_be_meant(told):
    assert told(week={"mondy": []}) == ["week.mondy: is not known here (did you mean 'monday'?)"]


def test_days_that_do_not_exist_cannot_be_read_or_are_given_twice(told):
    dates = [{"on": on} for on in ("02-30", "24-12", "last monday of may", "Last  Monday in May", "", 5, "soon")]
    assert told(dates=dates) == [
        "dates[0].on: there is no day 02-30",
        "dates[1].on: there is no day 24-12 (did you mean '12-24'?)",
        "dates[3].on: Last  Monday in May is already given at hours.main.dates[2]",
        "dates[4].on: must not be empty",
        "dates[5].on: must be text in quotation marks",
        "dates[6].on: is no day that can be read; write 2026-12-24 for one day, 12-24 for every year, "
        'two of these joined by "to", "last monday of may", or "easter +1"',
    ]


@pytest.mark.parametrize(
    ("holidays", "mistakes"),
    [
        (
            {"country": "Germny"},
            ["country: there is no country of this code whose holidays are known (did you mean 'DE'?)"],
        ),
        ({"country": "zz9"}, ["country: there is no country of this code whose holidays are known"]),
        (
            {"country": "US", "region": "new yrk", "leave_out": ["Columbus Day"]},
            ["region: there is no region of US that is called this (did you mean 'New York'?)"],
        ),
        (
            {"country": "gb", "region": "Q"},
            ["region: there is no region of gb that is called this; known are ENG, NIR, SCT, WLS"],
        ),
        ({"country": "MC", "region": "Q"}, ["region: there is no region of MC that is called this; it has none"]),
        (
            {"country": "US", "region": "NY", "leave_out": ["Columbus Day", "Colombus Day", "Doomsday at noon", 1]},
            [
                "leave_out[1]: there is no holiday of this name in NY (did you mean 'Columbus Day'?)",
                "leave_out[2]: there is no holiday of this name in NY",
                "leave_out[3]: must be text in quotation marks",
            ],
        ),
        ({}, ["country: is missing"]),
    ],
)
def test_holidays_that_are_not_known(told, holidays, mistakes):
    assert told(holidays=holidays) == [f"holidays.{mistake}" for mistake in mistakes]


def test_a_calendar_is_a_file_of_the_unit(told):
    assert told(calendar="https://example.com/a.ics") == [
        "calendar: is an address; the calendar must be a file on this unit"
    ]
    assert told(calendar="a.ics") == ["calendar: must be a whole path, such as /srv/calendars/closures.ics"]


def test_everything_is_told_together(told):
    assert len(told(week={"mondy": [], "friday": ["9"]}, dates=[{"on": "x"}], holidays={"country": "Q9"})) == 4


def test_more_hours_than_anybody_has_are_refused(document):
    document["hours"] = {f"line-{number}": {"week": {}} for number in range(51)}
    with pytest.raises(OfficeErrors) as caught:
        parse_office(document)
    assert str(caught.value) == "hours: must have at most 50 entries"


def test_hours_that_are_right_are_not_warned_of(warned):
    assert warned({"week": {"monday": ["08:00-12:00", "12:10-17:00"], "friday": ["20:00-02:00"]}}) == []
    assert warned() == []


def test_a_week_without_hours_and_hardly_a_break_are_warned_of(warned):
    assert warned({"week": {}, "dates": [{"on": "12-24", "open": ["08:00-12:00", "12:05-13:00"]}]}) == [
        "hours.main.week: is closed on every day of the week",
        "hours.main.dates[0].open[1]: begins 5 minutes after 08:00-12:00: hardly a break",
    ]


def test_hours_of_others_without_the_office_s_own_are_warned_of(warned):
    assert warned(sales={"week": WEEK}) == ["hours: none of these are called main, as those of the office itself are"]


@pytest.mark.parametrize(
    ("on", "today", "warning"),
    [
        ("2026-12-24", date(2026, 12, 24), "no date is given for 2027 yet: the last is 2026-12-24"),
        ("2026-12-24", date(2026, 12, 25), "every date with a year is over: the last was 2026-12-24"),
        ("2026-12-24", date(2026, 11, 1), ""),
        ("2026-12-24", date(2026, 11, 2), "no date is given for 2027 yet: the last is 2026-12-24"),
        ("2026-12-24 to 2027-01-02", date(2026, 12, 1), ""),
        ("12-24", date(2030, 1, 1), ""),
    ],
)
def test_dates_that_are_over_or_do_not_reach_the_next_year_are_warned_of(on, today, warning):
    found = outdated(
        {"main": hours({"dates": [{"on": "2025-01-01"}, {"on": on}] if on[2] != "-" else [{"on": on}]})}, today
    )
    assert [str(problem) for problem in found] == ([f"hours.main.dates: {warning}"] if warning else [])


def test_the_warnings_of_an_office_are_told_by_the_day(warned):
    main = {"dates": [{"on": "2026-12-24"}]}
    assert warned(main) == []
    assert warned(main, date(2027, 1, 5)) == [
        "hours.main.dates: every date with a year is over: the last was 2026-12-24"
    ]


def test_the_summary_tells_the_hours(document):
    document["hours"] = {
        "main": {
            "week": WEEK,
            "holidays": {"country": "US", "region": "NY", "leave_out": ["Columbus Day"]},
            "dates": [{"on": "12-24", "name": "Christmas Eve", "open": ["08:00-12:00"]}, {"on": "Last Friday in June"}],
            "calendar": "/srv/closures.ics",
        }
    }
    lines = describe(parse_office(document)).splitlines()
    assert lines[lines.index("Hours: main") : lines.index("Dialed on a telephone")] == [
        "Hours: main",
        "  monday: 08:00-12:00, 13:00-17:00",
        *(f"  {day}: closed" for day in ("tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")),
        "  closed on the public holidays of US NY, but not on Columbus Day",
        "  12-24 (Christmas Eve): 08:00-12:00",
        "  last friday of june: closed",
        "  closed by the calendar /srv/closures.ics",
    ]

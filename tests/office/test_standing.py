"""Whether an office is open, and until when: hand-written moments, in UTC, of days on which clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.office.dayrule import WEEKDAYS
from appliance.office.span import Span
from appliance.office.standing import LOOK_AHEAD, Closure, When
from tests.office.opening import Office, hours, utc

NEW_YORK, LONDON, SYDNEY, KOLKATA = "America/New_York", "Europe/London", "Australia/Sydney", "Asia/Kolkata"
OPEN, BREAK, CLOSED, HOLIDAY = When

WORKING = {day: ["08:00-12:00", "13:00-17:00"] for day in WEEKDAYS[:5]}


@pytest.mark.parametrize(
    ("moment", "what", "until"),
    [
        ("2026-06-01 11:59:59", CLOSED, "2026-06-01 12:00"),  # Monday, before eight in New York
        ("2026-06-01 12:00", OPEN, "2026-06-01 16:00"),
        ("2026-06-01 16:00", BREAK, "2026-06-01 17:00"),
        ("2026-06-01 17:00", OPEN, "2026-06-01 21:00"),
        ("2026-06-01 21:00", CLOSED, "2026-06-02 12:00"),
        ("2026-06-05 21:00", CLOSED, "2026-06-08 12:00"),  # Friday
    ],
)
def test_a_week_of_two_spans_a_day(moment, what, until):
    assert Office(NEW_YORK, week=WORKING).told(moment) == (what, "", until)


@pytest.mark.parametrize(
    ("zone", "week", "moment", "what", "until"),
    [
        # New York, 8 March: 02:00 EST (07:00 UTC) becomes 03:00 EDT. There is no 02:30.
        (NEW_YORK, {"sunday": ["02:30-10:00"]}, "2026-03-08 06:59", CLOSED, "2026-03-08 07:00"),
        (NEW_YORK, {"sunday": ["02:30-10:00"]}, "2026-03-08 07:00", OPEN, "2026-03-08 14:00"),
        (NEW_YORK, {"saturday": ["20:00-02:30"]}, "2026-03-08 06:59", OPEN, "2026-03-08 07:00"),
        # New York, 1 November: 02:00 EDT (06:00 UTC) becomes 01:00 EST. There are two 01:30.
        (NEW_YORK, {"saturday": ["20:00-01:30"]}, "2026-11-01 00:00", OPEN, "2026-11-01 05:30"),
        (NEW_YORK, {"saturday": ["20:00-01:30"]}, "2026-11-01 06:15", CLOSED, "2026-11-08 01:00"),
        (NEW_YORK, {"sunday": ["01:30-05:00"]}, "2026-11-01 05:29", CLOSED, "2026-11-01 05:30"),
        (NEW_YORK, {"sunday": ["01:30-05:00"]}, "2026-11-01 06:10", OPEN, "2026-11-01 10:00"),
        (NEW_YORK, {"saturday": ["20:00-02:00"]}, "2026-11-01 00:00", OPEN, "2026-11-01 07:00"),
        # London, 29 March: 01:00 GMT becomes 02:00 BST. 25 October: 02:00 BST (01:00 UTC) becomes 01:00 GMT.
        (LONDON, {"sunday": ["01:30-06:00"]}, "2026-03-29 00:59", CLOSED, "2026-03-29 01:00"),
        (LONDON, {"sunday": ["01:30-06:00"]}, "2026-03-29 01:00", OPEN, "2026-03-29 05:00"),
        (LONDON, {"sunday": ["00:00-24:00"]}, "2026-10-24 22:59", CLOSED, "2026-10-24 23:00"),
        (LONDON, {"sunday": ["00:00-24:00"]}, "2026-10-24 23:00", OPEN, "2026-10-26 00:00"),
        (LONDON, {"monday": ["09:00-17:00"]}, "2026-10-25 12:00", CLOSED, "2026-10-26 09:00"),
        (LONDON, {"monday": ["09:00-17:00"]}, "2026-10-19 12:00", OPEN, "2026-10-19 16:00"),
        # Sydney, 5 April: 03:00 AEDT (16:00 UTC the day before) becomes 02:00 AEST. 4 October: 02:00 becomes 03:00.
        (SYDNEY, {"sunday": ["02:15-02:45"]}, "2026-04-04 15:15", OPEN, "2026-04-04 15:45"),
        (SYDNEY, {"sunday": ["02:15-02:45"]}, "2026-04-04 16:20", CLOSED, "2026-04-11 16:15"),
        (SYDNEY, {"sunday": ["02:15-02:45"]}, "2026-10-03 12:00", CLOSED, "2026-10-10 15:15"),
        (SYDNEY, {"saturday": ["22:00-03:00"]}, "2026-10-03 15:00", OPEN, "2026-10-03 16:00"),
        # Kolkata is five and a half hours ahead, the whole year.
        (KOLKATA, {"monday": ["09:30-18:00"]}, "2026-03-09 03:59", CLOSED, "2026-03-09 04:00"),
        (KOLKATA, {"monday": ["09:30-18:00"]}, "2026-11-02 04:00", OPEN, "2026-11-02 12:30"),
        # St. John's, 7 November 2010: 00:01 (02:31 UTC) became 23:01 of the day before. The Sunday had begun already.
        ("America/St_Johns", {"sunday": ["00:00-06:00"]}, "2010-11-07 02:29", CLOSED, "2010-11-07 02:30"),
        ("America/St_Johns", {"sunday": ["00:00-06:00"]}, "2010-11-07 02:45", OPEN, "2010-11-07 09:30"),
        # Apia had no Friday, 30 December 2011: it went from the 29th straight to the 31st.
        ("Pacific/Apia", {"friday": ["08:00-17:00"]}, "2011-12-30 04:00", CLOSED, "2012-01-05 18:00"),
    ],
)
def test_the_hours_on_days_on_which_clocks_are_changed(zone, week, moment, what, until):
    assert Office(zone, week=week).told(moment) == (what, "", until)


def test_what_is_told_is_on_the_office_s_own_clock():
    until = Office(NEW_YORK, week={"sunday": ["02:30-10:00"]}).at("2026-03-08 06:00").until
    assert (until.isoformat(), until.tzinfo) == ("2026-03-08T03:00:00-04:00", ZoneInfo(NEW_YORK))


def test_a_night_belongs_to_the_day_on_which_it_begins():
    bar = Office(LONDON, week={"friday": ["20:00-02:00"]}, dates=[{"on": "2026-01-10", "name": "Repairs"}])
    assert bar.told("2026-01-10 01:59:59.999999") == (OPEN, "", "2026-01-10 02:00")
    assert bar.told("2026-01-10 02:00") == (HOLIDAY, "Repairs", "2026-01-11 00:00")


def test_hours_that_meet_at_midnight_are_one():
    assert Office(LONDON, week={"monday": ["18:00-24:00"], "tuesday": ["00:00-06:00"]}).told("2026-01-05 20:00") == (
        OPEN,
        "",
        "2026-01-06 06:00",
    )


def test_an_office_that_never_opens_or_never_closes_tells_no_moment():
    assert Office(LONDON).told("2026-01-05 20:00") == (CLOSED, "", "")
    always = Office(LONDON, week={day: ["00:00-24:00"] for day in WEEKDAYS})
    assert always.told("2026-03-28 20:00") == (OPEN, "", "")


def test_the_end_of_the_year():
    office = Office(NEW_YORK, week=WORKING, dates=[{"on": "12-24 to 01-01", "name": "Winter break"}])
    assert office.told("2026-12-24 04:59") == (CLOSED, "", "2026-12-24 05:00")
    assert office.told("2026-12-31 23:00") == (HOLIDAY, "Winter break", "2027-01-02 05:00")
    assert office.told("2027-01-02 05:00") == (CLOSED, "", "2027-01-04 13:00")
    one_day = Office(NEW_YORK, week=WORKING, dates=[{"on": "2026-12-31", "open": ["08:00-10:00"]}])
    assert one_day.told("2026-12-31 14:00") == (OPEN, "", "2026-12-31 15:00")
    assert one_day.told("2026-12-31 15:00") == (CLOSED, "", "2027-01-01 13:00")


def test_the_nearer_date_counts():
    office = Office(
        LONDON,
        week=WORKING,
        holidays={"country": "GB", "region": "ENG"},
        dates=[
            {"on": "12-20 to 12-31", "name": "Shut"},
            {"on": "2026-12-22 to 2026-12-23", "open": ["10:00-11:00"]},
            {"on": "12-25", "name": "Christmas party", "open": ["12:00-13:00"]},
            {"on": "2026-12-23", "name": "Moving"},
        ],
    )
    noon = {day: office.at(f"2026-12-{day} 12:00") for day in (21, 22, 23, 24, 25)}
    assert {day: (standing.what, standing.name) for day, standing in noon.items()} == {
        21: (HOLIDAY, "Shut"),
        22: (CLOSED, ""),
        23: (HOLIDAY, "Moving"),
        24: (HOLIDAY, "Shut"),
        25: (OPEN, ""),
    }
    assert office.told("2026-04-03 12:00")[:2] == (HOLIDAY, "Good Friday")


def test_closures_close_whatever_the_hours_say():
    outing = Closure(utc("2026-06-01 14:00"), utc("2026-06-01 16:30"), "Outing")
    office = Office(NEW_YORK, week=WORKING)
    assert office.told("2026-06-01 13:00", outing) == (OPEN, "", "2026-06-01 14:00")
    assert office.told("2026-06-01 14:00", outing) == (HOLIDAY, "Outing", "2026-06-01 16:30")
    assert office.told("2026-06-01 16:30", outing) == (BREAK, "", "2026-06-01 17:00")


def test_a_closure_given_on_a_clock_that_is_put_back_ends_when_it_ends():
    zone = ZoneInfo(NEW_YORK)
    night = Closure(
        datetime(2026, 11, 1, 1, 45, tzinfo=zone), datetime(2026, 11, 1, 1, 15, fold=1, tzinfo=zone), "Night"
    )
    office = Office(NEW_YORK, week={"sunday": ["00:00-24:00"]})
    assert office.told("2026-11-01 05:00", night) == (OPEN, "", "2026-11-01 05:45")
    assert office.told("2026-11-01 06:14", night) == (HOLIDAY, "Night", "2026-11-01 06:15")


ZONES = (NEW_YORK, LONDON, SYDNEY, KOLKATA, "Australia/Lord_Howe", "Pacific/Apia", "America/Havana", "America/St_Johns")
ZONES += ("America/Sao_Paulo", "Africa/Casablanca", "Antarctica/Troll", "Asia/Beirut", "UTC")


@st.composite
def spans(draw):
    times = sorted(draw(st.sets(st.integers(0, 95), max_size=6)))
    found = [Span(15 * start, 15 * end) for start, end in zip(times[::2], times[1::2], strict=False)]
    if len(times) % 2:
        found.append(Span(15 * times[-1], 15 * times[-1] + draw(st.sampled_from([15, 240, 24 * 60 - 15 * times[-1]]))))
    return [str(span) for span in found]


DATES = ["12-24", "12-30 to 01-02", "2026-12-31", "2026-10-24 to 2026-11-02", "last sunday of march", "easter +1"]
DOCUMENTS = st.fixed_dictionaries(
    {
        "week": st.dictionaries(st.sampled_from(WEEKDAYS), spans()),
        "dates": st.lists(
            st.fixed_dictionaries({"on": st.sampled_from(DATES), "name": st.sampled_from(["A", "B"]), "open": spans()}),
            max_size=4,
        ),
    },
    optional={"holidays": st.sampled_from([{"country": "US", "region": "NY"}, {"country": "IN"}])},
)
CHANGES = [utc(day) for day in ("2026-03-08 07:00", "2026-03-29 01:00", "2026-10-25 01:00", "2026-11-01 06:00")]
CHANGES += [utc(day) for day in ("2026-04-04 16:00", "2026-10-03 16:00", "2026-12-31 23:00", "2011-12-30 10:00")]
CHANGES += [utc(day) for day in ("2010-11-07 02:31", "2012-02-26 02:00", "2026-07-14 12:00", "2100-02-28 12:00")]
MOMENTS = st.builds(lambda at, hours: at + timedelta(hours=hours), st.sampled_from(CHANGES), st.floats(-60, 60))
CLOSURES = st.lists(
    st.builds(
        lambda start, minutes, name: Closure(start, start + timedelta(minutes=minutes), name),
        MOMENTS,
        st.integers(1, 6000),
        st.sampled_from(["A", "C"]),
    ),
    max_size=3,
)


@given(document=DOCUMENTS, zone=st.sampled_from(ZONES), moment=MOMENTS, closures=CLOSURES, between=st.floats(0, 1))
def test_what_is_told_until_a_moment_holds_until_then_and_no_longer(document, zone, moment, closures, between):
    these, clock = hours(document), ZoneInfo(zone)
    told = these.at(moment.astimezone(clock), closures)
    ends = told.until.astimezone(UTC) if told.until is not None else moment + LOOK_AHEAD
    assert moment < ends <= moment + LOOK_AHEAD

    def state(at: datetime) -> tuple[When, str]:
        found = these.at(at.astimezone(clock), closures)
        return found.what, found.name

    assert state(moment + between * (ends - moment - timedelta(microseconds=1))) == (told.what, told.name)
    if told.until is not None:
        assert state(ends) != (told.what, told.name)
        assert state(ends - timedelta(microseconds=1)) == (told.what, told.name)

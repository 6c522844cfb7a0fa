"""Days as a document names them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from appliance.office.dayrule import Unreadable, day_rule, easter


def days(text: str, first: str, last: str) -> list[str]:
    """Which days between these two a text means."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    every = (begin + timedelta(days=number) for number in range((end - begin).days + 1))
    rule = day_rule(text)
    return [str(day) for day in every if rule.covers(day)]


@pytest.mark.parametrize(
    ("text", "first", "last", "meant"),
    [
        ("2026-12-24", "2025-01-01", "2028-12-31", ["2026-12-24"]),
        ("12-24", "2026-01-01", "2027-12-31", ["2026-12-24", "2027-12-24"]),
        ("02-29", "2026-01-01", "2029-12-31", ["2028-02-29"]),
        (
            "2026-12-30 to 2027-01-02",
            "2025-01-01",
            "2028-12-31",
            ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"],
        ),
        ("12-31 to 01-01", "2026-01-02", "2028-01-01", ["2026-12-31", "2027-01-01", "2027-12-31", "2028-01-01"]),
        ("08-01 to 08-02", "2026-01-01", "2027-12-31", ["2026-08-01", "2026-08-02", "2027-08-01", "2027-08-02"]),
        ("last monday of may", "2026-01-01", "2028-12-31", ["2026-05-25", "2027-05-31", "2028-05-29"]),
        ("first monday of september", "2026-01-01", "2027-12-31", ["2026-09-07", "2027-09-06"]),
        ("the  Fourth Thursday in November", "2026-01-01", "2027-12-31", ["2026-11-26", "2027-11-25"]),
        ("fifth friday of every month", "2026-01-01", "2026-07-31", ["2026-01-30", "2026-05-29", "2026-07-31"]),
        ("last wednesday of february", "2028-02-01", "2028-03-31", ["2028-02-23"]),
        ("last tuesday of february", "2028-02-01", "2028-03-31", ["2028-02-29"]),
        ("easter", "2024-01-01", "2027-12-31", ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28"]),
        ("easter +1", "2026-01-01", "2026-12-31", ["2026-04-06"]),
        ("Easter-2", "2026-01-01", "2026-12-31", ["2026-04-03"]),
    ],
)
def test_the_days_that_are_meant(text, first, last, meant):
    assert days(text, first, last) == meant


@pytest.mark.parametrize(
    ("year", "sunday"),
    [
        (1818, "03-22"),
        (1943, "04-25"),
        (1954, "04-18"),
        (1981, "04-19"),
        (2000, "04-23"),
        (2038, "04-25"),
        (2285, "03-22"),
    ],
)
def test_easter_in_the_years_that_are_hard_to_reckon(year, sunday):
    assert f"{easter(year):%m-%d}" == sunday


@pytest.mark.parametrize(
    ("text", "reason", "suggestion"),
    [
        ("02-30", "there is no day 02-30", ""),
        ("2026-02-29", "there is no day 2026-02-29", ""),
        ("24-12", "there is no day 24-12", "12-24"),
        ("2026-24-12", "there is no day 2026-24-12", "2026-12-24"),
        ("31-04", "there is no day 31-04", ""),
        ("00-12", "there is no day 00-12", ""),
        ("0000-01-01", "there is no day 0000-01-01", ""),
        ("2027-01-02 to 2026-12-24", "2026-12-24 is before 2027-01-02", "2026-12-24 to 2027-01-02"),
        ("2026-12-24 to 01-02", "give the year with both days, or with neither", ""),
        ("last mondy of may", "mondy is not a weekday", "last monday of may"),
        ("last monday of june july", "is no day that can be read", ""),
        ("lst monday of mai", "lst is not one of first, second, third, fourth, fifth, last", "last monday of may"),
        ("third monday of xyz", "xyz is not a month", ""),
        ("easter monday", "behind easter goes a number of days, such as easter +1 or easter -2", ""),
        ("soon", "is no day that can be read", ""),
        ("12-24 to 12-25 to 12-26", "is no day that can be read", ""),
        ("١٢-٢٤", "is no day that can be read", ""),
    ],
)
def test_what_cannot_be_read_is_told_with_what_may_be_meant(text, reason, suggestion):
    with pytest.raises(Unreadable) as caught:
        day_rule(text)
    assert str(caught.value).partition(";")[0] == reason
    assert caught.value.suggestion == suggestion
    if suggestion:
        day_rule(suggestion)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-12-24", "2026-12-24 to 2027-01-02", "02-29", "12-24 to 01-02", "easter", "easter -2"),
        *("last monday of may", "first friday of every month"),
    ],
)
def test_a_day_is_shown_as_a_document_has_it(text):
    assert str(day_rule(text)) == text

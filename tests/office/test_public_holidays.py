"""Public holidays, as the `holidays` package knows them."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest

from appliance.office.publicholidays import PublicHolidays


@pytest.mark.parametrize(
    ("country", "region", "day", "name"),
    [
        ("US", "", "2026-11-26", "Thanksgiving Day"),
        ("us", "ny", "2026-02-12", "Lincoln's Birthday"),
        ("US", "New York", "2026-02-12", "Lincoln's Birthday"),
        ("US", "", "2026-02-12", ""),
        ("US", "", "2026-07-03", "Independence Day (observed)"),
        ("GB", "Scotland", "2026-01-02", "New Year Holiday"),
        ("GB", "ENG", "2026-01-02", ""),
        ("DE", "BY", "2027-01-06", "Epiphany"),
        ("DE", "BE", "2027-01-06", ""),
        ("AU", "NSW", "2027-01-26", "Australia Day"),
        ("IN", "", "2027-01-26", "Republic Day"),
        ("IN", "", "2090-08-15", "Independence Day"),
    ],
)
def test_the_holidays_of_a_country_and_of_a_region_in_english(country, region, day, name):
    assert PublicHolidays(country, region).named(date.fromisoformat(day)) == name


def test_a_holiday_is_left_out_by_its_name_also_where_it_is_observed_on_another_day():
    open_then = PublicHolidays("US", "NY", ("columbus day", "Independence Day"))
    assert [open_then.named(day) for day in (date(2026, 10, 12), date(2026, 7, 3), date(2026, 7, 4))] == ["", "", ""]
    assert open_then.named(date(2026, 11, 11)) == "Veterans Day"


def test_a_holiday_on_the_day_of_another_is_left_when_the_other_is_left_out():
    day = date(2027, 3, 29)  # Easter Monday alone
    assert PublicHolidays("GB", "ENG").named(day) == "Easter Monday"
    both = date(2008, 5, 1)  # Ascension Day fell on Labor Day.
    assert PublicHolidays("DE").named(both) == "Ascension Day and Labor Day"
    assert PublicHolidays("DE", leave_out=("Labor Day",)).named(both) == "Ascension Day"


def test_an_office_that_names_no_country_does_not_load_the_package():
    script = (
        "import sys, json, pathlib\n"
        "from appliance.office.document import parse_office\n"
        "document = json.loads(pathlib.Path('examples/offices/riverside-dental.json').read_text())\n"
        "document['hours'] = {'main': {'week': {'monday': ['08:00-12:00']}, 'dates': [{'on': '12-24'}]}}\n"
        "parse_office(document)\n"
        "print('holidays' in sys.modules)\n"
        "document['hours']['main']['holidays'] = {'country': 'US'}\n"
        "parse_office(document)\n"
        "print('holidays' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True"]

"""docs/hours.md: its examples are right, and mistakes are told as it says."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from appliance.office.dayrule import day_rule
from appliance.office.destination import ToGeneralMailbox, ToInformation, ToMenu
from appliance.office.document import parse_office
from appliance.office.lint import lint
from appliance.office.problem import OfficeErrors
from appliance.office.standing import When
from tests.office.opening import hours

GUIDE = (Path(__file__).parents[2] / "docs" / "hours.md").read_text()
EXAMPLE, NOT_OPEN = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)


def test_the_example_is_right_and_gives_no_warning(document):
    office = parse_office(document | json.loads(f"{{{EXAMPLE}}}"))
    assert list(office.hours) == ["main"]
    assert lint(office) == []


def test_what_callers_get_while_it_is_not_open_is_understood(document):
    document["menus"] = {"night": {"greeting": "We are closed.", "keys": {}}}
    document["information"] = {"holidays": {"says": "We are back on Monday."}}
    office = parse_office(document | json.loads(f"{{{NOT_OPEN}}}"))
    main = office.hours["main"]
    assert [main.when(what) for what in (When.CLOSED, When.BREAK, When.HOLIDAY)] == [
        ToMenu("night"),
        ToGeneralMailbox(),
        ToInformation("holidays"),
    ]


def test_every_way_to_say_a_day_is_understood():
    days = [text for row in re.findall(r"^\| (`.*`) \|", GUIDE, re.MULTILINE) for text in re.findall("`([^`]*)`", row)]
    assert len(days) == 9
    assert [str(day_rule(day)) for day in days] == days


def test_the_weekdays_and_the_country_in_the_text_are_understood():
    weeks = [json.loads(f"{{{week}}}") for week in re.findall(r'`("\w+day": \[[^`]*\])`', GUIDE)]
    assert [list(week) for week in weeks] == [["friday"], ["monday"], ["tuesday"]]
    [country] = re.findall(r'`({"country"[^`]*})`', GUIDE)
    read = hours(
        {"holidays": json.loads(country), "week": {day: spans for week in weeks for day, spans in week.items()}}
    )
    assert read.holidays is not None


def test_the_mistakes_are_told_as_the_guide_says(document):
    document |= json.loads(f"{{{EXAMPLE}}}")
    main = document["hours"]["main"]
    week = main["week"]
    main["week"] = {"mondy": week["monday"], "tuesday": ["08:00-12:00", "11:00-17:00"], "wednesday": ["17:00-08:00"]}
    main["holidays"] = {"country": "Germany"}
    main["dates"] = [{"on": "02-30"}, {"on": "last mondy of may"}]
    with pytest.raises(OfficeErrors) as caught:
        parse_office(document)
    assert str(caught.value) == re.findall(r"<!-- mistakes -->\n```\n(.*?)\n```", GUIDE, re.DOTALL)[0]

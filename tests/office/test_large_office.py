"""An office as large as any may be is checked at once, right or wrong: no rule compares everybody with everybody."""

from __future__ import annotations

import time
from typing import Any

import pytest

from appliance.office.document import parse_office
from appliance.office.lint import lint
from appliance.office.menus import MOST_MENUS
from appliance.office.objections import MOST_PROBLEMS
from appliance.office.people import MOST_PEOPLE
from appliance.office.problem import OfficeErrors
from appliance.office.sipform import MOST_PATTERNS, MOST_SERVERS

LONGEST_SECONDS = 3.0
"""Measured: 0.05 to 0.5 s. A rule that compares all pairs and tells of each takes minutes."""


@pytest.fixture
def large(document) -> dict[str, Any]:
    document["people"] += [
        {"id": f"person-{number}", "name": f"Person {number}", "extension": f"2{number:03}", "pin": f"{number:03}82"}
        for number in range(MOST_PEOPLE - len(document["people"]))
    ]
    return document


def servers() -> list[dict[str, Any]]:
    return [
        {
            "name": f"server {server}",
            "address": f"192.168.1.{server + 10}",
            "reaches": [f"4{server}{number:02}xx" for number in range(MOST_PATTERNS)],
            "lines": [{"port": f"join-{server}", "user": f"{server}"}],
        }
        for server in range(MOST_SERVERS)
    ]


def said(document: object) -> list[str]:
    with pytest.raises(OfficeErrors) as caught:
        parse_office(document)
    return [str(problem) for problem in caught.value.problems]


@pytest.fixture
def at_once():
    began = time.process_time()
    yield
    assert time.process_time() - began < LONGEST_SECONDS


@pytest.mark.usefixtures("at_once")
def test_an_office_of_500_people_is_right(large):
    large["sip"] = {"servers": servers()}
    office = parse_office(large)
    assert len(office.people) == MOST_PEOPLE == 500
    assert lint(office) == []


@pytest.mark.usefixtures("at_once")
def test_500_people_of_one_extension_are_told_by_the_first(large):
    for person in large["people"]:
        person["extension"] = "2000"
    assert said(large)[0] == "people[1].extension: the extension 2000 is already given at people[0].extension"
    assert len(said(large)) == MOST_PROBLEMS


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize(
    "spoilt",
    [{"station": "nobody's"}, {"id": "one"}, {"extension": "20"}, {"pin": "1111"}, {"extention": "5"}],
    ids=str,
)
def test_a_mistake_made_500_times_is_told_a_hundred_times(large, spoilt):
    for person in large["people"]:
        person |= spoilt
    assert MOST_PROBLEMS <= len(said(large)) <= 2 * MOST_PROBLEMS


@pytest.mark.usefixtures("at_once")
def test_patterns_that_all_meet_are_told_a_hundred_times(large):
    large["sip"] = {"servers": servers()}
    for server in large["sip"]["servers"]:
        server["reaches"] = ["2xxx"] * MOST_PATTERNS
    assert len(said(large)) == MOST_PROBLEMS


@pytest.mark.usefixtures("at_once")
@pytest.mark.parametrize("on", ["12-24", "last mondy of may"])
def test_as_many_opening_hours_as_may_be_are_checked_at_once_right_or_wrong(document, on):
    dates = [{"on": f"2026-{day // 28 + 1:02}-{day % 28 + 1:02}"} for day in range(299)] + [{"on": on}]
    week = {"monday": ["08:00-12:00", "13:00-17:00"]}
    holidays = {"country": "US", "region": "NY", "leave_out": ["Columbus Day"] * 20}
    document["hours"] = {"main": {"week": week, "dates": dates, "holidays": holidays}}
    document["hours"] |= {f"line-{number}": document["hours"]["main"] for number in range(49)}
    if on == "12-24":
        assert len(parse_office(document).hours) == 50
    else:
        assert len(said(document)) == 50


def test_500_people_and_200_menus_are_looked_at_within_5_s(large):
    """Measured: 0.15 s."""
    large["menus"] = {
        f"menu-{number}": {
            "greeting": f"This is menu {number}.",
            "keys": {str(digit): entry(number, digit) for digit in range(1, 6)} | {"*": {"action": "back"}},
            "waits": {"action": "menu", "menu": f"menu-{(number + 1) % MOST_MENUS}"},
        }
        for number in range(MOST_MENUS)
    }
    large["menu"]["keys"]["4"] = {"action": "menu", "menu": "menu-0", "says": "For more, press 4."}
    office = parse_office(large)
    began = time.process_time()
    told = [str(problem) for problem in lint(office)]
    assert time.process_time() - began < 5.0
    assert "menus.menu-199.keys.*: the menu does not say what this key does" in told


def entry(menu: int, digit: int) -> dict[str, Any]:
    says = f"For choice {digit}, press {digit}."
    if digit < 5:
        return {"action": "mailbox", "person": f"person-{(menu + digit * 80) % 400}", "says": says}
    return {"action": "menu", "menu": f"menu-{(menu * 3 + 1) % MOST_MENUS}", "says": says}

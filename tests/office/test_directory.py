"""Who is found in the directory, by which letters, and when the letters are enough."""

from __future__ import annotations

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.office.companies import Company
from appliance.office.directory import MOST_READ, Directory
from appliance.office.document import parse_office
from appliance.office.keypad import pressed
from appliance.office.lint import lint
from appliance.office.model import Menu, Office, Person

NOBODY = Office(
    name="Test",
    country="us",
    time_zone=ZoneInfo("UTC"),
    trunks=(),
    stations=(),
    people=(),
    menu=Menu(keys={}),
    operator="",
    general_mailbox="",
)


def office(*names: str, **facts: object) -> Office:
    """An office of people with these names, and with these further facts about each."""
    people = [Person(f"p{place}", name, f"{100 + place}") for place, name in enumerate(names)]
    return replace(NOBODY, people=tuple(replace(person, **facts) for person in people))


def found(there: Office, letters: str, company: str = "") -> list[str]:
    return [person.name for person in Directory(there, company).find(letters)]


TEAM = office("Maria Alvarez", "Doctor Tom Becker", "Ruth Olsen", "Ana Alvarez", "Al Cruz", "Bo Zorn")


@pytest.mark.parametrize(
    ("letters", "names"),
    [
        ("258", ["Ana Alvarez", "Maria Alvarez"]),
        ("2582739", ["Ana Alvarez", "Maria Alvarez"]),
        ("25827396", ["Maria Alvarez"]),
        ("2", ["Ana Alvarez", "Maria Alvarez", "Doctor Tom Becker", "Al Cruz"]),
        ("967", ["Bo Zorn"]),
        ("167", ["Bo Zorn"]),
        ("067", ["Bo Zorn"]),
        ("626", []),
        ("2582739627422", []),
    ],
)
def test_those_are_found_whose_names_begin_so_in_alphabetical_order(letters, names):
    assert found(TEAM, letters) == names


def test_people_of_one_name_are_in_the_order_of_their_extensions():
    there = office("John Smith", "John Smith", "John Smith")
    assert [person.extension for person in Directory(there).find("764")] == ["100", "101", "102"]


def test_nobody_is_found_who_does_not_want_to_be_or_could_not_be_reached():
    assert found(office("Ann Hill"), "445") == ["Ann Hill"]
    assert found(office("Ann Hill", directory=False), "445") == []
    assert found(office("Ann Hill", mailbox=False), "445") == []
    assert found(office("Ann Hill", mailbox=False, station="desk"), "445") == ["Ann Hill"]
    assert not Directory(office("Ann Hill", directory=False))


def test_callers_of_a_company_find_its_own_people_and_those_of_everybody():
    people = (
        Person("ann", "Ann Hill", "101", companies=frozenset({"law"})),
        Person("bob", "Bob Hill", "102", companies=frozenset({"title"})),
        Person("cy", "Cy Hill", "103"),
        Person("di", "Di Hill", "104", companies=frozenset({"law", "title"})),
    )
    there = replace(NOBODY, people=people, companies=(Company("law", "Law"), Company("title", "Title")))
    assert found(there, "445", "law") == ["Ann Hill", "Cy Hill", "Di Hill"]
    assert found(there, "445", "title") == ["Bob Hill", "Cy Hill", "Di Hill"]
    assert found(there, "445") == ["Ann Hill", "Bob Hill", "Cy Hill", "Di Hill"]


@pytest.mark.parametrize(
    ("letters", "seconds"),
    [
        ("2", 3.0),
        ("25", 3.0),
        ("258", None),
        ("999", None),
        ("0", 3.0),
        ("01", 3.0),
        ("25*", None),
        ("#", None),
        ("*", None),
        ("2#", None),
    ],
)
def test_three_letters_are_waited_for_and_are_enough_where_few_people_are_found(letters, seconds):
    assert Directory(TEAM).wait(letters) == seconds


def test_a_0_calls_the_operator_at_once_where_it_begins_nobodys_name():
    assert Directory(office("Ann Hill")).wait("0") is None
    assert Directory(office("Ann Quist")).wait("0") == 3.0


def test_more_letters_are_waited_for_as_long_as_too_many_people_are_found_whom_they_can_tell_apart():
    smiths = Directory(
        office(*[f"{first} Smith" for first in ("Al", "Bo", "Cy", "Di", "Ed", "Flo", "Gus", "Hal", "Ida")])
    )
    assert len(smiths.find("764")) == MOST_READ + 1
    assert [smiths.wait("76484"[:count]) for count in range(3, 6)] == [3.0, 3.0, 3.0]
    assert smiths.wait("764842") is None
    namesakes = Directory(office(*["Al Smith"] * 9))
    assert [namesakes.wait("7648425"[:count]) for count in range(3, 8)] == [3.0, 3.0, 3.0, 3.0, None]
    assert Directory(office(*["Al Smith"] * 8)).wait("764") is None


NAMES = st.text("abcqzßöłøåжхщю", min_size=1, max_size=12)


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=20), st.data())
def test_whoever_is_in_the_office_is_found_by_typing_the_name(names, data):
    there = office(*[f"{first.title()} {last.title()}" for first, last in names])
    person = data.draw(st.sampled_from(there.people))
    first, last = person.name.split()
    keys = "".join(data.draw(st.sampled_from(ways)) for ways in pressed(f"{last} {first}"))
    directory = Directory(there)
    assert all(person in directory.find(keys[:count]) for count in range(len(keys) + 1))


def test_somebody_whose_last_name_nobody_can_spell_is_told_of(document):
    document["people"][1]["name"] = "王小明"
    document["people"][2] |= {"name": "陈伟", "last_name": "Chen Wei"}
    document["people"][3] |= {"name": "李明", "directory": False}
    assert [str(problem) for problem in lint(parse_office(document))] == [
        "people[1].last_name: callers cannot spell the last name of 王小明"
    ]

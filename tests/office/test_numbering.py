"""The numbering plan: when digits are finished, and what they mean."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from appliance.office.model import Action, Key, Menu, Office, Part, Person
from appliance.office.numbering import (
    Messages,
    Nothing,
    Outside,
    emergency_numbers,
    menu_destination,
    menu_plan,
    station_destination,
    station_plan,
)

ANN = Person("ann", "Ann Lee", "101")
BOB = Person("bob", "Bob Ray", "102")
SALES = Key(Action.PERSON, "ann", "For sales, press 1.")
OFFICE = Office(
    name="Test",
    country="us",
    time_zone=ZoneInfo("UTC"),
    trunks=(),
    stations=(),
    people=(ANN, BOB),
    menu=Menu(keys={"1": SALES, "2": Key(Action.REPEAT)}, greetings=dict.fromkeys(Part, "Hello.")),
    operator="ann",
    general_mailbox="ann",
)


@pytest.mark.parametrize(
    ("digits", "seconds"),
    [("1", 1.5), ("10", 3.0), ("101", None), ("2", None), ("0", None), ("9", None), ("103", None), ("15", None)],
)
def test_a_caller_is_waited_for_longer_where_an_extension_may_follow(digits: str, seconds: float | None) -> None:
    assert menu_plan(OFFICE)(digits) == seconds


@pytest.mark.parametrize(
    ("digits", "meaning"),
    [("1", SALES), ("101", ANN), ("0", Key(Action.OPERATOR)), ("10", Nothing()), ("9", Nothing()), ("", Nothing())],
)
def test_a_callers_digits_mean_a_key_an_extension_or_nothing(digits: str, meaning: object) -> None:
    assert menu_destination(OFFICE, digits) == meaning


def test_no_caller_reaches_an_outside_line_from_the_menu() -> None:
    for digits in ("9", "95551234", "911", "9911"):
        assert menu_destination(OFFICE, digits) == Nothing()


@pytest.mark.parametrize(
    ("digits", "seconds"),
    [
        ("1", 3.0),
        ("101", None),
        ("8", 3.0),
        ("8500", None),
        ("9", 3.0),
        ("95", 3.0),
        ("95551234", 3.0),
        ("9555#", None),
        ("915551234567", None),
        ("911", None),
        ("9911", None),
        ("7", None),
        ("*", None),
    ],
)
def test_a_station_is_waited_for_while_digits_may_follow(digits: str, seconds: float | None) -> None:
    assert station_plan(OFFICE)(digits) == seconds


@pytest.mark.parametrize(
    ("digits", "meaning"),
    [
        ("102", BOB),
        ("8500", Messages()),
        ("95551234", Outside("5551234")),
        ("95551234#", Outside("5551234")),
        ("911", Outside("911", emergency=True)),
        ("9911", Outside("911", emergency=True)),
        ("0", Key(Action.OPERATOR)),
        ("9", Nothing()),
        ("9#", Nothing()),
        ("77", Nothing()),
        ("", Nothing()),
    ],
)
def test_a_stations_digits_mean_one_thing(digits: str, meaning: object) -> None:
    assert station_destination(OFFICE, digits) == meaning


def test_britain_dials_999_without_waiting_for_more() -> None:
    office = replace(OFFICE, country="uk")
    assert station_plan(office)("999") is None
    assert station_destination(office, "999") == Outside("999", emergency=True)


def test_a_country_without_numbers_of_its_own_uses_112() -> None:
    assert emergency_numbers("fr") == ("112",)

"""The numbering plan: when digits are finished, and what they mean."""

import json
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from appliance.office.destination import Nowhere, RepeatMenu, ToMessages, ToOperator, ToOutside, ToPerson
from appliance.office.document import parse_office
from appliance.office.model import Key, Menu, Office, Part, Person
from appliance.office.numbering import (
    ended,
    menu_destination,
    menu_plan,
    station_destination,
    station_plan,
)
from hw.tones.toneplan import COUNTRIES, tone_plan

ANN = Person("ann", "Ann Lee", "101")
BOB = Person("bob", "Bob Ray", "102")
SALES = Key(ToPerson("ann"), "For sales, press 1.")
OFFICE = Office(
    name="Test",
    country="us",
    time_zone=ZoneInfo("UTC"),
    trunks=(),
    stations=(),
    people=(ANN, BOB),
    menu=Menu(keys={"1": SALES, "2": Key(RepeatMenu())}, greetings=dict.fromkeys(Part, "Hello.")),
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
    [
        ("1", SALES.destination),
        ("101", ToPerson("ann")),
        ("0", ToOperator()),
        ("10", Nowhere()),
        ("9", Nowhere()),
        ("", Nowhere()),
    ],
)
def test_a_callers_digits_mean_a_key_an_extension_or_nothing(digits: str, meaning: object) -> None:
    assert menu_destination(OFFICE, digits) == meaning


def test_no_caller_reaches_an_outside_line_from_the_menu() -> None:
    for digits in ("9", "95551234", "911", "9911"):
        assert menu_destination(OFFICE, digits) == Nowhere()


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
        ("7", 3.0),
        ("6", None),
        ("*", 3.0),
        ("*3", None),
    ],
)
def test_a_station_is_waited_for_while_digits_may_follow(digits: str, seconds: float | None) -> None:
    assert station_plan(OFFICE)(digits) == seconds


@pytest.mark.parametrize(
    ("digits", "meaning"),
    [
        ("102", ToPerson("bob")),
        ("8500", ToMessages()),
        ("95551234", ToOutside("5551234")),
        ("95551234#", ToOutside("5551234")),
        ("911", ToOutside("911", emergency=True)),
        ("9911", ToOutside("911", emergency=True)),
        ("0", ToOperator()),
        ("9", Nowhere()),
        ("9#", Nowhere()),
        ("77", Nowhere()),
        ("", Nowhere()),
    ],
)
def test_a_stations_digits_mean_one_thing(digits: str, meaning: object) -> None:
    assert station_destination(OFFICE, digits) == meaning


def test_britain_dials_999_without_waiting_for_more() -> None:
    office = replace(OFFICE, country="uk")
    assert station_plan(office)("999") is None
    assert station_destination(office, "999") == ToOutside("999", emergency=True)


EMERGENCIES = [(country, number) for country in COUNTRIES for number in tone_plan(country).emergency]


@pytest.mark.parametrize("prefix", ["9", "7", "8", "99"])
@pytest.mark.parametrize(("country", "number"), EMERGENCIES)
def test_every_emergency_number_calls_for_help_bare_and_behind_the_outside_digit(
    country: str, number: str, prefix: str
) -> None:
    office = replace(OFFICE, country=country, outside_prefix=prefix)
    wait = station_plan(office)
    for dialled in (number, prefix + number):
        for digits in (dialled, dialled + "#"):
            assert station_destination(office, digits) == ToOutside(number, emergency=True)
        beginnings = [dialled[:length] for length in range(1, len(dialled))]
        assert all(wait(digits) for digits in beginnings if digits not in tone_plan(country).emergency)
        assert wait(dialled) in (None, 1.5)
        assert wait(dialled + "#") is None
    assert wait(prefix + number) is None


def test_an_emergency_number_may_begin_another() -> None:
    """In Brazil both 911 and, behind the outside digit 9, 112 call the police; in Italy 115 and 1530 do with 1."""
    brazil = replace(OFFICE, country="br")
    assert station_plan(brazil)("911") == 1.5
    assert station_plan(brazil)("9112") is None
    assert station_destination(brazil, "9112") == ToOutside("112", emergency=True)
    italy = replace(OFFICE, country="it", outside_prefix="1", people=())
    assert station_plan(italy)("115") == 1.5
    singapore = replace(OFFICE, country="sg")
    assert station_plan(singapore)("999") == 1.5
    assert station_destination(singapore, "9995") == ToOutside("995", emergency=True)
    assert station_destination(italy, "11530") == ToOutside("1530", emergency=True)
    assert station_plan(OFFICE)("911") is None


def test_who_calls_for_help_waits_only_where_an_outside_number_begins_so() -> None:
    """In Poland 997 is the police, and 9 97... with the outside digit 9 a number of an area."""
    poland = replace(OFFICE, country="pl")
    assert station_plan(poland)("997") == 1.5
    assert station_plan(poland)("9997") is None
    assert station_destination(poland, "9971234567") == ToOutside("971234567")
    assert station_plan(replace(poland, outside_prefix="8"))("997") is None
    assert station_plan(OFFICE)("911") is None


@pytest.mark.parametrize(
    ("country", "number"),
    [
        *(("ca", "14165550199"), ("us", "15551234567"), ("uk", "02071234567")),
        *(("fr", "0123456789"), ("es", "912345678"), ("pl", "221234567"), ("ru", "84951234567"), ("au", "0291234567")),
        *(("jp", "0312345678"), ("jp", "09012345678"), ("in", "9812345678"), ("za", "0211234567")),
        *(("nl", "0201234567"), ("ch", "0441234567"), ("mx", "5512345678"), ("cn", "13912345678")),
        *(("be", "021234567"), ("be", "0471234567"), ("dk", "32123456"), ("no", "22123456"), ("pt", "212345678")),
        *(("gr", "2101234567"), ("cz", "221234567"), ("tr", "02121234567"), ("sg", "61234567")),
        *(("us", "411"), ("us", "988"), ("ca", "811"), ("ca", "988"), ("uk", "111")),
        *(("uk", "118500"), ("de", "116117"), ("de", "015112345678"), ("fr", "3949"), ("fr", "118218")),
        *(("it", "3471234567"), ("it", "116000"), ("se", "0701234567"), ("au", "91234567"), ("au", "131114")),
        *(("nz", "042345678"), ("br", "0211134567890"), ("br", "02111987654321"), ("nl", "0851234567")),
        *(("cn", "01062345678"), ("cn", "4001234567"), ("be", "042123456"), ("no", "02800"), ("hu", "0612345678")),
        *(("hu", "06201234567"), ("hu", "0652123456"), ("tr", "4441234"), ("tw", "0912345678"), ("tw", "0223456789")),
        *(("sg", "91234567"), ("sg", "8001234567"), ("sg", "18001234567"), ("pl", "116111")),
    ],
)
def test_a_number_of_full_length_is_dialled_at_once(country: str, number: str) -> None:
    wait = station_plan(replace(OFFICE, country=country))
    assert [bool(wait("9" + number[:length])) for length in range(3, len(number) + 1)] == [
        *[True] * (len(number) - 3),
        False,
    ]


@pytest.mark.parametrize(
    ("country", "number"),
    [
        *(("us", "01144"), ("fr", "0044207"), ("de", "03012345678"), ("ru", "810")),
        # Freephone numbers that may be longer than others which begin so.
        *(("sg", "80012345"), ("pl", "800123456"), ("gr", "8001234567"), ("tr", "08001234567"), ("za", "0861123456")),
    ],
)
def test_a_number_that_may_go_on_is_waited_for(country: str, number: str) -> None:
    assert station_plan(replace(OFFICE, country=country))("9" + number) == 3.0


@pytest.mark.parametrize(
    ("digits", "number"),
    [("101#", "101"), ("0#", "0"), ("911##", "911"), ("#", "#"), ("##", "#"), ("", ""), ("9", "9")],
)
def test_a_number_may_be_ended_by_pound(digits: str, number: str) -> None:
    assert ended(digits) == number


def test_pound_behind_a_number_changes_nothing_of_its_meaning() -> None:
    for digits in ("102", "8500", "0", "911", "9911", "95551234", "77"):
        assert station_destination(OFFICE, digits + "#") == station_destination(OFFICE, digits)
        assert station_plan(OFFICE)(digits + "#") is None
    for digits in ("1", "101", "0", "2", "10"):
        assert menu_destination(OFFICE, digits + "#") == menu_destination(OFFICE, digits)
        assert menu_plan(OFFICE)(digits + "#") is None


def test_pound_may_be_a_key_of_the_menu() -> None:
    office = replace(OFFICE, menu=replace(OFFICE.menu, keys={"1": SALES, "#": Key(RepeatMenu())}))
    assert menu_destination(office, "#") == RepeatMenu()
    assert menu_destination(office, "1#") == SALES.destination


def test_an_extension_may_go_on_from_an_emergency_number() -> None:
    office = replace(OFFICE, country="be", people=(Person("eve", "Eve Low", "1001"),))
    assert station_plan(office)("100") == 1.5
    assert station_destination(office, "100") == ToOutside("100", emergency=True)
    assert station_plan(office)("1001") is None
    assert station_destination(office, "1001") == ToPerson(office.people[0].id)


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_example_office_may_be_in_any_country(country: str) -> None:
    path = Path(__file__).resolve().parents[2] / "examples" / "offices" / "riverside-dental.json"
    document = json.loads(path.read_text(encoding="utf-8"))
    office = parse_office(document | {"country": country}, COUNTRIES)
    for number in tone_plan(country).emergency:
        assert station_destination(office, number) == ToOutside(number, emergency=True)

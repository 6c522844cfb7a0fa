"""Where calls may be forwarded to: numbers of every country, and what is dialled on a telephone of the office."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some
from phonenumbers import (
    PhoneMetadata,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
    example_number_for_type,
    format_number,
    number_type,
    region_code_for_number,
)

from appliance.office.destination import ToElsewhere, ToOperator, ToOutside, ToPerson
from appliance.office.dialling import Refusal, forward_target, forwardable
from appliance.office.dialrules import Dialling
from appliance.office.document import parse_office
from appliance.office.lines import Trunk
from appliance.office.lint import lint
from appliance.office.menus import Menu
from appliance.office.model import Office
from appliance.office.people import Person
from appliance.office.problem import OfficeErrors
from appliance.office.sip import Sip, SipDevice, SipLine
from hw.tones.toneplan import COUNTRIES, tone_plan

ANN = Person("ann", "Ann Lee", "101", station="desk")
BOB = Person("bob", "Bob Ray", "102")
GONE = Person("gone", "Gil Orr", "103", mailbox=False)
OFFICE = Office(
    name="Test",
    country="us",
    time_zone=ZoneInfo("UTC"),
    trunks=(Trunk("main", "fxo-1", "4075550100"),),
    stations=(),
    people=(ANN, BOB, GONE),
    menu=Menu(keys={}),
    operator="ann",
    general_mailbox="ann",
)
HARMLESS = (PhoneNumberType.FIXED_LINE, PhoneNumberType.FIXED_LINE_OR_MOBILE, PhoneNumberType.MOBILE)
FREE = PhoneNumberType.TOLL_FREE
PREMIUM = PhoneNumberType.PREMIUM_RATE


def office(country: str, **rules: Any) -> Office:
    return replace(OFFICE, country=country, trunks=(), dialling=Dialling(**rules))


def refused(country: str, number: str, **rules: Any) -> str:
    """The id of the refusal; empty where calls may be forwarded there."""
    refusal = forwardable(office(country, **rules), number)
    return refusal.id if refusal is not None else ""


def region(country: str) -> str:
    return "GB" if country == "uk" else country.upper()


def as_dialled(country: str, number: PhoneNumber) -> str:
    """What is dialled on a line of the country, which the library's national form nearly always is."""
    shown = "".join(filter(str.isdecimal, format_number(number, PhoneNumberFormat.NATIONAL)))
    if country in ("us", "ca"):
        return f"1{shown}"
    return f"015{shown}" if country == "br" and not shown.startswith("0") else shown


@cache
def of_kind(country: str, *kinds: int) -> list[str]:
    """The library's examples of these kinds, as they are dialled."""
    examples = (example_number_for_type(region(country), kind) for kind in kinds)
    return [as_dialled(country, number) for number in examples if number is not None]


def swept(country: str) -> Iterator[tuple[str, int]]:
    """Numbers of a country with each beginning of three digits and of every length, with their kinds."""
    metadata = PhoneMetadata.metadata_for_region(region(country))
    assert metadata is not None
    for length in metadata.general_desc.possible_length:
        for beginning in range(1000):
            digits = f"{beginning:03d}2345678901234567"[:length]
            zero = digits.startswith("0")
            if zero and country != "it":
                continue
            number = PhoneNumber(metadata.country_code, int(digits), italian_leading_zero=zero or None)
            if region_code_for_number(number) == region(country):
                yield as_dialled(country, number), number_type(number)


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_premium_number_of_every_country_is_refused_unless_the_office_allows_them(country: str) -> None:
    numbers = of_kind(country, PREMIUM)
    assert [refused(country, number) for number in numbers] == ["premium"]
    assert [refused(country, number, premium=True) for number in numbers] == [""]


@pytest.mark.parametrize("country", COUNTRIES)
def test_ordinary_and_free_numbers_of_every_country_are_allowed(country: str) -> None:
    numbers = of_kind(country, *HARMLESS, FREE)
    assert len(numbers) > 2
    assert {number: refused(country, number) for number in numbers} == dict.fromkeys(numbers, "")


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_ordinary_number_is_taken_for_one_that_costs_more_and_no_premium_number_for_an_ordinary_one(
    country: str,
) -> None:
    found = list(swept(country))
    wrong = {number for number, kind in found if kind == PREMIUM and refused(country, number) == ""}
    wrong |= {number for number, kind in found if kind in (*HARMLESS, FREE) and refused(country, number)}
    # In Italy 0549 is San Marino. In three countries some services have numbers that look like the beginning of others.
    abroad = {number for number in wrong if country == "it" and number.startswith("0549")}
    short = {number for number in wrong if country in ("at", "pl", "za") and len(number) <= 8}
    assert wrong - abroad - short == set()
    assert sum(kind in HARMLESS for _, kind in found) > 10


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_premium_number_of_another_country_is_refused_where_calls_abroad_are_allowed(country: str) -> None:
    home = "de" if country != "de" else "fr"
    number = example_number_for_type(region(country), PREMIUM)
    assert number is not None
    digits = f"00{number.country_code}{number.national_number}"
    assert refused(home, digits) in ("premium", "abroad")
    ordinary = example_number_for_type(region(country), PhoneNumberType.FIXED_LINE)
    assert ordinary is not None
    zero = "0" if ordinary.italian_leading_zero else ""
    abroad = f"00{ordinary.country_code}{zero}{ordinary.national_number}"
    assert (refused(home, abroad), refused(home, abroad, abroad=True)) == ("abroad", "")
    if country not in ("au", "cn", "in"):  # Nobody abroad can dial theirs, which have no area code.
        assert refused(home, digits, abroad=True) == "premium"


@pytest.mark.parametrize(
    ("country", "home"),
    [("us", "US CA PR VI GU MP AS"), ("ca", "US CA PR VI GU MP AS"), ("ru", "RU")],
)
def test_a_number_of_another_country_that_is_dialled_as_a_national_one_is_abroad(country: str, home: str) -> None:
    """Countries that share a calling code. The United States and Canada, with what belongs to them, are one here."""
    plan = tone_plan(country)
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for area in range(1000):
        for tail in ("2345678", "5552345", "9123456"):
            number = PhoneNumber(int(plan.number_forms.calling_code), int(f"{area:03d}{tail}"))
            place = region_code_for_number(number)
            if place is not None and number_type(number) in HARMLESS:
                dialled = f"{plan.number_forms.national_prefix}{area:03d}{tail}"
                found[place in home.split()].add(dialled)
    assert {number for number in found[True] if refused(country, number) == "abroad"} == set()
    assert {number for number in found[False] if refused(country, number) != "abroad"} == set()
    assert all(len(numbers) > 10 for numbers in found.values())


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_call_is_forwarded_to_an_emergency_number_however_it_is_reached(country: str) -> None:
    plan = tone_plan(country)
    for number in plan.emergency:
        prefix = plan.number_forms.national_prefix
        for before in ("", prefix, "9", f"9{prefix}", "99"):
            assert refused(country, before + number, premium=True, abroad=True) == "emergency"
        assert refused(country, number + "5", premium=True, abroad=True) == "emergency"
        for length in range(1, len(number)):
            assert refused(country, number[:length], premium=True, abroad=True) == "not-a-number"


@pytest.mark.parametrize(
    ("country", "number", "id"),
    [
        # Written in other forms, with digits too many, or with the outside prefix once more.
        *(("us", "9005551234", "premium"), ("us", "19005551234999", "premium"), ("us", "919005551234", "premium")),
        *(("us", "9761234", "premium"), ("de", "0049900123456", "premium"), ("in", "1861123456789", "premium")),
        *(("us", "01144207946001", "abroad"), ("us", "901144207946001", "abroad"), ("ru", "81044207946001", "abroad")),
        *(("us", "18765551234", "abroad"), ("us", "8765551234", "abroad"), ("ca", "18095551234", "abroad")),
        *(("ru", "87012345678", "abroad"), ("de", "0087012345678", "premium"), ("br", "001544207946001", "abroad")),
        # What a caller could go on dialling behind.
        *(("us", "1", "not-a-number"), ("us", "14", "not-a-number"), ("us", "190", "not-a-number")),
        *(("de", "090", "not-a-number"), ("au", "001", "not-a-number"), ("nz", "016", "not-a-number")),
        *(("us", "1407", "not-a-number"), ("us", "140755501", "not-a-number"), ("us", "01144", "not-a-number")),
        *(("fr", "01234567", "not-a-number"), ("es", "9123456", "not-a-number"), ("de", "0800", "not-a-number")),
        # A code, with whatever stands behind it.
        *(("us", "10102881900555123", "not-a-number"), ("de", "010330900123456", "not-a-number")),
        *(("uk", "14709012345678", "not-a-number"), ("es", "067803123456", "not-a-number")),
        # An emergency number behind the prefix of a long-distance call, in what is too short for such a call.
        *(("us", "19115", "emergency"), ("de", "01125", "emergency"), ("fr", "0153", "emergency")),
        *(("us", "", "not-a-number"), ("us", "555-0142", "not-a-number"), ("us", "+14075550142", "not-a-number")),
        *(("us", "5" * 21, "not-a-number"), ("us", "\u0664\u0660\u0667", "not-a-number")),
        # Home by way of the international prefix.
        ("de", "0049895550142", ""),
        # Numbers without an area code, and those of places whose area code looks like something else.
        *(("us", "2425551", ""), ("us", "8765551", ""), ("us", "5559761", ""), ("us", "9012345678", "")),
        *(("uk", "01189460123", ""), ("nl", "0182512345", ""), ("fr", "0320123456", ""), ("fr", "0153123456", "")),
        *(("dk", "99012345", ""), ("no", "98201234", ""), ("es", "980312345", ""), ("de", "90012345", "")),
        # Numbers that are shorter than others of their country.
        *(("uk", "0169772345", ""), ("it", "335123456", ""), ("no", "02800", ""), ("in", "66123456", "")),
        *(("fr", "0990909015", ""), ("us", "411", ""), ("de", "116117", "")),
    ],
)
def test_a_number_is_judged_by_what_the_exchange_makes_of_it(country: str, number: str, id: str) -> None:
    assert refused(country, number) == id


@pytest.mark.parametrize(
    ("country", "number"),
    [("us", "01144"), ("us", "19005"), ("de", "0044"), ("sg", "001"), ("au", "0011"), ("br", "00154"), ("mx", "00")],
)
def test_what_is_allowed_to_cost_more_must_be_a_whole_number_too(country: str, number: str) -> None:
    assert refused(country, number, premium=True, abroad=True) == "not-a-number"


@pytest.mark.parametrize(
    ("never", "number", "id"),
    [
        *(("0900*", "0900123456", "never"), ("0900*", "0049900123456", "never"), ("+49900*", "0900123456", "never")),
        *(("0895550142", "0895550142", "never"), ("+49895550142", "0895550142", "never")),
        *(("0895550142", "08955501421", ""), ("0895550142", "5550142", ""), ("118*", "01181234567", "")),
        *(("00*", "0044207946001", "never"), ("55*", "5550142", "never"), ("089*", "0301234567", "")),
    ],
)
def test_what_the_office_never_wants_is_refused_in_whatever_form(never: str, number: str, id: str) -> None:
    assert refused("de", number, premium=True, abroad=True, never=frozenset({never})) == id


def test_a_call_is_not_forwarded_to_the_office_itself() -> None:
    for number in ("4075550100", "14075550100"):
        assert forwardable(OFFICE, number) == Refusal(
            "own-number", f"{number} is a number of the office itself: the call would come back"
        )
    assert forwardable(OFFICE, "14075550101") is None


def test_a_refusal_says_why() -> None:
    numbers = ("911", "19005551234", "01144207946001", "10102884075550142", "1")
    refusals = [forwardable(OFFICE, number) for number in numbers]
    assert [refusal.reason for refusal in refusals if refusal is not None] == [
        "911 calls for help: no other call may go there",
        "19005551234 costs more than other numbers, and calls are not forwarded to such",
        "01144207946001 is a number abroad, and calls are not forwarded to such",
        "10102884075550142 begins with the code 101: name the number behind it",
        "1 is not a whole number: whoever calls could go on dialing",
    ]


@given(some.sampled_from(COUNTRIES), some.text("0123456789", max_size=22))
def test_whatever_is_allowed_is_no_way_to_an_emergency_number(country: str, number: str) -> None:
    if refused(country, number, premium=True, abroad=True) == "":
        emergency = tone_plan(country).emergency
        assert not number.startswith(emergency)
        assert number.removeprefix("9").removeprefix(tone_plan(country).number_forms.national_prefix) not in emergency
        assert 3 <= len(number) <= 20


@given(some.sampled_from(COUNTRIES), some.data())
def test_nothing_is_allowed_that_begins_as_a_refused_number_does(country: str, data: some.DataObject) -> None:
    plan = tone_plan(country)
    begins = (*plan.premium, *plan.abroad, *plan.prefix_codes, *plan.emergency)
    number = data.draw(some.sampled_from(begins)) + data.draw(some.text("0123456789", max_size=15))
    assert refused(country, number) != ""


@pytest.mark.parametrize(
    ("dialled", "found"),
    [
        *(("102", ToPerson("bob")), ("102#", ToPerson("bob")), ("201", ToElsewhere("201", ("line-1",)))),
        *(("95550142", ToOutside("5550142")), ("914075550142", ToOutside("14075550142"))),
        *(("101", "oneself"), ("0", "oneself"), ("103", "nobody"), ("8500", "nobody"), ("*81", "nobody")),
        *(("77", "nobody"), ("", "nobody"), ("9", "nobody"), ("5550142", "nobody")),
        *(("911", "emergency"), ("9911", "emergency"), ("91911", "emergency"), ("99911", "emergency")),
        *(("919005551234", "premium"), ("901144207946001", "abroad"), ("94075550100", "own-number")),
        *(("91", "not-a-number"), ("9190", "not-a-number")),
    ],
)
def test_calls_are_forwarded_to_what_is_dialled_where_that_may_be(dialled: str, found: object) -> None:
    server = SipDevice("yard", "sip-server", "192.0.2.5", trunks=(SipLine("line-1", "301"),), reaches=("2xx",))
    there = forward_target(replace(OFFICE, sip=Sip(devices=(server,))), dialled, ANN)
    assert (there.id if isinstance(there, Refusal) else there) == found


def test_calls_of_others_may_be_forwarded_to_the_operator() -> None:
    assert forward_target(OFFICE, "0", BOB) == ToOperator()
    assert forward_target(OFFICE, "101", BOB) == ToPerson("ann")


def test_a_pattern_of_the_document_is_well_formed_and_stands_there_once(document: dict[str, Any]) -> None:
    document["dialling"] = {"never": ["0900*", "+1876*", "5550199", "*", "09-00", "1900**"], "premum": True}
    with pytest.raises(OfficeErrors) as caught:
        parse_office(document)
    form = "must be a telephone number with its area code, or the beginning of numbers followed by *: 0900*"
    assert str(caught.value).splitlines() == [
        *(f"dialling.never[{place}]: {form}" for place in (3, 4, 5)),
        "dialling.premum: is not known here (did you mean 'premium'?)",
    ]
    document["dialling"] = {"never": ["0900*", "0900*"]}
    with pytest.raises(OfficeErrors, match="names something twice"):
        parse_office(document)


def test_callers_who_are_led_to_a_number_that_is_refused_are_warned_of_once(document: dict[str, Any]) -> None:
    outside = {"action": "outside", "number": "19005551234"}
    document["menu"]["keys"]["4"] = outside | {"says": "For the weather, press 4."}
    document["hours"] = {"main": {"week": {}, "closed": {"action": "outside", "number": "01144207946001"}}}
    document["announcement"] = {"then": {"action": "outside", "number": "5550100"}}
    office_of = parse_office(document)
    premium = (
        "callers are sent there at the office's cost: 19005551234 costs more than other numbers, and calls are not "
    )
    told = {problem.path: (problem.reason, problem.mend) for problem in lint(office_of) if ".number" in problem.path}
    assert told == {
        "menu.keys.4.number": (
            f"{premium}forwarded to such",
            "Name another number, or set dialling.premium to true.",
        ),
        "hours.main.closed.number": (
            "callers are sent there at the office's cost: 01144207946001 is a number abroad, and calls are not "
            "forwarded to such",
            "Name another number, or set dialling.abroad to true.",
        ),
        "announcement.then.number": (
            "callers are sent there at the office's cost: 5550100 is a number of the office itself: the call would "
            "come back",
            "Name another number.",
        ),
    }
    document["dialling"] = {"premium": True, "abroad": True}
    document["announcement"]["then"]["number"] = "5550199"
    assert [problem for problem in lint(parse_office(document)) if ".number" in problem.path] == []

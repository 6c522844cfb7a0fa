"""Of which class outside numbers are: those of all countries, as libphonenumber knows them, and what hides a number."""

from __future__ import annotations

import pytest
from phonenumbers import PhoneNumberType

from appliance.office.numberclass import NumberClass, number_class
from hw.tones.toneplan import COUNTRIES, tone_plan
from tests.office.test_dialling import swept

CLASSES = {
    PhoneNumberType.FIXED_LINE: ("local", "national"),
    PhoneNumberType.FIXED_LINE_OR_MOBILE: ("local", "national"),
    PhoneNumberType.MOBILE: ("mobile",),
    PhoneNumberType.TOLL_FREE: ("local",),
    PhoneNumberType.PREMIUM_RATE: ("premium",),
}
NEW = {"jp": "060"}
"""Ranges of cell phones that stand between those of towns."""

ABROAD = {"us": "011", "ca": "011", "au": "0011", "jp": "010", "br": "0021", "ru": "810", "tw": "002", "sg": "001"}
"""What is dialled before numbers abroad, where that is not 00."""


def judged(country: str, number: str, *local: str) -> str:
    return number_class(tone_plan(country), number, local).value


@pytest.mark.parametrize("country", COUNTRIES)
def test_numbers_of_every_kind_are_of_the_class_that_they_cost(country: str) -> None:
    found = [(number, kind) for number, kind in swept(country) if kind in CLASSES]
    wrong = {number: judged(country, number) for number, kind in found if judged(country, number) not in CLASSES[kind]}
    passed_over = {number for number in wrong if country in NEW and number.startswith(NEW[country])}
    assert wrong.keys() - passed_over - {"06680234567"} == set()
    assert len(found) > 40


@pytest.mark.parametrize("country", COUNTRIES)
def test_numbers_of_another_country_are_abroad_however_it_is_written(country: str) -> None:
    prefixes = {
        "us": "011",
        "ca": "011",
        "au": "0011",
        "jp": "010",
        "br": "0021",
        "ru": "810",
        "tw": "002",
        "sg": "001",
    }
    prefix, there = prefixes.get(country, "00"), "4930123456" if country != "de" else "33142345678"
    assert judged(country, prefix + there) == "abroad"
    assert judged(country, f"{prefix}88212345678") == "premium"


@pytest.mark.parametrize(
    ("country", "number", "found"),
    [
        *(("us", "5551234", "local"), ("us", "4075551234", "national"), ("us", "18765551234", "abroad")),
        *(("us", "411", "local"), ("us", "18005551234", "local"), ("us", "9765551", "premium")),
        *(("uk", "02079460958", "national"), ("uk", "9460958", "local"), ("uk", "07400123456", "mobile")),
        *(("de", "116117", "local"), ("de", "017612345678", "mobile"), ("de", "0137", "premium")),
        *(("dk", "32123456", "local"), ("dk", "90123456", "premium"), ("it", "0549886377", "abroad")),
        # A carrier, or a withheld number, in front of it
        *(
            ("uk", "14109091234567", "premium"),
            ("uk", "1410015551234567", "abroad"),
            ("de", "0103300900123456", "premium"),
        ),
    ],
)
def test_a_number_is_judged_as_the_exchange_hears_it(country: str, number: str, found: str) -> None:
    assert judged(country, number) == found


def test_the_office_says_which_numbers_are_local_calls() -> None:
    assert judged("us", "4075551234", "407*") == "local"
    assert judged("us", "14075551234", "407*") == "local"
    assert judged("uk", "02079460958", "020*") == "local"
    assert judged("uk", "09091234567", "0*") == NumberClass.PREMIUM.value

"""How long is waited behind the digits of outside numbers: tried with valid numbers of libphonenumber."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from random import Random

import pytest
from phonenumbers import (
    PhoneMetadata,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
    format_number,
    is_valid_number_for_region,
    number_type,
)

from appliance.office.codes import Codes
from appliance.office.numbering import nothing_follows, station_plan
from hw.tones.toneplan import COUNTRIES, tone_plan
from tests.hw.numberplans import region
from tests.office.test_number_class import ABROAD
from tests.office.test_numbering import OFFICE

NUMBERS = 100
"""Of each country."""
MAILBOXES_OF_NETWORKS = (PhoneNumberType.UAN, PhoneNumberType.VOICEMAIL, PhoneNumberType.UNKNOWN)
"""Kinds that are longer than numbers of cell phones which begin so: nobody waits for them behind those."""


def national(country: str, digits: str) -> PhoneNumber | None:
    """The valid number with these national digits; None where there is none."""
    code = int(tone_plan(country).number_forms.calling_code)
    number = PhoneNumber(code, int(digits), italian_leading_zero=digits.startswith("0") or None)
    return number if is_valid_number_for_region(number, region(country)) else None


def dialled(country: str, number: PhoneNumber) -> str:
    """What is dialled on a line of the country."""
    shown = "".join(filter(str.isdecimal, format_number(number, PhoneNumberFormat.NATIONAL)))
    if country in ("us", "ca"):
        return f"1{shown}"
    return f"015{shown}" if country == "br" and not shown.startswith("0") else shown


@cache
def examples(country: str) -> tuple[str, ...]:
    """National numbers taken by chance, each valid."""
    chance, found = Random(country), set()
    metadata = PhoneMetadata.metadata_for_region(region(country))
    lengths = metadata.general_desc.possible_length
    for _ in range(20_000):
        digits = "".join(chance.choices("0123456789", k=chance.choice(lengths)))
        if (digits[0] != "0" or country == "it") and national(country, digits) is not None:
            found.add(digits)
        if len(found) == NUMBERS:
            break
    return tuple(sorted(found))


def may_be_longer(country: str, digits: str) -> bool:
    """Whether a longer valid number begins so, tried with digits by chance."""
    chance = Random(digits)
    metadata = PhoneMetadata.metadata_for_region(region(country))
    longer = [length - len(digits) for length in metadata.general_desc.possible_length if length > len(digits)]
    tries = (digits + "".join(chance.choices("0123456789", k=more)) for more in longer for _ in range(12))
    return any(national(country, one) is not None for one in tries)


@cache
def waited_for(country: str) -> tuple[int, tuple[str, ...]]:
    """How many of the examples are waited for that may go on, and those that are waited for in vain."""
    plan = tone_plan(country)
    waited = [one for one in examples(country) if not nothing_follows(plan, full(country, one))]
    in_vain = tuple(one for one in waited if not may_be_longer(country, one))
    return len(waited) - len(in_vain), in_vain


def full(country: str, digits: str) -> str:
    number = national(country, digits)
    assert number is not None
    return dialled(country, number)


@pytest.mark.parametrize("country", COUNTRIES)
def test_nobody_waits_behind_a_number_that_nothing_can_follow(country: str) -> None:
    _, in_vain = waited_for(country)
    assert len(examples(country)) == NUMBERS
    # In two countries ranges are split up further than the plan has it.
    assert len(in_vain) <= (1 if country in ("au", "cn") else 0), in_vain


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_number_is_dialled_before_its_last_digit(country: str) -> None:
    plan, found = tone_plan(country), []
    for digits in examples(country):
        number = national(country, digits)
        assert number is not None
        if number_type(number) not in MAILBOXES_OF_NETWORKS:
            whole = dialled(country, number)
            found += [whole for length in range(1, len(whole)) if nothing_follows(plan, whole[:length])]
    assert found == []


def test_of_all_numbers_most_are_dialled_at_once() -> None:
    """Where they wait, a longer number may begin so: in Germany, Austria, Finland, Italy and Sweden most do."""
    waited = {country: waited_for(country)[0] for country in COUNTRIES}
    assert sum(waited.values()) / (NUMBERS * len(COUNTRIES)) < 0.15
    assert {country for country, count in waited.items() if count > NUMBERS / 4} == {"at", "de", "fi", "it", "nz", "se"}


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_number_abroad_is_dialled_at_once_where_the_length_is_known_there(country: str) -> None:
    prefix = ABROAD.get(country, "00")
    wait = station_plan(replace(OFFICE, country=country))
    to_france = f"9{prefix}33142345678"
    assert [bool(wait(to_france[:length])) for length in range(1, len(to_france) + 1)] == [
        *[True] * (len(to_france) - 1),
        False,
    ]
    assert wait(f"9{prefix}4930123456") == 3.0


@pytest.mark.parametrize("country", COUNTRIES)
def test_help_is_called_at_once_whatever_codes_there_are(country: str) -> None:
    """With an outside digit and without one; where the outside digit is that of help itself, numbers are waited for."""
    for prefix in ("9", "0", ""):
        office = replace(OFFICE, country=country, outside_prefix=prefix)
        wait, without_codes = station_plan(office), station_plan(replace(office, codes=Codes(without_star="")))
        known = tone_plan(country).emergency
        assert {number: wait(number) for number in known} == {number: without_codes(number) for number in known}
        at_once = [number for number in known if not prefix or not number.startswith(prefix)]
        assert [number for number in at_once if wait(number) is not None] == []

"""When two numbers are the same one, in whatever form they are written."""

from __future__ import annotations

import re
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from appliance.office.callernumber import CallerNumbers, NotANumber, bare
from hw.tones.toneplan import COUNTRIES, tone_plan

SAME = {
    "us": ("+14075550142", "(407) 555-0142", "1-407-555-0142", "407.555.0142", "14075550142"),
    "ca": ("+15062345678", "506 234 5678", "1 506 234 5678"),
    "uk": ("+442079460018", "020 7946 0018", "+44 (0)20 7946 0018", "0044 20 7946 0018"),
    "de": ("+49895550142", "089 / 555 01-42", "0049 89 5550142", "+49 (0)89 5550142"),
    "fr": ("+33123456789", "01 23 45 67 89", "0033123456789"),
    "it": ("+390212345678", "02 1234 5678", "0039 02 12345678"),
    "es": ("+34810123456", "810 12 34 56", "0034 810123456"),
    "pl": ("+48123456789", "12 345 67 89"),
    "se": ("+468123456", "08-12 34 56"),
    "ru": ("+73011234567", "8 (301) 123-45-67", "301 123-45-67"),
    "au": ("+61212345678", "(02) 1234 5678"),
    "nz": ("+6432345678", "03-234 5678"),
    "jp": ("+81312345678", "03-1234-5678"),
    "br": ("+551123456789", "(11) 2345-6789", "011 2345 6789"),
    "in": ("+917410410123", "07410410123", "7410410123"),
    "za": ("+27101234567", "010 123 4567"),
    "nl": ("+31101234567", "010 123 4567"),
    "ch": ("+41212345678", "021 234 56 78"),
    "mx": ("+522001234567", "200 123 4567"),
    "cn": ("+861012345678", "010 1234 5678"),
    "at": ("+431234567890", "01 234567890"),
    "be": ("+3212345678", "012 34 56 78"),
    "dk": ("+4532123456", "32 12 34 56"),
    "fi": ("+358131234567", "013 1234567"),
    "no": ("+4721234567", "21 23 45 67"),
    "pt": ("+351212345678", "21 234 5678"),
    "gr": ("+302123456789", "21 2345 6789"),
    "cz": ("+420212345678", "212 345 678"),
    "hu": ("+3612345678", "(06 1) 234 5678"),
    "tr": ("+902123456789", "(0212) 345 67 89"),
    "tw": ("+886221234567", "02 2123 4567"),
    "sg": ("+6561234567", "6123 4567"),
}

ABROAD = {"us": "011 44 20 7946 0018", "de": "0044 20 79460018", "jp": "010 44 20 7946 0018", "au": "0011 442079460018"}
ABROAD |= {"ru": "810 44 20 7946 0018", "br": "00 15 44 20 7946 0018", "sg": "001 44 20 7946 0018"}


def numbers(country: str) -> CallerNumbers:
    return CallerNumbers(tone_plan(country).number_forms)


def test_every_country_has_its_examples() -> None:
    assert sorted(SAME) == sorted(COUNTRIES)


@pytest.mark.parametrize("country", COUNTRIES)
def test_national_and_international_forms_are_one_number(country: str) -> None:
    assert {form: numbers(country).key(bare(form)) for form in SAME[country]} == dict.fromkeys(
        SAME[country], SAME[country][0]
    )


@pytest.mark.parametrize("country", ABROAD)
def test_a_number_dialled_abroad_is_that_country_s(country: str) -> None:
    assert numbers(country).key(bare(ABROAD[country])) == "+442079460018"


@pytest.mark.parametrize(
    ("country", "given", "key"),
    [
        ("us", "5550142", "5550142"),
        ("us", "911", "911"),
        ("us", "101", "101"),
        ("de", "5550142", "5550142"),
        ("de", "110", "110"),
        ("dk", "112", "112"),
    ],
)
def test_a_number_without_its_area_code_and_a_short_one_stay_as_they_are(country: str, given: str, key: str) -> None:
    assert numbers(country).key(given) == key


@pytest.mark.parametrize(
    ("country", "pattern", "beginning"),
    [
        ("us", "1900*", "+1900"),
        ("us", "900*", "+1900"),
        ("us", "011*", "+"),
        ("de", "0900*", "+49900"),
        ("de", "0*", "+49"),
        ("de", "00*", "+"),
        ("de", "0049 900*", "+49900"),
        ("de", "+*", "+"),
        ("de", "55*", "55"),
        ("es", "80*", "+3480"),
        ("hu", "0690*", "+3690"),
    ],
)
def test_a_pattern_is_the_beginning_of_all_forms(country: str, pattern: str, beginning: str) -> None:
    if pattern == "+*":
        with pytest.raises(NotANumber):
            bare(pattern)
        return
    assert numbers(country).key(bare(pattern)) == beginning


@pytest.mark.parametrize("given", ["4930123456", "30123456", "030123456", "+4930123456", "004930123456"])
def test_lines_that_leave_out_a_prefix_or_the_sign_are_understood(given: str) -> None:
    assert "+4930123456" in list(numbers("de").keys(given))


def test_the_likeliest_meaning_comes_first_and_none_comes_twice() -> None:
    for country in COUNTRIES:
        for number in ("5550142", "4075550142", "14075550142", "0895550142", "4930123456789", "+33123456789", "911"):
            keys = list(numbers(country).keys(number))
            assert keys[0] == numbers(country).key(number)
            assert len(keys) == len(set(keys))


def test_all_forms_that_a_line_may_have_given_are_known_of_a_number() -> None:
    forms = numbers("de").written("+49895550142")
    assert forms == {"+49895550142", "49895550142", "895550142", "0895550142"}
    assert numbers("de").written("0895550142") >= forms
    assert numbers("us").written("4075550142") >= {"4075550142", "14075550142", "+14075550142"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (" +49 (0)89 / 12-34 ", "+49891234"),
        ("tel:+1-407-555-0142", "+14075550142"),
        ("tel:+1-407-555-0142;ext=12", "+14075550142"),
        ("407 555 0142 x12", "4075550142"),
        ("407-555-0142 ext. 12", "4075550142"),
        ("407\u00a0555\u20110142", "4075550142"),
        ("0900*", "0900*"),
        ("\u202a+14075550142\u202c", "+14075550142"),
        ("(0)89 1234", "0891234"),
    ],
)
def test_a_number_is_freed_of_what_only_makes_it_easier_to_read(text: str, number: str) -> None:
    assert bare(text) == number


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "there is no number"),
        ("  - ", "there is no number"),
        ("nonsense", "'nonsense' is not a telephone number"),
        ("1-800-FLOWERS", "is not a telephone number"),
        ("4*7", "is not a telephone number"),
        ("**", "is not a telephone number"),
        ("*", "is not a telephone number"),
        ("+", "is not a telephone number"),
        ("7", "'7' has one digit, and a telephone number at least 2"),
        ("123456789012345678901", "has 21 digits, and a telephone number at most 20"),
        ("4.07556E+09", "a number that a spreadsheet has shortened; give that column the format Text"),
        ("4,07556e+9", "a number that a spreadsheet has shortened"),
        ("\u0664\u0660\u0667", "is not a telephone number"),
    ],
)
def test_what_is_no_number_is_refused_in_words(text: str, reason: str) -> None:
    with pytest.raises(NotANumber, match=re.escape(reason)):
        bare(text)


@given(some.text(max_size=30))
def test_any_text_is_a_bare_number_or_none(text: str) -> None:
    with suppress(NotANumber):
        number = bare(text)
        assert bare(number) == number


@given(some.sampled_from(COUNTRIES), some.from_regex(r"\A[+]?[0-9]{2,20}[*]?\Z"))
def test_a_key_is_its_own_key_and_every_number_is_among_its_keys(country: str, number: str) -> None:
    key = numbers(country).key(number)
    assert numbers(country).key(key) == key or not key.startswith("+")
    assert key in numbers(country).keys(number)
    assert number in numbers(country).written(number)

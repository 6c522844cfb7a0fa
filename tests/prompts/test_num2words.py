"""Our numbers against those of num2words, which other people have written down.

It knows no genders and gives whole texts instead of clips, and it is wrong here and there, as is said below.
"""

from __future__ import annotations

import re

import pytest
from num2words import num2words

from appliance.office.languages import LANGUAGES
from appliance.prompts.languages import language

VALUES = (*range(1000), *range(1000, 1_000_000, 487), *range(1000, 1_000_000, 1000), 999_999)


def theirs(value: int, code: str) -> str:
    return joined(num2words(value, lang=code), code)


def ours(value: int, code: str) -> str:
    return joined(" ".join(language(code).number(value)), code)


MENDED = {
    "de": [("einstausend", "eintausend")],
    "en": [(" and ", " ")],
    "ru": [("^одна тысяча", "тысяча")],
    "sv": [("förtio", "fyrtio")],
}
"""What theirs spells wrongly, or says where ours does not."""


def joined(text: str, code: str) -> str:
    """As one word, for each divides numbers otherwise; no word has a letter three times."""
    for pattern, replacement in MENDED.get(code, []):
        text = re.sub(pattern, replacement, text)
    return re.sub(r"[ ,-]", "", text).replace("ttt", "tt")


def said_wrongly_by_theirs(value: int, code: str) -> bool:
    """In Spanish "veintiuno mil"; in Vietnamese the empty hundreds behind a thousand, and lone ones and fives."""
    thousands, rest = divmod(value, 1000)
    if code == "es":
        return thousands % 10 == 1 and thousands % 100 != 11 and thousands > 1
    return code == "vi" and thousands > 0 and 0 < rest < 100


@pytest.mark.parametrize("code", LANGUAGES)
def test_numbers_are_those_of_num2words(code: str) -> None:
    values = [value for value in VALUES if not said_wrongly_by_theirs(value, code)]
    different = {value: (ours(value, code), theirs(value, code)) for value in values}
    assert {value: pair for value, pair in different.items() if pair[0] != pair[1]} == {}

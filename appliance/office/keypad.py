"""The letters of names on the keys of a telephone, in every way in which callers press them.

A letter may be pressed in several ways: ö as o or as oe, the Cyrillic х as kh, h or ch, and q and z as on a keypad of
today or as on an old one, which has them on 1 or on 0. Each way is understood.

The table is our own because a library gives each letter one spelling, and callers have several. The one that was tried,
AnyASCII, also takes 4 MB of memory. Accents need no table: Unicode says which letter is under them, for Vietnamese,
Polish and all other Latin alphabets. So the table has the letters that have no accent to take off, those that are
spelled in several ways, and Cyrillic. The letters of other scripts are on no key.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import product
from typing import Final

Ways = tuple[str, ...]
"""The keys that stand for one letter, such as ("6", "63") for ö. An empty text: it may be left out."""

KEYS: Final = {
    letter: key
    for key, letters in enumerate(("abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"), start=2)
    for letter in letters
}

DIGITS: Final = "0123456789"

OLD_KEYS: Final = {"q": "10", "z": "10"}
"""Where keypads before the one of today have them."""

SPELLINGS: Final = {
    # Latin
    "ß": "ss s",
    "ä": "a ae",
    "ö": "o oe",
    "ü": "u ue",
    "æ": "ae a",
    "ø": "o oe",
    "å": "a aa",
    "œ": "oe o",
    "ł": "l",
    "đ": "d dj",
    "ð": "d th",
    "þ": "th t",
    "ı": "i",
    "ħ": "h",
    "ŋ": "n ng",
    "ŧ": "t",
    "ə": "a e",
    "ae": "ae a",
    "oe": "oe o",
    "ue": "ue u",
    # Cyrillic
    "а": "a",
    "б": "b",
    "в": "v w",
    "г": "g h",
    "ґ": "g",
    "ѓ": "g gj",
    "д": "d",
    "ђ": "dj d",
    "е": "e ye je",
    "ё": "e yo io jo o",
    "є": "ye ie je e",
    "ж": "zh j z",
    "з": "z s",
    "ѕ": "dz z",
    "и": "i y",
    "і": "i",
    "ї": "yi i ji",
    "й": "y i j -",
    "ј": "j y",
    "к": "k",
    "ќ": "k kj",
    "л": "l",
    "љ": "lj l",
    "м": "m",
    "н": "n",
    "њ": "nj n",
    "о": "o",
    "п": "p",
    "р": "r",
    "с": "s",
    "т": "t",
    "ћ": "c ch",
    "у": "u ou",
    "ў": "u w",
    "ф": "f",
    "х": "kh h ch",
    "ц": "ts c tz z",
    "ч": "ch c tch tsch",
    "џ": "dzh dz dj",
    "ш": "sh s sch",
    "щ": "shch sch sht schtsch",
    "ъ": "- a ie",
    "ы": "y i",
    "ь": "- j",
    "э": "e",
    "ю": "yu iu ju u",
    "я": "ya ia ja a",
    "кс": "ks x",
    "ий": "y iy ij i",
    "ый": "y iy yi i",
}
"""What callers spell a letter, or two together, as; the most usual first. - is nothing."""

LETTERS: Final = re.compile("|".join([*(pair for pair in SPELLINGS if len(pair) > 1), "."]), re.DOTALL)
"""What is spelled together, or a single letter."""


def pressed(text: str) -> tuple[Ways, ...]:
    """How each letter and digit of a text is pressed. Spaces, marks and letters of other scripts are passed over."""
    return tuple(ways for letter in _letters(text) for ways in _pressed(letter))


def plain(text: str) -> str:
    """The text in the letters a to z, each in its most usual spelling, and digits: for sorting."""
    return "".join(map(_plain, _letters(text)))


def _letters(text: str) -> list[str]:
    return LETTERS.findall(unicodedata.normalize("NFC", text.lower()))


@cache
def _plain(letter: str) -> str:
    return "".join(spellings[0] for spellings in _known(letter))


@cache
def _pressed(letter: str) -> tuple[Ways, ...]:
    return tuple(
        tuple(dict.fromkeys("".join(keys) for spelling in spellings for keys in product(*map(_keys, spelling))))
        for spellings in _known(letter)
    )


def _known(letter: str) -> list[tuple[str, ...]]:
    """What a letter is spelled as, once its accents are taken off where they make no difference.

    A sign that is several letters, such as the ligature of f and i, is spelled as each of them; most signs as nothing.
    """
    if spellings := _spellings(letter):
        return [spellings]
    bare = unicodedata.normalize("NFKD", letter).lower()
    return [spellings for one in bare if (spellings := _spellings(one))]


def _spellings(letter: str) -> tuple[str, ...]:
    if letter in KEYS or letter in DIGITS:
        return (letter,)
    return tuple(spelling.strip("-") for spelling in SPELLINGS.get(letter, "").split())


def _keys(letter: str) -> str:
    """The keys that a letter a to z, or a digit, may be on."""
    return f"{KEYS.get(letter, letter)}{OLD_KEYS.get(letter, '')}"

"""Numbers of people outside: how they are written, and when two of them are the same one.

A line gives 089 5550142 where an address book has +49 89 5550142. Both come to the same key, which is the number with
its country's calling code. What can not be told apart that way, a number without its area code or a short number,
keeps its digits as its key. A pattern such as 0900* stands for all numbers that begin so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from hw.said import said
from hw.tones.toneplan import NumberForms

ANY_END = "*"
"""What a pattern ends in."""
INTERNATIONAL = ("00", "001", "002", "0021", "0011", "010", "011", "810")
"""What is dialled in front of a number abroad, in one country or another. A country takes the first that it knows: some
have several, each by another carrier."""
LONGEST_NUMBER = 20
"""Digits, as caller ID holds them."""

_DRESS = re.compile(r"[\s().\-/\u00a0\u2010-\u2015\u2212\u200b-\u200f\u202a-\u202e]+")
_PUT_IN = re.compile(r"\(0\)")
"""The national prefix in an international number, as in +49 (0)89."""
_INSIDE = re.compile(r"(?:;ext=|\s*(?:,|;|\bext(?:ension)?\b\.?:?|x)\s*)\d{1,8}$", re.IGNORECASE)
"""An extension behind a number: no caller ID has it."""
_SPREADSHEET = re.compile(r"\d[.,]\d+E\+\d+", re.IGNORECASE)
_NUMBER = re.compile(r"\+?[0-9]+\*?")
_SHORTEST_BEHIND_PREFIX = 5
"""Digits: what is shorter, such as 101 where 1 is a prefix, is a number by itself."""
_SHORTEST_SIGNIFICANT, _SHORTEST_INTERNATIONAL = 7, 9
"""Digits of a national number without its prefix, and of an international one without its sign, at the least."""


class NotANumber(ValueError):
    """This is no telephone number; the message says why, in words for people."""


def bare(text: str) -> str:
    """A number or pattern without what only makes it easier to read. Raises NotANumber."""
    given = text.strip()
    if _SPREADSHEET.fullmatch(given):
        raise NotANumber(
            said(
                "%(given)s is a number that a spreadsheet has shortened; give that column the format Text", given=given
            )
        )
    number = _INSIDE.sub("", given.removeprefix("tel:"))
    if number.startswith(("+", "00")):
        number = _PUT_IN.sub("", number)
    number = _DRESS.sub("", number)
    if not number:
        raise NotANumber(said("there is no number"))
    if not _NUMBER.fullmatch(number):
        raise NotANumber(
            said("'%(given)s' is not a telephone number; it has digits, a + in front, a * at the end", given=given[:40])
        )
    digits = len(number.strip("+*"))
    if digits > LONGEST_NUMBER:
        raise NotANumber(
            said(
                "'%(given)s' has %(digits)s digits, and a telephone number at most %(most)s",
                given=given[:40],
                digits=digits,
                most=LONGEST_NUMBER,
            )
        )
    if digits < 2 and not is_pattern(number):
        raise NotANumber(said("'%(given)s' has one digit, and a telephone number at least 2", given=given))
    return number


def is_pattern(number: str) -> bool:
    return number.endswith(ANY_END)


class CallerNumbers:
    """What the numbers of one country's lines mean."""

    def __init__(self, forms: NumberForms) -> None:
        self._forms = forms

    def key(self, number: str) -> str:
        """What is the same for all forms of a bare number, or of the beginning that a pattern gives."""
        forms = self._forms
        digits, pattern = number.removesuffix(ANY_END), is_pattern(number)
        if digits.startswith("+"):
            return digits
        abroad = forms.international_prefix.match(digits)
        if abroad and (pattern or len(digits) >= abroad.end() + _SHORTEST_BEHIND_PREFIX):
            return "+" + digits[abroad.end() :]
        prefix = forms.national_prefix
        if prefix and digits.startswith(prefix) and (pattern or len(digits) >= len(prefix) + _SHORTEST_BEHIND_PREFIX):
            return f"+{forms.calling_code}{digits.removeprefix(prefix)}"
        without = forms.without_prefix
        whole = without.pattern if pattern else without.fullmatch(digits)
        return f"+{forms.calling_code}{digits}" if whole else digits

    def dialled(self, number: str) -> str:
        """The key of what is dialled. An exchange goes by its beginning, whether digits are missing or too many."""
        forms = self._forms
        prefix = forms.national_prefix
        begun = forms.international_prefix.match(number) or (prefix and number.startswith(prefix))
        whole = forms.without_prefix.pattern and forms.without_prefix.match(number)
        return self.key(number + ANY_END) if begun or whole else number

    def keys(self, number: str) -> Iterable[str]:
        """The keys under which the caller with this number may stand, the likeliest first.

        Some lines give a national number without its prefix, or an international one without a sign.
        """
        keys = [self.key(number)]
        if number.isdecimal():
            keys.append(number)
            if len(number) >= _SHORTEST_SIGNIFICANT:
                keys.append(f"+{self._forms.calling_code}{number}")
            if len(number) >= _SHORTEST_INTERNATIONAL:
                keys.append(f"+{number}")
        return dict.fromkeys(keys)

    def written(self, number: str) -> frozenset[str]:
        """The forms in which lines may have given this number."""
        forms = self._forms
        found = {number}
        for key in self.keys(number):
            found.add(key)
            if key.startswith(home := f"+{forms.calling_code}"):
                found |= {key[1:], key.removeprefix(home), forms.national_prefix + key.removeprefix(home)}
        return frozenset(found)

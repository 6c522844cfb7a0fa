"""A person's name as callers spell it on the keys: the last name, then the first name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from appliance.office.keypad import Ways, plain, pressed


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


TITLES: Final = _words(
    "doctor dr mister mr mrs ms miss mx professor prof reverend rev sir herr frau ing dipl-ing mag monsieur madame mme "
    "señor señora sr sra srta dott inż mgr доктор господин госпожа"
)
"""What stands in front of names and is no part of them, without its full stop."""

AFTER_NAMES: Final = _words("jr sr junior senior ii iii iv md phd dds dmd dvm rn esq cpa")
"""The same behind them."""


@dataclass(frozen=True, slots=True)
class Spelled:
    """How a name is spelled: its letters, in one order or in two. order: its place in an alphabetical list."""

    orders: tuple[tuple[Ways, ...], ...]
    order: tuple[str, str]

    def begins_with(self, keys: str) -> bool:
        """Whether somebody who has pressed these keys may be spelling this name."""
        return any(_begin(letters, keys) for letters in self.orders)


def spelled(name: str, last_name: str | None = None) -> Spelled:
    """last_name: where it is not the last word of the name.

    Small words in front of a last name may be spelled or left out: van Gogh is found under V and under G.
    """
    words = _without_titles(name.split() or [name])
    last = (last_name or "").split() or _last_name(words)
    first = _without(last, words)
    small = next(place for place, word in enumerate(last) if not word.islower() or place == len(last) - 1)
    particles, last = last[:small], last[small:]
    orders = [[*particles, *last, *first], [*last, *first, *particles]] if particles else [[*last, *first]]
    ways = tuple(pressed(" ".join(order)) for order in orders)
    return Spelled(ways, (plain(" ".join(last)), plain(" ".join(first))))


def _last_name(words: list[str]) -> list[str]:
    """The last word, with the small words in front of it, unless all words are written small."""
    begin = len(words) - 1
    while begin > 0 and words[begin - 1].islower() and not words[-1].islower():
        begin -= 1
    return words[begin:]


def _without_titles(words: list[str]) -> list[str]:
    """The words without titles around them. A name that consists of nothing else keeps one of them."""
    begin, end = 0, len(words)
    while begin < end - 1 and _title(words[begin]) in TITLES:
        begin += 1
    while begin < end - 1 and _title(words[end - 1]) in AFTER_NAMES:
        end -= 1
    return words[begin:end]


def _title(word: str) -> str:
    return word.replace(".", "").strip(",").lower()


def _without(last: list[str], words: list[str]) -> list[str]:
    """The words of a name without those of the last name, where these are among them."""
    for place in range(len(words)):
        if words[place : place + len(last)] == last:
            return words[:place] + words[place + len(last) :]
    return words


def _begin(letters: Sequence[Ways], keys: str) -> bool:
    """Whether the keys are the beginning of some way to press these letters, or all of it."""
    reached = {0}
    """How many keys may have gone to the letters so far."""
    for ways in letters:
        further: set[int] = set()
        for gone in reached:
            rest = keys[gone:]
            for way in ways:
                if way.startswith(rest):
                    return True
                if rest.startswith(way):
                    further.add(gone + len(way))
        if not further:
            return False
        reached = further
    return len(keys) in reached

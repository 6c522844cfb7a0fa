"""Writes what toneplan.toml says of the numbers of each country anew, from Google's libphonenumber (`phonenumbers`).

.venv/bin/python -m tests.hw.numberplans

Its patterns are walked digit by digit. What may follow a beginning is a set of pieces of pattern, which knows how long
numbers are that begin so, and of which kinds they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from phonenumbers import PhoneMetadata, PhoneNumberType, example_number_for_type, length_of_geographical_area_code

from hw.tones.toneplan import COUNTRIES, tone_plan

FILE = Path(__file__).parents[2] / "hw" / "tones" / "toneplan.toml"
DEEPEST = 6
"""So many digits of a number are told apart, at most: ranges that are split up further count as a whole."""
DEEPEST_KIND = 4
"""The same of what kind numbers are: where ranges of another kind are between them, they count as ordinary ones."""
KEYS = ("before_area", "longest", "area_codes", "mobile", "free")
KINDS = (
    "fixed_line",
    "mobile",
    "toll_free",
    "premium_rate",
    "shared_cost",
    "personal_number",
    "voip",
    "uan",
    "pager",
    "voicemail",
)
BESIDES = ("pager", "voicemail")
"""Kinds whose numbers may stand between those of mobile telephones."""

Pieces = tuple[Any, ...]
"""Pieces of a pattern, one behind the other: a set of digits, branches, or a repeated piece."""
Tree = Any
"""What is true of all numbers that begin so; or a mapping with what is, by the next digit."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What may follow a beginning in numbers of one kind, whose lengths these are."""

    kind: str
    lengths: frozenset[int]
    pieces: frozenset[Pieces]

    def whole(self, depth: int) -> list[int]:
        """The lengths of the numbers that begin so. depth: how many digits have been dialled."""
        return sorted({depth + more for pieces in self.pieces for more in _lengths_of(pieces)} & self.lengths)


Behind = tuple[Followed, ...]


def region(country: str) -> str:
    """The library's name of a country."""
    return "GB" if country == "uk" else country.upper()


def before_area(country: str) -> str:
    """What is dialled before a national number, as a regular expression."""
    match country:
        case "us" | "ca":  # In many places numbers are dialled without the 1, too.
            return "1?(?=[2-9])"
        case "br":  # Two digits choose a carrier, but not for freephone numbers and the like.
            return r"0(?:(?=[3589]00)|[1-9]\d)"
    return tone_plan(country).number_forms.national_prefix


def longest(country: str) -> dict[str, str]:
    """By the digits of the longest national numbers that begin so: their beginnings, as a regular expression."""

    def known(behind: Behind, depth: int) -> int | None:
        if depth == DEEPEST or not _next(behind, depth):
            return max(length for one in behind for length in one.whole(depth))
        return None

    found = _by_leaf(_tree(_begun(country), known))
    return {str(length): _written(found[length]) for length in sorted(found)}


def of_kind(country: str, wanted: str) -> str:
    """How all national numbers begin that are of this kind, as a regular expression."""

    def known(behind: Behind, depth: int) -> bool | None:
        of_it = {one.kind == wanted for one in behind if one.kind not in BESIDES} or {True}
        if len(of_it) == 1:
            return True in of_it
        return False if depth == DEEPEST_KIND or not _next(behind, depth) else None

    found = _by_leaf(_tree(_begun(country), known)).get(True)
    return "" if found is None else _written(found)


def answers(country: str) -> dict[str, str]:
    """The answers of a country's tone plan that come from the library, as toneplan.toml has them."""
    fixed = example_number_for_type(region(country), PhoneNumberType.FIXED_LINE)
    lengths = ", ".join(f"{length} = '{beginnings}'" for length, beginnings in longest(country).items())
    return {
        "before_area": f"'{before_area(country)}'",
        "longest": f"{{ {lengths} }}",
        "area_codes": "true" if length_of_geographical_area_code(fixed) else "false",
        "mobile": f"'{of_kind(country, 'mobile')}'",
        "free": f"'{of_kind(country, 'toll_free')}'",
    }


def renewed(text: str) -> str:
    """toneplan.toml with the answers of all countries, each below the country's own `prefix_codes` or name."""
    parts = re.split(r"(?m)^(?=\[\w+\]$)", text)
    return "".join(_with_answers(part) for part in parts)


def _with_answers(section: str) -> str:
    country = section[1 : section.find("]")]
    if country not in COUNTRIES:
        return section
    bare = re.sub(rf"(?m)^(?:{'|'.join(KEYS)}) = .*\n", "", section)
    lines = "".join(f"{key} = {answer}\n" for key, answer in answers(country).items())
    behind = bare.index("\n", bare.index("prefix_codes = " if "prefix_codes = " in bare else "name = ")) + 1
    return bare[:behind] + lines + bare[behind:]


# Patterns


class _Reader:
    """Reads a pattern: digits, sets of them, branches in brackets, and how often each is repeated."""

    def __init__(self, pattern: str) -> None:
        self._left = re.sub(r"\s", "", pattern)

    def branches(self) -> tuple[Pieces, ...]:
        """Up to the end, or to the bracket that closes these."""
        found = [self._pieces()]
        while self._take("|"):
            found.append(self._pieces())
        return tuple(found)

    def _pieces(self) -> Pieces:
        found: list[Any] = []
        while self._left and self._left[0] not in "|)":
            found.append(self._repeated(self._piece()))
        return tuple(found)

    def _piece(self) -> Any:
        if self._take("(?:"):
            inside = self.branches()
            assert self._take(")")
            return ("either", inside)
        if self._take(r"\d"):
            return frozenset("0123456789")
        one, self._left = re.match(r"(\[[\d-]+\]|\d)(.*)", self._left).groups()  # type: ignore[union-attr]
        return frozenset(digit for digit in "0123456789" if re.match(one, digit))

    def _repeated(self, piece: Any) -> Any:
        if self._take("?"):
            return ("repeat", 0, 1, (piece,))
        if (times := re.match(r"\{(\d+)(?:,(\d+))?\}", self._left)) is None:
            return piece
        self._left = self._left[times.end() :]
        return ("repeat", int(times[1]), int(times[2] or times[1]), (piece,))

    def _take(self, text: str) -> bool:
        taken = self._left.startswith(text)
        self._left = self._left.removeprefix(text)
        return taken


@cache
def _after(pieces: Pieces, digit: str) -> frozenset[Pieces]:
    """What may follow when this digit has been dialled."""
    if not pieces:
        return frozenset()
    first, *others = pieces
    rest = tuple(others)
    match first:
        case ("either", branches):
            return frozenset().union(*(_after(branch + rest, digit) for branch in branches))
        case ("repeat", least, most, repeated):
            without = _after(rest, digit) if least == 0 else frozenset()
            again = (("repeat", max(least - 1, 0), most - 1, repeated),) if most > 1 else ()
            return without | _after(repeated + again + rest, digit)
    return frozenset({rest}) if digit in first else frozenset()


@cache
def _lengths_of(pieces: Pieces) -> frozenset[int]:
    if not pieces:
        return frozenset({0})
    first, *others = pieces
    rest = _lengths_of(tuple(others))
    match first:
        case ("either", branches):
            here: frozenset[int] = frozenset().union(*(_lengths_of(branch) for branch in branches))
        case ("repeat", least, most, repeated):
            one, here, sums = _lengths_of(repeated), frozenset(), frozenset({0})
            for times in range(most + 1):
                here = here | sums if times >= least else here
                sums = frozenset(a + b for a in sums for b in one)
        case _:
            here = frozenset({1})
    return frozenset(a + b for a in here for b in rest)


# Beginnings


def _begun(country: str) -> Behind:
    """What may follow where nothing has been dialled."""
    metadata = PhoneMetadata.metadata_for_region(region(country))
    described = ((kind, getattr(metadata, kind)) for kind in KINDS)
    return tuple(
        Followed(kind, frozenset(one.possible_length), frozenset(_Reader(one.national_number_pattern).branches()))
        for kind, one in described
        if one is not None and one.national_number_pattern
    )


def _next(behind: Behind, depth: int) -> dict[str, Behind]:
    """What may follow by the next digit. depth: how many have been dialled before that."""
    found = {}
    for digit in "0123456789":
        taken = ((one, frozenset().union(*(_after(pieces, digit) for pieces in one.pieces))) for one in behind)
        more = tuple(replace(one, pieces=pieces) for one, pieces in taken)
        if there := tuple(one for one in more if one.whole(depth + 1)):
            found[digit] = there
    return found


def _tree(behind: Behind, known: Callable[[Behind, int], Any], depth: int = 0) -> Tree:
    """What is true of the numbers that begin so, split up by their next digits only where they differ."""
    if (leaf := known(behind, depth)) is not None:
        return leaf
    branches = {digit: _tree(more, known, depth + 1) for digit, more in _next(behind, depth).items()}
    first, *others = branches.values()
    alike = not isinstance(first, Mapping) and all(other == first for other in others)
    return first if alike and depth > 0 else branches  # Digits that no number begins with are other things.


def _by_leaf(tree: Tree) -> dict[Any, Tree]:
    """For each leaf, the tree of the beginnings that lead to it: it ends in True."""
    if not isinstance(tree, Mapping):
        return {tree: True}
    found: dict[Any, dict[str, Tree]] = {}
    for digit, branch in tree.items():
        for leaf, part in _by_leaf(branch).items():
            found.setdefault(leaf, {})[digit] = part
    return found


def _written(tree: Tree) -> str:
    """The beginnings of a tree as a regular expression."""
    if not isinstance(tree, Mapping):
        return ""
    digits: dict[str, str] = {}
    for digit, branch in tree.items():
        behind = _written(branch)
        digits[behind] = digits.get(behind, "") + digit
    parts = [_one_of(found) + behind for behind, found in digits.items()]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def _one_of(digits: str) -> str:
    if len(digits) == 1:
        return digits
    return r"\d" if len(digits) == 10 else f"[{''.join(_runs(digits))}]"


def _runs(digits: str) -> Iterator[str]:
    """Digits in ascending order, three and more in a row as 2-4."""
    start = last = digits[0]
    for digit in [*digits[1:], ""]:
        if digit and int(digit) == int(last) + 1:
            last = digit
            continue
        yield start if start == last else f"{start}{last}" if int(last) == int(start) + 1 else f"{start}-{last}"
        start = last = digit


if __name__ == "__main__":
    FILE.write_text(renewed(FILE.read_text("utf-8")), "utf-8")

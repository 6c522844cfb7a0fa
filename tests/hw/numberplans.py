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
from re import _parser as parser  # type: ignore[attr-defined]
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


def _pieces(parsed: Any) -> Pieces:
    return tuple(_piece(str(kind), what) for kind, what in parsed)


def _piece(kind: str, what: Any) -> Any:
    match kind:
        case "LITERAL":
            return frozenset(chr(what))
        case "IN":
            return frozenset().union(*(_digits(str(one), value) for one, value in what))
        case "BRANCH":
            return ("either", tuple(_pieces(one) for one in what[1]))
        case "SUBPATTERN":
            return ("either", (_pieces(what[3]),))
        case "MAX_REPEAT":
            least, most, repeated = what
            return ("repeat", int(least), int(most), _pieces(repeated))
    raise ValueError(f"numbers are not written with {kind}")


def _digits(kind: str, value: Any) -> frozenset[str]:
    match kind:
        case "LITERAL":
            return frozenset(chr(value))
        case "RANGE":
            return frozenset(map(chr, range(value[0], value[1] + 1)))
    return frozenset("0123456789")


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
        Followed(kind, frozenset(one.possible_length), frozenset({_pieces(parser.parse(one.national_number_pattern))}))
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

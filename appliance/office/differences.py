"""What differs between two office documents, field by field, and the third document that has the changes of both.

Entries of a list are told from one another by their id, port or name, so that a person who comes first in the list
changes nobody behind. Where a call goes is one thing, however many fields it is written with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from appliance.office.leading import NEEDS

Fields = dict[str, Any]
Steps = tuple[str | int, ...]


class _Missing:
    def __repr__(self) -> str:
        return "MISSING"


MISSING: Final[Any] = _Missing()
"""In place of the value of a field that is not there."""

IDENTITIES = ("id", "port", "name")
"""By which entries of a list are known, the best first."""

DESTINATION = ("action", *dict.fromkeys(NEEDS.values()))
"""The fields that say together where a call goes."""


@dataclass(frozen=True, slots=True)
class Difference:
    """steps: where, in the document that has it, the new one if both have. before, after: the values, or MISSING."""

    steps: Steps
    before: Any
    after: Any


def differences(before: Any, after: Any, steps: Steps = ()) -> Iterator[Difference]:
    """Each field that differs, in the order of the new document and behind it what only the old one has."""
    if before == after:
        return
    if isinstance(before, dict) and isinstance(after, dict):
        if "action" in before or "action" in after:
            old, new = leading_part(before), leading_part(after)
            if old != new:
                yield Difference(steps, old, new)
            before, after = _rest(before), _rest(after)
        for name in [*after, *(name for name in before if name not in after)]:
            yield from differences(before.get(name, MISSING), after.get(name, MISSING), (*steps, name))
    elif (by := _identity(before, after)) is not None:
        old_entries, new_entries = _entries(before, by), _entries(after, by)
        for place, id in enumerate(new_entries):
            yield from differences(old_entries.get(id, MISSING), new_entries[id], (*steps, place))
        for place, id in enumerate(old_entries):
            if id not in new_entries:
                yield Difference((*steps, place), old_entries[id], MISSING)
        if list(old_entries) != list(new_entries) and set(old_entries) == set(new_entries):
            yield Difference(steps, list(old_entries), list(new_entries))
    else:
        yield Difference(steps, before, after)


@dataclass(frozen=True, slots=True)
class Merged:
    """document: with the changes of both. conflicts: what both have changed, and not alike: as we have it, and they."""

    document: Fields
    conflicts: tuple[Difference, ...]


def merged(
    base: Fields, ours: Fields, theirs: Fields, theirs_count: Callable[[Steps], bool] = lambda _steps: False
) -> Merged:
    """What became of `base` by our changes and theirs. Where they conflict, ours count, if not theirs do."""
    merging = _Merging(theirs_count)
    document = merging.value(base, ours, theirs, ())
    return Merged(document, tuple(merging.conflicts))


class _Merging:
    def __init__(self, theirs_count: Callable[[Steps], bool]) -> None:
        self.conflicts: list[Difference] = []
        self._theirs_count = theirs_count

    def value(self, base: Any, ours: Any, theirs: Any, steps: Steps) -> Any:
        if ours == theirs or theirs == base:
            return ours
        if ours == base:
            return theirs
        if isinstance(ours, dict) and isinstance(theirs, dict):
            return self._group(base if isinstance(base, dict) else {}, ours, theirs, steps)
        listed = base if isinstance(base, list) else []
        if (by := _identity(ours, theirs)) is not None and (not listed or _identity(listed, ours) == by):
            return self._list(by, listed, ours, theirs, steps)
        return self._either(ours, theirs, steps)

    def _either(self, ours: Any, theirs: Any, steps: Steps) -> Any:
        self.conflicts.append(Difference(steps, ours, theirs))
        return theirs if self._theirs_count(steps) else ours

    def _group(self, base: Fields, ours: Fields, theirs: Fields, steps: Steps) -> Fields:
        group: Fields = {}
        if "action" in ours or "action" in theirs:
            old, our, their = map(leading_part, (base, ours, theirs))
            alike = our if our == their or their == old else their if our == old else None
            group |= alike if alike is not None else self._either(our, their, steps)
            base, ours, theirs = _rest(base), _rest(ours), _rest(theirs)
        for name in dict.fromkeys([*ours, *theirs]):
            sides = [side.get(name, MISSING) for side in (base, ours, theirs)]
            value = self.value(sides[0], sides[1], sides[2], (*steps, name))
            if value is not MISSING:
                group[name] = value
        return group

    def _list(self, by: str, base: list[Any], ours: list[Any], theirs: list[Any], steps: Steps) -> list[Any]:
        sides = [_entries(side, by) for side in (base, ours, theirs)]
        places = list(sides[1])
        merged_entries = []
        for id in dict.fromkeys([*sides[1], *sides[2]]):
            place = places.index(id) if id in places else len(places)
            old, our, their = (side.get(id, MISSING) for side in sides)
            value = self.value(old, our, their, (*steps, place))
            if value is not MISSING:
                merged_entries.append(value)
        return merged_entries


def leading_part(group: Mapping[str, Any]) -> Fields:
    """The fields of a group that say where a call goes."""
    return {name: group[name] for name in DESTINATION if name in group}


def _rest(group: Mapping[str, Any]) -> Fields:
    return {name: value for name, value in group.items() if name not in DESTINATION}


def _identity(one: Any, other: Any) -> str | None:
    """The field by which the entries of both lists are known; None where there is none."""
    if not isinstance(one, list) or not isinstance(other, list):
        return None
    for by in IDENTITIES:
        if one + other and all(_known(entries, by) for entries in (one, other)):
            return by
    return None


def _known(entries: Sequence[Any], by: str) -> bool:
    if not all(isinstance(entry, dict) and isinstance(entry.get(by), str) for entry in entries):
        return False
    return len({entry[by] for entry in entries}) == len(entries)


def _entries(listed: Sequence[Mapping[str, Any]], by: str) -> dict[str, Any]:
    return {entry[by]: entry for entry in listed}

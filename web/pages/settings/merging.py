"""What two people have changed at once, put together; what both have changed is told, and not overwritten unseen."""

from __future__ import annotations

from dataclasses import dataclass, field

from web.pages.settings.absent import ABSENT, Value


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that both have changed. theirs: what the other has put there; mine: what stands in this form."""

    path: str
    mine: Value
    theirs: Value


@dataclass
class Merge:
    """Values by their fields, and what both have changed."""

    values: dict[str, Value] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)


def merged(base: dict[str, Value], mine: dict[str, Value], theirs: dict[str, Value]) -> Merge:
    """base: what both began with. Of a field that both have changed, mine is in the values.

    Groups and dictionaries are compared field by field, lists as wholes: an entry of a list has no name by which the
    two could be told to mean the same one.
    """
    merge = Merge()
    for name in mine:
        was, here, there = (each.get(name, ABSENT) for each in (base, mine, theirs))
        merge.values[name] = _one(name, was, here, there, merge.conflicts)
    return merge


def _one(path: str, base: Value, mine: Value, theirs: Value, conflicts: list[Conflict]) -> Value:
    if mine in (base, theirs):
        return theirs
    if theirs == base:
        return mine
    if isinstance(mine, dict) and isinstance(theirs, dict):
        was = base if isinstance(base, dict) else {}
        found = {}
        for name in dict.fromkeys([*theirs, *mine]):
            before, here, there = (each.get(name, ABSENT) for each in (was, mine, theirs))
            value = _one(f"{path}.{name}", before, here, there, conflicts)
            if value is not ABSENT:
                found[name] = value
        return found
    conflicts.append(Conflict(path, mine, theirs))
    return mine

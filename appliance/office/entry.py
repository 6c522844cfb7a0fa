"""A group of fields that stands by itself, such as a contact: checked by how its class declares them, and read.

The office document is checked by a schema. Here there may be 100,000 groups, from a file that somebody else wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar

from appliance.office.field import Limits, Meaning, TextPattern, document_fields
from appliance.office.problem import Problem
from appliance.office.reading import read
from hw.nearest import nearest
from hw.said import fixed, in_a_row, said

Entry = TypeVar("Entry")


class EntryErrors(ValueError):
    """A group that cannot be used. `problems` holds every mistake found; a problem's path is the field."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(in_a_row(*(problem.told for problem in problems), by="; "))
        self.problems: tuple[Problem, ...] = tuple(problems)


def read_entry(kind: type[Entry], group: Mapping[str, Any]) -> Entry:
    """What a group says. Raises EntryErrors with all of its mistakes."""
    if problems := list(_problems(kind, group)):
        raise EntryErrors(problems)
    return read(kind, group)


def written_entry(entry: Any) -> dict[str, Any]:
    """The group that says what this entry does."""
    kind: type = type(entry)
    group = {field.name: getattr(entry, field.name) for field in document_fields(kind)}
    return {name: value.value if isinstance(value, Enum) else value for name, value in group.items()}


def _problems(kind: type, group: Mapping[str, Any]) -> Iterator[Problem]:
    fields = {field.name: field for field in document_fields(kind)}
    unknown = {name: nearest(name, fields) for name in group if name not in fields}
    for name, near in unknown.items():
        yield Problem(name, said("is not known here"), near)
    for name, field in fields.items():
        if name in group:
            yield from _wrong(name, group[name], field.meaning)
        elif field.required and name not in unknown.values():
            yield Problem(name, said("is missing"))


def _wrong(name: str, value: Any, meant: Meaning) -> Iterator[Problem]:
    kind = meant.kind
    if issubclass(kind, Enum):
        words = [word.value for word in kind]
        if value not in words:
            near = nearest(value, words) if isinstance(value, str) else ""
            yield Problem(name, said("must be one of %(words)s", words=tuple(words)), near)
    elif kind is int:
        assert isinstance(meant.limits, Limits)
        if isinstance(value, bool) or not isinstance(value, int):
            yield Problem(name, said("must be a whole number"))
        elif not meant.limits.least <= value <= meant.limits.most:
            yield Problem(
                name,
                said(
                    "must be from %(least)s to %(most)s", least=f"{meant.limits.least:g}", most=f"{meant.limits.most:g}"
                ),
            )
    elif not isinstance(value, str):
        yield Problem(name, said("must be text"))
    elif not value.isprintable():
        yield Problem(name, said("holds a line break or another character that cannot be shown"))
    else:
        match meant.limits:
            case TextPattern(expression=expression, words=words_for_it) if not re.search(expression, value):
                yield Problem(name, said("must be %(what)s", what=fixed(words_for_it)))
            case Limits(least=least) if len(value) < least:
                yield Problem(name, said("must not be empty"))
            case Limits(most=most) if len(value) > most:
                yield Problem(
                    name,
                    said(
                        "must be at most %(most)s characters long, and has %(length)s",
                        most=f"{most:g}",
                        length=len(value),
                    ),
                )

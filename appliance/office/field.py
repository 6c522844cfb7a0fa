"""How a field of the office document is declared: once, in a frozen class, with all that is known of it.

    ring_seconds: Annotated[float, Limits(5, 120), "How long the telephone rings, in seconds."] = 20.0

A field that has a sentence is one of the document. From its type, limits, default and sentence come the published
schema and with it the check of documents (`schema.py`), what a document is read into (`reading.py`), and the tables of
docs/office.md. A field without a sentence is worked out by the program.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields
from datetime import time
from enum import Enum
from functools import cache
from types import NoneType
from typing import Annotated, Any, get_args, get_origin, get_type_hints


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a number, of the characters of a text, or of the entries of a list.

    words: what the value must be, if the figures alone would not tell people.
    """

    least: float
    most: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class TextPattern:
    """The regular expression that a text must match. words: what the text must be, for people."""

    expression: str
    words: str


@dataclass(frozen=True, slots=True)
class SameAs:
    """A document that leaves the field out means the value of this other field of the group."""

    field: str


@dataclass(frozen=True, slots=True)
class WrittenAs:
    """The document has what the type `form` declares, fields or a text, and `fact` makes of it what the office has."""

    form: type
    fact: Callable[[Any], object]


Name = Annotated[str, Limits(1, 60)]
Id = Annotated[
    str, TextPattern("^[a-z][a-z0-9-]{0,31}$", "small letters, digits and hyphens, beginning with a letter, at most 32")
]
Port = Annotated[
    str, TextPattern("^[a-z0-9][a-z0-9-]{0,31}$", "a port's name, such as fxo-1: small letters, digits and hyphens")
]
Spoken = Annotated[str, Limits(0, 1000)]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A type with what its annotations say. `kind` is the type of the document's values, `sentence` explains them.

    limits: None where the type alone limits them. same_as: the field that has the value if this one is left out. fact:
    makes of the document's value what the office has.
    """

    kind: Any
    sentence: str = ""
    limits: Limits | TextPattern | None = None
    same_as: str = ""
    fact: Callable[[Any], object] | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the document. default: as a document would write it; None if it could not write it so."""

    name: str
    required: bool
    meaning: Meaning
    default: str | float | None


def meaning(annotated: Any) -> Meaning:
    """What a type means, with the annotations it has here and those of its own."""
    if get_origin(annotated) is Annotated:
        inner, *notes = get_args(annotated)
    else:
        inner, notes = annotated, []
    if NoneType in get_args(inner):
        inner = next(one for one in get_args(inner) if one is not NoneType)
    if get_origin(inner) is Annotated:
        inner, *more = get_args(inner)
        notes = [*more, *notes]
    found: dict[str, Any] = {}
    for note in notes:
        match note:
            case str():
                found["sentence"] = note
            case Limits() | TextPattern():
                found["limits"] = note
            case SameAs():
                found["same_as"] = note.field
            case WrittenAs():
                inner, found["fact"] = note.form, note.fact
    return Meaning(inner, **found)


@cache
def document_fields(kind: type) -> tuple[Field, ...]:
    """The fields that a document has for a class, in the order in which they are declared."""
    meanings = {name: meaning(hint) for name, hint in get_type_hints(kind, include_extras=True).items()}
    return tuple(
        Field(
            name=field.name,
            required=field.default is field.default_factory is MISSING and not meanings[field.name].same_as,
            meaning=meanings[field.name],
            default=_written(field.default, meanings[field.name].limits),
        )
        for field in fields(kind)
        if meanings[field.name].sentence
    )


def _may_be_empty(limits: Limits | TextPattern | None) -> bool:
    match limits:
        case Limits(least=least):
            return least == 0
        case TextPattern(expression=expression):
            return re.search(expression, "") is not None
    return True


def _written(default: object, limits: Limits | TextPattern | None) -> str | float | None:
    """A default as a document would write it. None for an empty text that may not be written, as by a pattern."""
    if isinstance(default, time):
        return f"{default:%H:%M}"
    if isinstance(default, Enum):
        return str(default.value)
    if isinstance(default, str):
        return default if default or _may_be_empty(limits) else None
    if isinstance(default, float) and default.is_integer():
        return int(default)
    return default if isinstance(default, (int, float)) else None

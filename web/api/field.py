"""What programs send and get, declared: checked by it, and described by it as JSON Schema (draft 2020-12)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["string", "integer", "number", "boolean", "array", "object"]

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list,),
    "object": (dict,),
}


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something that was sent and cannot be: where, and why."""

    at: str
    why: str


@dataclass(frozen=True, slots=True)
class Field:
    """One value. Those that are sent have limits; what is got has none."""

    kind: Kind
    says: str = ""
    """What it is, in a sentence."""
    required: bool = True
    """Whether it must be sent."""
    choices: tuple[str, ...] = ()
    """The texts it may be; empty: any."""
    longest: int = 200
    """Characters, or entries."""
    least: float | None = None
    """The smallest number."""
    most: float | None = None
    """The largest number."""
    default: Any = None
    """What stands for it where it is not sent."""
    null: bool = False
    """Whether it may be null."""
    items: Field | None = None
    """What an array has."""
    fields: Mapping[str, Field] = field(default_factory=dict)
    """What an object has; without any, it may have anything."""

    def schema(self, *, sent: bool) -> dict[str, Any]:
        """As JSON Schema. sent: with its limits."""
        found: dict[str, Any] = {"type": [self.kind, "null"] if self.null else self.kind}
        if self.says:
            found["description"] = self.says
        if self.choices:
            found["enum"] = [*self.choices, *([None] if self.null else [])]
        if self.items is not None:
            found["items"] = self.items.schema(sent=sent)
        if self.fields:
            found["properties"] = {name: one.schema(sent=sent) for name, one in self.fields.items()}
            found["required"] = [name for name, one in self.fields.items() if one.required]
        if sent:
            limits = {"string": "maxLength", "array": "maxItems"}
            found |= {limits[self.kind]: self.longest} if self.kind in limits else {}
            found |= {"minimum": self.least} if self.least is not None else {}
            found |= {"maximum": self.most} if self.most is not None else {}
            found |= {"additionalProperties": False} if self.fields else {}
            found |= {"default": self.default} if self.default is not None else {}
        return found

    def mistakes(self, value: Any, at: str) -> Iterator[Mistake]:
        """What is wrong with a value that was sent."""
        if value is None and self.null:
            return
        if not isinstance(value, _TYPES[self.kind]) or (isinstance(value, bool) and self.kind != "boolean"):
            yield Mistake(at, f"must be of type {self.kind}")
        elif isinstance(value, str):
            yield from self._in_text(value, at)
        elif isinstance(value, list):
            if len(value) > self.longest:
                yield Mistake(at, f"may have {self.longest} entries")
            for number, one in enumerate(value[: self.longest]):
                yield from self.items.mistakes(one, f"{at}/{number}") if self.items is not None else ()
        elif isinstance(value, dict):
            yield from mistakes_in(self.fields, value, at)
        elif self.kind in ("integer", "number") and not self._in_bounds(value):
            yield Mistake(at, f"must lie between {self.least:g} and {self.most:g}")

    def _in_bounds(self, value: float) -> bool:
        return (self.least is None or value >= self.least) and (self.most is None or value <= self.most)

    def _in_text(self, value: str, at: str) -> Iterator[Mistake]:
        if len(value) > self.longest:
            yield Mistake(at, f"may have {self.longest} characters")
        elif self.choices and value not in self.choices:
            yield Mistake(at, f"must be one of {', '.join(self.choices)}")
        elif any(unicodedata.category(char) in ("Cc", "Cs") and char not in "\n\t" for char in value):
            yield Mistake(at, "has characters that are no text")


def mistakes_in(fields: Mapping[str, Field], given: Mapping[str, Any], at: str) -> Iterator[Mistake]:
    """What is wrong with an object: what it lacks, has too much, or has wrong."""
    for name in given.keys() - fields.keys():
        yield Mistake(f"{at}/{name[:40]}", "is not known here")
    for name, one in fields.items():
        if name in given:
            yield from one.mistakes(given[name], f"{at}/{name}")
        elif one.required:
            yield Mistake(f"{at}/{name}", "is missing")


def text(says: str = "", **more: Any) -> Field:
    return Field("string", says, **more)


def whole(says: str = "", **more: Any) -> Field:
    return Field("integer", says, **more)


def number(says: str = "", **more: Any) -> Field:
    return Field("number", says, **more)


def flag(says: str = "", **more: Any) -> Field:
    return Field("boolean", says, **more)


def record(says: str = "", /, **fields: Field) -> Field:
    return Field("object", says, fields=fields)


def several(of: Field, says: str = "", **more: Any) -> Field:
    return Field("array", says, items=of, **more)

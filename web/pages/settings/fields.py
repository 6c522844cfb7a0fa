"""The fields of the office document as forms have them: a tree, made of the schema that the unit publishes.

`place` names a field wherever it stands, by the group that declares it, such as `person.extension`; the labels, helps
and choices of this package are found by it. Forms name their inputs by the path from the page's beginning, such as
`follow_me[0].ring`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from web.pages.settings.pickers import CHOOSERS, FIXED, KEY_CHOOSERS, SECRETS, USUAL


class FieldKind(Enum):
    """How a field is filled in, and what its template is called."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    YES = "yes"
    TIME = "time"
    SECRET = "secret"
    CHOICE = "choice"
    TICKS = "ticks"
    """Some of a few, in no order."""
    LINES = "lines"
    """A list of texts, one a line."""
    SPANS = "spans"
    """From when until when, several times a day."""
    GROUP = "group"
    ROWS = "rows"
    """A list of groups, or of choices in an order."""
    TABLE = "table"
    """A dictionary: rows that have a name each."""
    FIXED = "fixed"
    """Shown, and never changed."""


LONG_FROM = 300
"""Characters. A text that may be longer gets several lines."""

_TIME = "^([01][0-9]|2[0-3]):[0-5][0-9]$"
_SPAN_BEGINS = "^([01][0-9]|2[0-3]):[0-5][0-9] ?-"
_LANGUAGE_BEGINS = "the code of a language"


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of the document."""

    name: str
    """What the document calls it within its group; empty for an entry of a list."""
    place: str
    """The group that declares it, and its name."""
    kind: FieldKind
    sentence: str = ""
    """What the document's schema says of it."""
    must: str = ""
    """What the value must be, in the schema's words; empty where the type says it all."""
    required: bool = False
    default: Any = None
    least: float | None = None
    most: float | None = None
    whole: bool = False
    """Whether a number has no fraction."""
    empty_is_said: bool = False
    """Whether an empty text means something else than a field that is left out."""
    options: tuple[str, ...] = ()
    """The words of an enumeration."""
    chooser: str = ""
    """What is chosen from, by a name of `choices.py`; empty: from the options."""
    key_chooser: str = ""
    """The same for the names of a table's rows."""
    usual: bool = False
    """Whether ticks that are left out mean the usual, and not none."""
    inside: tuple[FormField, ...] = ()
    """The fields of a group; of rows and tables: what one entry is."""

    @property
    def entry(self) -> FormField:
        """What one entry of the rows or the table is."""
        return self.inside[0]

    def called(self, name: str) -> FormField:
        """The field of this group that has the name."""
        return next(one for one in self.inside if one.name == name)


def office_fields(schema: dict[str, Any]) -> FormField:
    """The whole document, as a group."""
    properties = {name: part for name, part in schema["properties"].items() if name != "$schema"}
    return _group("", "office", schema | {"properties": properties}, schema["$defs"])


def every_field(field: FormField, path: str = "") -> Iterator[tuple[str, FormField]]:
    """All fields that can be filled in, with their paths; entries of lists and dictionaries as `[]`."""
    for one in field.inside:
        own = one.name if field.kind is FieldKind.GROUP else "[]"
        here = f"{path}.{own}" if path and own != "[]" else path + own
        if one.name:
            yield here, one
        yield from every_field(one, here)


def _group(name: str, place: str, schema: dict[str, Any], groups: dict[str, Any]) -> FormField:
    inside = tuple(
        _field(one, f"{place}.{one}", part, groups, one in schema["required"])
        for one, part in schema["properties"].items()
    )
    return FormField(name, place, FieldKind.GROUP, schema.get("description", ""), inside=inside)


def _field(name: str, place: str, schema: dict[str, Any], groups: dict[str, Any], required: bool) -> FormField:
    said: dict[str, Any] = {
        "sentence": schema.get("description", ""),
        "must": schema.get("title", ""),
        "required": required,
        "default": schema.get("default"),
    }
    if "$ref" in schema:
        called = schema["$ref"].rpartition("/")[2]
        group = _group(name, called, groups[called], groups)
        return replace(group, place=place, **said)
    if "patternProperties" in schema:
        (within,) = schema["patternProperties"].values()
        entry = _field("", f"{place}[]", within, groups, True)
        return FormField(name, place, FieldKind.TABLE, **said, key_chooser=KEY_CHOOSERS.get(place, ""), inside=(entry,))
    if schema.get("type") == "array":
        return _list(name, place, schema, groups, said)
    return _leaf(name, place, schema, said)


def _list(name: str, place: str, schema: dict[str, Any], groups: dict[str, Any], said: dict[str, Any]) -> FormField:
    items = schema["items"]
    entry = _field("", f"{place}[]", items, groups, True)
    least, most = schema.get("minItems"), schema.get("maxItems")
    if items.get("pattern", "").startswith(_SPAN_BEGINS):
        return FormField(name, place, FieldKind.SPANS, **said, most=most)
    if schema.get("uniqueItems") and (entry.kind is FieldKind.CHOICE or place in CHOOSERS):
        picked: dict[str, Any] = {"options": entry.options, "chooser": CHOOSERS.get(place, entry.chooser)}
        return FormField(name, place, FieldKind.TICKS, **said, least=least, most=most, usual=place in USUAL, **picked)
    if entry.kind in (FieldKind.GROUP, FieldKind.CHOICE):
        return FormField(name, place, FieldKind.ROWS, **said, least=least, most=most, inside=(entry,))
    return FormField(name, place, FieldKind.LINES, **said, least=least, most=most)


def _leaf(name: str, place: str, schema: dict[str, Any], said: dict[str, Any]) -> FormField:
    if "enum" in schema:
        return FormField(name, place, FieldKind.CHOICE, **said, options=tuple(schema["enum"]))
    kind = schema["type"]
    if kind == "boolean":
        return FormField(name, place, FieldKind.YES, **said)
    if kind in ("integer", "number"):
        limits: dict[str, Any] = {"least": schema.get("minimum"), "most": schema.get("maximum")}
        return FormField(name, place, FieldKind.NUMBER, **said, **limits, whole=kind == "integer")
    chooser = CHOOSERS.get(place) or ("languages" if said["must"].startswith(_LANGUAGE_BEGINS) else "")
    pattern = schema.get("pattern", "")
    may_be_empty = not schema.get("minLength") and (not pattern or re.search(pattern, "") is not None)
    said |= {"most": schema.get("maxLength"), "empty_is_said": may_be_empty and bool(said["default"])}
    if place in FIXED:
        return FormField(name, place, FieldKind.FIXED, **said)
    if place in SECRETS:
        return FormField(name, place, FieldKind.SECRET, **said)
    if chooser:
        return FormField(name, place, FieldKind.CHOICE, **said, chooser=chooser)
    if pattern == _TIME:
        return FormField(name, place, FieldKind.TIME, **said)
    return FormField(name, place, FieldKind.LONG if (said["most"] or 0) > LONG_FROM else FieldKind.TEXT, **said)

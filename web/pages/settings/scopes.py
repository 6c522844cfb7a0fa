"""What one form is about: some fields of the document, or one entry of a list."""

from __future__ import annotations

import copy
import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from web.pages.settings.absent import ABSENT, Value
from web.pages.settings.collections import Collection, PagePart
from web.pages.settings.fields import FormField

Document = dict[str, Any]
Values = dict[str, Value]
"""The values of a form's fields, by their names in it; ABSENT for those that the document leaves out."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Fields of the document itself."""

    fields: dict[str, FormField]
    """By their names in the form."""
    parts: tuple[PagePart, ...]
    at: str = ""
    """Where in the schema they are, such as `people[]`; empty: the document itself."""

    def take(self, document: Document) -> Values | None:
        """The values of the document. None: what the form is about is not there any more."""
        return {name: _taken(document, name.split(".")) for name in self.fields}

    def put(self, document: Document, values: Values) -> Document:
        """A document with these values."""
        changed = copy.deepcopy(document)
        for name, value in values.items():
            _put(changed, name.split("."), value)
        return changed

    def prefix(self, document: Document) -> str:
        """What the paths of mistakes have in front of the names of the form."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryScope(Scope):
    """Fields of one entry. key: empty for one that is to be added."""

    collection: Collection
    key: str
    new_key: str = ""
    """What a new entry of a dictionary is called."""

    def take(self, document: Document) -> Values | None:
        entries = self.collection.all(document)
        if self.key and self.key not in entries:
            return None
        entry = entries[self.key] if self.key else {}
        return {name: entry.get(name, ABSENT) for name in self.fields}

    def put(self, document: Document, values: Values) -> Document:
        changed = copy.deepcopy(document)
        entries = self.collection.all(changed)
        key = self.key or self.new_key or "new entry"
        entry = entries.get(key, {})
        for name, value in values.items():
            if value is ABSENT:
                entry.pop(name, None)
            else:
                entry[name] = value
        if not self.key and self.collection.named:
            entry = {"id": new_id(str(entry.get("name", "")), ids_of(document))} | entry
        entries[key] = entry
        self.collection.put(changed, entries)
        return changed

    def prefix(self, document: Document) -> str:
        return self.collection.path(document, self.key or self.new_key or "new entry") + "."


def section_scope(office: FormField, parts: tuple[PagePart, ...]) -> Scope:
    """The fields of a page, out of those of the whole document."""
    return Scope({name: field_at(office, name) for part in parts for name in part.fields}, parts)


def entry_scope(office: FormField, collection: Collection, key: str, new_key: str = "") -> EntryScope:
    """The fields of one entry."""
    group = field_at(office, ".".join(collection.steps)).entry
    fields = {name: group.called(name) for part in collection.parts for name in part.fields}
    at = ".".join(collection.steps) + "[]"
    return EntryScope(fields, collection.parts, at, collection=collection, key=key, new_key=new_key)


def field_at(office: FormField, path: str) -> FormField:
    """The field at a path through groups."""
    field = office
    for step in path.split("."):
        field = field.called(step)
    return field


def ids_of(document: Document) -> set[str]:
    """All ids that something in the document has."""
    return {str(one.get("id")) for name in ("people", "departments", "companies") for one in document.get(name, [])}


def new_id(name: str, taken: set[str]) -> str:
    """A short word for somebody of this name that nobody has: jane-roe, then jane-roe-2."""
    word = plain_word(name)
    word = (word if word[:1].isalpha() else f"p-{word}".rstrip("-"))[:28].rstrip("-")
    return next(one for one in (word, *(f"{word}-{n}" for n in range(2, 1000))) if one not in taken)


def plain_word(name: str) -> str:
    """The name in small letters from a to z, digits and hyphens; empty where it has none."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l").replace("đ", "d").replace("ø", "o"))
    return re.sub("[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def next_extension(document: Document) -> str:
    """The extension behind the highest one of as many digits as most have, which nobody has."""
    everybody = [*document.get("people", []), *document.get("departments", [])]
    taken = {str(one.get("extension", "")) for one in everybody}
    length = max((len(one) for one in taken), key=[len(one) for one in taken].count, default=3)
    highest = max((int(one) for one in taken if len(one) == length and one.isdigit()), default=100)
    after = range(highest + 1, 10**length)
    before = range(highest - 1, 10 ** (length - 1), -1)
    return next((str(one) for one in (*after, *before) if str(one) not in taken), "")


def _taken(document: Document, steps: list[str]) -> Value:
    held: Any = document
    for step in steps:
        if not isinstance(held, dict) or step not in held:
            return ABSENT
        held = held[step]
    return held


def _put(document: Document, steps: list[str], value: Value) -> None:
    held = document
    for step in steps[:-1]:
        if step not in held and value is ABSENT:
            return
        held = held.setdefault(step, {})
    if value is ABSENT:
        held.pop(steps[-1], None)
    else:
        held[steps[-1]] = value

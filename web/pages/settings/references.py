"""Where the document names its own entries: what hangs on one, and what is renamed with it."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from web.pages.settings.fields import FieldKind, FormField
from web.pages.settings.scopes import Document, EntryScope, Scope
from web.pages.settings.unit import all_fields

SAME = {"mailboxes": ("people", "departments")}
"""Choosers that choose among the entries of others."""


def references(document: Document, kind: str, key: str) -> list[str]:
    """The paths at which the document names the entry of this kind that has this key."""
    found: list[str] = []

    def note(path: str, name: str) -> str:
        if name == key:
            found.append(path)
        return name

    _walk(all_fields(), document, "", kind, note)
    return found


def replaced(document: Document, kind: str, key: str, by: str | None) -> Document:
    """The document with another entry named in place of this one; None: with nothing in its place."""
    return _walk(all_fields(), copy.deepcopy(document), "", kind, lambda _path, name: by if name == key else name)


def renamed(scope: Scope, before: Document, after: Document) -> Document:
    """The document after an entry was saved: where it has another name now, others know it by that."""
    if not isinstance(scope, EntryScope) or not scope.key or not scope.collection.known_as:
        return after
    collection = scope.collection
    was = _name(collection.all(before)[scope.key], collection.known_as, collection.key)
    entries = list(collection.all(after).values())
    entry = entries[list(collection.all(before)).index(scope.key)]
    now = _name(entry, collection.known_as, collection.key)
    return replaced(after, collection.references, was, now) if was != now else after


def _name(entry: dict[str, Any], *fields: str) -> str:
    return next((str(entry[one]) for one in fields if entry.get(one)), "")


def _walk(field: FormField, value: Any, path: str, kind: str, change: Callable[[str, str], str | None]) -> Any:
    """The value with its names of entries of this kind changed; None: nothing is left of it."""
    match field.kind, value:
        case FieldKind.GROUP, dict() if value:
            for one in field.inside:
                if one.name in value:
                    _put(value, one.name, _walk(one, value[one.name], _at(path, one.name), kind, change))
            return value or None
        case FieldKind.TABLE, dict():
            for key in list(value):
                name = change(f"{path}.{key}", key) if _chooses(field.key_chooser, kind) else key
                entry = _walk(field.entry, value.pop(key), f"{path}.{key}", kind, change)
                if name is not None and entry is not None:
                    value[name] = entry
            return value
        case FieldKind.ROWS, list():
            walked = [_walk(field.entry, one, f"{path}[{place}]", kind, change) for place, one in enumerate(value)]
            return [one for one in walked if one is not None]
        case FieldKind.TICKS, list() if _chooses(field.chooser, kind):
            named = [change(f"{path}[{place}]", one) for place, one in enumerate(value)]
            return [one for one in dict.fromkeys(named) if one is not None]
        case FieldKind.CHOICE, str() if _chooses(field.chooser, kind):
            return change(path, value)
    return value


def _chooses(chooser: str, kind: str) -> bool:
    return chooser == kind or kind in SAME.get(chooser, ())


def _put(group: dict[str, Any], name: str, value: Any) -> None:
    if value is None:
        del group[name]
    else:
        group[name] = value


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name

"""Makes of the groups of an office document objects of the classes that declare them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import time
from enum import Enum
from typing import Any, TypeVar, get_args, get_origin
from zoneinfo import ZoneInfo

from appliance.office.field import Meaning, document_fields, meaning

Group = TypeVar("Group")


def completed(kind: type, group: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of a group, right or wrong, in which what has been left out has its default."""
    whole = dict(group)
    for field in document_fields(kind):
        if field.name in whole:
            whole[field.name] = _completed(field.meaning, whole[field.name])
        elif field.default is not None:
            whole[field.name] = field.default
    return whole


def _completed(meant: Meaning, value: Any) -> Any:
    holder, within = get_origin(meant.kind), get_args(meant.kind)
    if holder is dict and isinstance(value, dict):
        return {name: _completed(meaning(within[1]), inside) for name, inside in value.items()}
    if holder is tuple and isinstance(value, list):
        return [_completed(meaning(within[0]), inside) for inside in value]
    if isinstance(meant.kind, type) and is_dataclass(meant.kind) and isinstance(value, dict):
        return completed(meant.kind, value)
    return value


def read(kind: type[Group], group: Mapping[str, Any]) -> Group:
    """The object of a group in which no mistake was found."""
    return kind(**_facts(kind, group))


def _facts(kind: type, group: Mapping[str, Any]) -> dict[str, Any]:
    facts = {}
    for field in document_fields(kind):
        name = field.name if field.name in group else field.meaning.same_as
        if name in group:
            facts[field.name] = _read(field.meaning, group[name])
    return facts


def _read(meant: Meaning, value: Any) -> Any:
    said = _said(meant, value)
    return meant.fact(said) if meant.fact else said


def _said(meant: Meaning, value: Any) -> Any:
    kind, holder, within = meant.kind, get_origin(meant.kind), get_args(meant.kind)
    if holder is dict:
        return {name: _read(meaning(within[1]), inside) for name, inside in value.items()}
    if holder in (tuple, frozenset):
        return holder(_read(meaning(within[0]), inside) for inside in value)
    if kind is time:
        return time.fromisoformat(value)
    if not isinstance(kind, type):
        return value  # One of some words.
    if is_dataclass(kind):
        return read(kind, value)
    return kind(value) if issubclass(kind, (int, float, ZoneInfo, Enum)) else value

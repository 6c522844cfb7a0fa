"""Secrets stay on the unit: pages have marks in their place, which tell one from another, and nothing of what it is."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable

from flask import current_app

from web.pages.settings.absent import ABSENT, Value
from web.pages.settings.fields import FieldKind, FormField

_MARK = "\ue000"
"""A character that no document has (private use), and nobody types."""


def masked(field: FormField, value: Value) -> Value:
    """The value with marks in place of its secrets."""
    return _each(field, value, _mark)


def secrets_in(field: FormField, value: Value) -> dict[str, str]:
    """The secrets of a value, by their marks."""
    found: dict[str, str] = {}

    def note(secret: str) -> str:
        found[_mark(secret)] = secret
        return secret

    _each(field, value, note)
    return found


def unmasked(value: Value, secrets: dict[str, str]) -> Value:
    """The value with its secrets in place of their marks; an empty text for one that somebody else has changed."""
    if isinstance(value, str):
        return secrets.get(value, "") if value.startswith(_MARK) else value
    if isinstance(value, dict):
        return {name: unmasked(one, secrets) for name, one in value.items()}
    if isinstance(value, list):
        return [unmasked(one, secrets) for one in value]
    return value


def is_mark(value: object) -> bool:
    """Whether something stands for a secret that is set."""
    return isinstance(value, str) and value.startswith(_MARK)


def _mark(secret: str) -> str:
    key = current_app.secret_key
    assert isinstance(key, bytes)
    return _MARK + hmac.new(key, secret.encode(), hashlib.sha256).hexdigest()[:24]


def _each(field: FormField, value: Value, change: Callable[[str], str]) -> Value:
    if value is ABSENT:
        return value
    if field.kind is FieldKind.SECRET:
        return change(value) if value else value
    if field.kind is FieldKind.GROUP and isinstance(value, dict):
        inside = {one.name: one for one in field.inside}
        return {name: _each(inside[name], one, change) if name in inside else one for name, one in value.items()}
    if field.kind is FieldKind.ROWS:
        return [_each(field.entry, one, change) for one in value]
    if field.kind is FieldKind.TABLE:
        return {name: _each(field.entry, one, change) for name, one in value.items()}
    return value

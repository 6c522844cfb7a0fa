"""The text of a profile's file as values, each checked against the type of the field it is for.

Types of fields: a Literal, a tuple of Literals, a whole number annotated with its range, bool, str, and the mapping
of SIP statuses.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args, get_origin

from hw.cleared import Cleared
from hw.nearest import nearest


class ProfileError(ValueError):
    """A file of a profile is wrong; the message names the file, the key, and what is allowed."""


def read_values(file: str, text: str, hints: Mapping[str, Any], required: Iterable[str]) -> dict[str, Any]:
    """The values in a TOML text by their keys. hints: the type of each key there may be."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{file}: {error}") from None
    for key in table:
        if key not in hints:
            raise ProfileError(f"{file}: {key}: is not known here{meant(key, hints)}; there are {', '.join(hints)}")
    for key in required:
        if key not in table:
            raise ProfileError(f"{file}: {key}: must be there")
    return {key: _value(f"{file}: {key}", hints[key], value) for key, value in table.items()}


def meant(word: str, known: Iterable[str]) -> str:
    """What an unknown word may have been meant to be, in brackets; nothing if it is like none of the known ones."""
    near = nearest(word, known)
    return f" (did you mean {near!r}?)" if near else ""


def _value(place: str, hint: Any, value: Any) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Literal:
        return _checked(value in arguments, place, ", ".join(arguments), value)
    if origin is tuple:
        allowed = get_args(arguments[0])
        good = isinstance(value, list) and bool(value) and all(each in allowed for each in value)
        return tuple(_checked(good, place, f"a list of {', '.join(allowed)}", value))
    if origin is Annotated:
        limits = arguments[1]
        good = type(value) is int and value in limits
        return _checked(good, place, f"a whole number from {limits.start} to {limits.stop - 1}", value)
    if hint in (bool, str):
        return _checked(type(value) is hint, place, "true or false" if hint is bool else "text", value)
    return _clears(place, _checked(isinstance(value, dict), place, "a table of SIP statuses", value))


def _clears(place: str, table: Mapping[str, Any]) -> Mapping[int, Cleared]:
    words = [cleared.value for cleared in Cleared]
    for status, word in table.items():
        good = status.isdecimal() and 300 <= int(status) <= 699
        _checked(good, place, "a table of SIP statuses from 300 to 699", status)
        _checked(word in words, f"{place}.{status}", ", ".join(words), word)
    return MappingProxyType({int(status): Cleared(word) for status, word in table.items()})


def _checked(good: bool, place: str, allowed: str, value: Any) -> Any:
    if not good:
        raise ProfileError(f"{place}: may be {allowed}, not {value!r}")
    return value

"""What somebody has filled in, read into values of the office document.

What was not touched stays as it was written, or left out, in the document: a form shows the default of a field that is
left out, and saving it does not write it there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from werkzeug.datastructures import MultiDict

from web.pages.settings.absent import ABSENT, Value
from web.pages.settings.choices import Choices
from web.pages.settings.fields import FieldKind, FormField
from web.weeks import span_times, spans_of

Posted = MultiDict[str, str]

NEEDED_BY = {
    "person": ("person", "mailbox"),
    "department": ("department",),
    "menu": ("menu",),
    "information": ("information",),
    "number": ("outside",),
}
"""For which actions a field of a key, or of a destination, is filled in: what another action needed goes with it."""

ROW_ORDER = ".#"
"""Behind the name of rows: the numbers of those there are, in their order. The first one is empty."""
ROW_KEY = ".:key"
"""Behind the name of a table's row: what it is called."""
ROW_LIMIT = 1000
"""More rows than any list of the document has: what a form says beyond is not read."""


def shown(field: FormField, value: Value) -> str:
    """A single value as its input shows it; the default where the document leaves it out."""
    if value is ABSENT:
        value = field.default
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def read(field: FormField, name: str, posted: Posted, before: Value, choices: Choices) -> Value:
    """The value of the field whose inputs have this name. before: what the form was filled with."""
    match field.kind:
        case FieldKind.FIXED:
            return before
        case FieldKind.GROUP:
            return _group(field, name, posted, before, choices)
        case FieldKind.ROWS:
            return _rows(field, name, posted, before, choices)
        case FieldKind.TABLE:
            return _table(field, name, posted, before, choices)
        case FieldKind.YES:
            return _yes(field, posted.getlist(name), before)
        case FieldKind.TICKS:
            return _ticks(field, name, posted, before)
        case FieldKind.SPANS:
            return _spans(field, name, posted, before)
        case FieldKind.SECRET:
            return _secret(name, posted, before)
    if name not in posted or posted[name] == (
        "\n".join(before or []) if field.kind is FieldKind.LINES else shown(field, before)
    ):
        return before
    written = posted[name]
    if field.kind is FieldKind.LINES:
        lines = [line.strip() for line in written.splitlines() if line.strip()]
        return lines if lines == before else _listed(field, lines, before)
    return _single(field, " ".join(written.split()), before, choices)


def _single(field: FormField, written: str, before: Value, choices: Choices) -> Value:
    if field.kind is FieldKind.CHOICE and field.chooser:
        written = choices.meant(field.chooser, written)
        if written == shown(field, before):
            return before
    if not written:
        return "" if field.empty_is_said else ABSENT
    if field.kind is FieldKind.NUMBER:
        return _number(written)
    if field.kind is FieldKind.TIME:
        return written[:5]  # A browser may add seconds.
    return written


def _number(written: str) -> int | float | str:
    """A text that is no number stays one, for the check to object to."""
    plain = written.replace(",", ".")
    if re.fullmatch(r"-?[0-9]{1,15}", plain):
        return int(plain)
    return float(plain) if re.fullmatch(r"-?[0-9]{1,15}\.[0-9]{1,6}", plain) else written


def _yes(field: FormField, values: list[str], before: Value) -> Value:
    if not values:
        return before
    ticked = "1" in values
    return before if ticked == bool(shown(field, before)) else ticked


def _secret(name: str, posted: Posted, before: Value) -> Value:
    if posted.get(name):
        return posted[name].strip()
    return ABSENT if posted.get(f"{name}.none") else before


def _ticks(field: FormField, name: str, posted: Posted, before: Value) -> Value:
    if name not in posted:
        return before
    ticked = [value for value in dict.fromkeys(posted.getlist(name)) if value]
    if field.usual and posted.get(f"{name}.usual") and (not ticked or before is not ABSENT):
        return ABSENT
    had = [] if before is ABSENT else list(before)
    if set(ticked) == set(had) and not (field.usual and before is ABSENT):
        return before
    kept = [value for value in had if value in ticked]
    chosen = kept + [value for value in ticked if value not in kept]
    return chosen if field.usual and not field.least else _listed(field, chosen, before)


def _spans(field: FormField, name: str, posted: Posted, before: Value) -> Value:
    if f"{name}.from" not in posted:
        return before
    spans = spans_of(posted, name)
    had = [] if before is ABSENT else list(before)
    if [span_times(span) for span in spans] == [span_times(span) for span in had]:
        return before
    return _listed(field, spans, before)


def _group(field: FormField, name: str, posted: Posted, before: Value, choices: Choices) -> Value:
    had: dict[str, Any] = {} if before is ABSENT else before
    found = dict(had)
    for one in field.inside:
        value = read(one, f"{name}.{one.name}", posted, had.get(one.name, ABSENT), choices)
        if value is ABSENT:
            found.pop(one.name, None)
        else:
            found[one.name] = value
    if found.get("action") != had.get("action"):
        for name, actions in NEEDED_BY.items():
            if found.get("action") not in actions and name in had and found.get(name) == had[name]:
                del found[name]
    if found == had:
        return before
    needed = [one.name for one in field.inside if one.required]
    if not field.required and needed and not any(found.get(one) for one in needed):
        return ABSENT  # Such as where a caller goes, once no action is chosen any more.
    return found


def _numbers(name: str, posted: Posted) -> list[str]:
    return [number for number in posted.getlist(name + ROW_ORDER) if re.fullmatch("n?[0-9]{1,6}", number)][:ROW_LIMIT]


def _rows(field: FormField, name: str, posted: Posted, before: Value, choices: Choices) -> Value:
    if name + ROW_ORDER not in posted:
        return before
    had = [] if before is ABSENT else list(before)
    found = []
    for number in _numbers(name, posted):
        was = had[int(number)] if number.isdigit() and int(number) < len(had) else ABSENT
        value = read(field.entry, f"{name}[{number}]", posted, was, choices)
        if value is not ABSENT and not (value == {} and was is ABSENT):
            found.append(value)
        elif _still_filled_in(posted):
            found.append(_blank(field.entry))
    return before if found == had else _listed(field, found, before)


def _table(field: FormField, name: str, posted: Posted, before: Value, choices: Choices) -> Value:
    if name + ROW_ORDER not in posted:
        return before
    had: dict[str, Any] = {} if before is ABSENT else before
    keys, found = list(had), {}
    for number in _numbers(name, posted):
        at = f"{name}[{number}]"
        was = had[keys[int(number)]] if number.isdigit() and int(number) < len(keys) else ABSENT
        key = _key(field, posted.get(at + ROW_KEY, ""), choices)
        value = read(field.entry, at, posted, was, choices)
        empty = value is ABSENT or (value in ({}, []) and was is ABSENT)
        if key or not empty or _still_filled_in(posted):
            while key in found:  # Two rows of one name: the check objects to the second.
                key += " (2)"
            found[key] = _blank(field.entry) if value is ABSENT else value
    return before if found == had and list(found) == keys else ABSENT if not found and not field.required else found


def _still_filled_in(posted: Posted) -> bool:
    """Whether a button within the form was pressed: rows that are still empty stay on the page then."""
    return posted.get("do", "save") != "save"


def _key(field: FormField, written: str, choices: Choices) -> str:
    key = written.strip()
    return choices.meant(field.key_chooser, key) if field.key_chooser and key else key


def _blank(field: FormField) -> Value:
    empty: dict[FieldKind, Callable[[], Value]] = {FieldKind.GROUP: dict, FieldKind.ROWS: list}
    return empty.get(field.kind, str)()


def _listed(field: FormField, entries: list[Any], before: Value) -> Value:
    """The entries; a list that is empty is left out, where it may be and was not there."""
    if entries or field.required:
        return entries
    return ABSENT if before is ABSENT or field.least else entries

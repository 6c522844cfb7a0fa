"""A form as it is shown: its values, what it began with, and what is wrong with it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from web.pages.settings.absent import ABSENT, Value
from web.pages.settings.choices import Choices
from web.pages.settings.fields import FieldKind, FormField
from web.pages.settings.merging import Conflict
from web.pages.settings.reading import Posted, read
from web.pages.settings.rows import pressed
from web.pages.settings.scopes import Scope, Values
from web.pages.settings.secrets import masked

WAS, IS = "was", "is"
"""Inputs with what the form began with, and with what it is filled with; the second where it is something else."""


@dataclass
class SettingsForm:
    """What a template needs of a form. All its values have marks in place of secrets."""

    scope: Scope
    choices: Choices
    was: Values
    """What the document had when somebody began to fill it in."""
    values: Values
    """What it is filled with."""
    mistakes: dict[str, list[str]] = field(default_factory=dict)
    """What is wrong, by the path of the field."""
    elsewhere: list[dict[str, str]] = field(default_factory=list)
    """Mistakes in other parts of the document: path and reason."""
    conflicts: dict[str, Conflict] = field(default_factory=dict)
    """What somebody else has changed meanwhile, by the path of the field."""

    @property
    def written_was(self) -> str:
        return _written(self.was)

    @property
    def written_is(self) -> str:
        return _written(self.values) if self.values != self.was else ""

    def tell(self, mistakes: list[dict[str, str]], prefix: str) -> None:
        """Put mistakes beside their fields, and those of other parts into `elsewhere`. prefix: of this form's paths."""
        known = {path for name, one in self.scope.fields.items() for path in _paths(one, name, self.values.get(name))}
        for mistake in mistakes:
            path = mistake["path"]
            own = path.removeprefix(prefix) if path.startswith(prefix) else ""
            while own and own not in known:
                own = own[: max(own.rfind("."), own.rfind("["), 0)]
            if own:
                hint = f" ({mistake['suggestion']}?)" if mistake["suggestion"] else ""
                self.mistakes.setdefault(own, []).append(mistake["reason"] + hint)
            else:
                self.elsewhere.append(mistake)

    def take_theirs(self, path: str) -> None:
        """Fill in what the document has at a path, which somebody else has changed."""
        values: Any = self.values
        theirs: Any = self.was
        *groups, last = _steps(path, self.scope)
        for step in groups:
            values, theirs = values.setdefault(step, {}), theirs.get(step) or {}
        found = theirs.get(last, ABSENT)
        if found is ABSENT and groups:
            values.pop(last, None)
        else:
            values[last] = found

    def wrong_within(self, path: str) -> bool:
        """Whether something is wrong with a field, or with one in it."""
        told = (*self.mistakes, *self.conflicts)
        return any(one == path or one.startswith((f"{path}.", f"{path}[")) for one in told)


def begun(scope: Scope, choices: Choices, values: Values) -> SettingsForm:
    """A form that nobody has filled in yet."""
    was = masked_values(scope, values)
    return SettingsForm(scope, choices, was, dict(was))


def masked_values(scope: Scope, values: Values) -> Values:
    return {name: masked(scope.fields[name], value) for name, value in values.items()}


def posted_form(scope: Scope, choices: Choices, posted: Posted) -> SettingsForm:
    """A form that was sent. ValueError where it is none of ours."""
    was = _unwritten(scope, posted.get(WAS, ""))
    filled = _unwritten(scope, posted[IS]) if posted.get(IS) else was
    inputs = pressed(posted)
    values = {name: read(one, name, inputs, filled.get(name, ABSENT), choices) for name, one in scope.fields.items()}
    return SettingsForm(scope, choices, was, values)


def anchor(path: str) -> str:
    """The id of a field's element."""
    return "f-" + re.sub(r"[^\w.\[\]*+-]", "_", path)


def _paths(one: FormField, path: str, value: Value) -> Iterator[str]:
    """The paths of everything that has a place on the page."""
    yield path
    match one.kind, value:
        case FieldKind.GROUP, _:
            held: dict[str, Any] = value if isinstance(value, dict) else {}
            for part in one.inside:
                yield from _paths(part, f"{path}.{part.name}", held.get(part.name))
        case FieldKind.ROWS, list():
            for place, entry in enumerate(value):
                yield from _paths(one.entry, f"{path}[{place}]", entry)
        case FieldKind.TABLE, dict():
            for key, entry in value.items():
                yield from _paths(one.entry, f"{path}.{key}", entry)


def _steps(path: str, scope: Scope) -> list[str]:
    """The name of the form's field, and the names within it. ValueError for a path of no field of the form."""
    name = max((one for one in scope.fields if path == one or path.startswith(f"{one}.")), key=len)
    return [name, *path[len(name) + 1 :].split(".")] if path != name else [name]


def _written(values: Values) -> str:
    return json.dumps({name: value for name, value in values.items() if value is not ABSENT}, ensure_ascii=False)


def _unwritten(scope: Scope, text: str) -> Values:
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("a form has values by their names")
    values = {name: found.get(name, ABSENT) for name in scope.fields}
    if not all(_fits(scope.fields[name], value) for name, value in values.items()):
        raise ValueError("a value is of another kind than its field")
    return values


def _fits(one: FormField, value: Value) -> bool:
    """Whether a value is of a kind that the document, or what was filled in, can have there."""
    if value is ABSENT:
        return True
    match one.kind:
        case FieldKind.GROUP:
            return isinstance(value, dict) and all(_fits(part, value.get(part.name, ABSENT)) for part in one.inside)
        case FieldKind.ROWS:
            return isinstance(value, list) and all(_fits(one.entry, entry) for entry in value)
        case FieldKind.TABLE:
            return isinstance(value, dict) and all(_fits(one.entry, entry) for entry in value.values())
        case FieldKind.TICKS | FieldKind.LINES | FieldKind.SPANS:
            return isinstance(value, list) and all(isinstance(entry, str) for entry in value)
        case FieldKind.YES:
            return isinstance(value, bool)
        case FieldKind.NUMBER:
            return isinstance(value, (int, float, str))
    return isinstance(value, str)

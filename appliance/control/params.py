"""What a method may be given, declared beside it and checked before its handler runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from appliance.control.errors import ControlError
from hw.nearest import nearest

_REQUIRED: Any = object()

_IN_WORDS: dict[type, str] = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list",
    dict: "an object",
}


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter: its JSON type (str, int, float, bool, list or dict) and its value when it is left out.

    Without a default it must be given. A whole number is accepted for a float; null is accepted for no type.
    """

    type: type
    default: Any = _REQUIRED

    @property
    def required(self) -> bool:
        return self.default is _REQUIRED

    def accepts(self, value: Any) -> bool:
        if isinstance(value, bool):
            return self.type is bool
        return isinstance(value, int | float if self.type is float else self.type)


Params = Mapping[str, Param]
NONE: Params = {}


def check(declared: Params, given: Mapping[str, Any]) -> dict[str, Any]:
    """The value of every declared parameter, for the handler. ControlError `wrong-parameters` names all mistakes."""
    problems = [_unknown(name, declared) for name in sorted(given.keys() - declared.keys())]
    values = {}
    for name, param in declared.items():
        if name not in given:
            if param.required:
                problems.append(f"{name} is missing")
            values[name] = param.default
        elif not param.accepts(given[name]):
            problems.append(f"{name} must be {_IN_WORDS[param.type]}")
        else:
            values[name] = given[name]
    if problems:
        raise ControlError("wrong-parameters", "; ".join(problems))
    return values


def _unknown(name: str, declared: Params) -> str:
    near = nearest(name, declared)
    return f"there is no parameter {name!r}" + (f" (did you mean {near!r}?)" if near else "")

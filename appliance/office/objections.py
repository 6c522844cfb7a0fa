"""The published JSON Schema (draft 2020-12) applied to a document, its objections put in plain words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from appliance.office.problem import Problem, joined
from appliance.office.schema import office_schema
from hw.nearest import nearest
from hw.said import Said, fixed, said

MOST_PROBLEMS = 100
"""More objections than this are not collected: nobody reads them, and a hostile document could have a million."""

_KINDS = {
    "object": said("a group of names and values in braces"),
    "array": said("a list in brackets"),
    "string": said("text in quotation marks"),
    "number": said("a number"),
    "integer": said("a whole number"),
    "boolean": said("true or false"),
}


def broken_schema(document: object) -> list[Problem]:
    """Every way in which the document is not as the schema wants it, at most `MOST_PROBLEMS`, in its order."""
    validator = Draft202012Validator(office_schema())
    errors = list(islice(validator.iter_errors(document), MOST_PROBLEMS))
    strange = (problem for error in errors if error.validator == "additionalProperties" for problem in _unknown(error))
    unknown = list(islice(strange, MOST_PROBLEMS))
    renamed = {_beside(problem.path, problem.suggestion) for problem in unknown if problem.suggestion}
    missing = [problem for error in errors if error.validator == "required" for problem in _missing(error)]
    others = [_reworded(error) for error in errors if error.validator not in ("additionalProperties", "required")]
    problems = unknown + [problem for problem in missing if problem.path not in renamed] + others
    return list(dict.fromkeys(problems))[:MOST_PROBLEMS]


def _beside(path: str, name: str) -> str:
    """The path of a neighbor of `path` called `name`."""
    return ".".join([*path.split(".")[:-1], name])


def _unknown(error: ValidationError) -> Iterator[Problem]:
    schema: Any = error.schema
    known = schema.get("properties", {})
    patterns = schema.get("patternProperties", {})
    given: Any = error.instance
    for name in given:
        if name not in known and not any(re.search(pattern, name) for pattern in patterns):
            reason = said("is not %(what)s", what=fixed(schema["title"])) if patterns else said("is not known here")
            yield Problem(joined((*error.absolute_path, name)), reason, nearest(name, known))


def _missing(error: ValidationError) -> Iterator[Problem]:
    required: Any = error.validator_value
    given: Any = error.instance
    for name in required:
        if name not in given:
            yield Problem(joined((*error.absolute_path, name)), said("is missing"))


def _reworded(error: ValidationError) -> Problem:
    schema: Any = error.schema
    value: Any = error.validator_value
    reasons: dict[Any, Callable[[], Said]] = {
        "type": lambda: said("must be %(what)s", what=_KINDS[value]),
        "enum": lambda: said("must be one of %(words)s", words=tuple(value)),
        "pattern": lambda: said("must be %(what)s", what=fixed(schema["title"])),
        "minimum": lambda: said("must be from %(least)s to %(most)s", least=schema["minimum"], most=schema["maximum"]),
        "maximum": lambda: said("must be from %(least)s to %(most)s", least=schema["minimum"], most=schema["maximum"]),
        "minLength": lambda: said("must not be empty"),
        "maxLength": lambda: said("must be at most %(most)s characters long", most=value),
        "maxProperties": lambda: said("must have at most %(most)s entries", most=value),
        "minItems": lambda: said("must not be empty"),
        "maxItems": lambda: said("must have at most %(most)s entries", most=value),
        "uniqueItems": lambda: said("names something twice"),
    }
    suggestion = nearest(error.instance, value) if error.validator == "enum" and isinstance(error.instance, str) else ""
    return Problem(joined(error.absolute_path), reasons[error.validator](), suggestion)

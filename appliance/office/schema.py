"""The JSON Schema (draft 2020-12) of office documents, as the classes of the office declare it.

office.schema.json publishes it, for editors. `python -m tests.office.renew` writes that file anew.
"""

from __future__ import annotations

import re
from dataclasses import is_dataclass
from datetime import time
from enum import Enum
from functools import cache
from typing import Any, Literal, get_args, get_origin
from zoneinfo import ZoneInfo

from appliance.office.field import Limits, Meaning, TextPattern, document_fields, meaning
from appliance.office.model import Office

JsonSchema = dict[str, Any]

_JSON_TYPES = {bool: "boolean", int: "integer", float: "number", str: "string", time: "string", ZoneInfo: "string"}
_COUNTED = {str: "Length", ZoneInfo: "Length", tuple: "Items", frozenset: "Items", dict: "Properties"}
"""What limits are called that count a value's parts, such as maxLength."""


@cache
def office_schema() -> JsonSchema:
    definitions: JsonSchema = {}
    office = _group(Office, definitions)
    editor = {"description": "Where an editor finds this schema. Copperdesk ignores it.", "type": "string"}
    office["properties"] = {"$schema": editor} | office["properties"]
    draft = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": draft, "title": "A Copperdesk office"} | office | {"$defs": definitions}


def entry_schema(kind: type) -> JsonSchema:
    """The schema of a class that stands beside the office document, such as a contact."""
    return _group(kind, {})


def _group(kind: type, definitions: JsonSchema) -> JsonSchema:
    """The schema of a class. Those of the classes in it go into the definitions."""
    fields = document_fields(kind)
    properties = {}
    for field in fields:
        properties[field.name] = _value(field.meaning, definitions)
        if field.default is not None:
            properties[field.name]["default"] = field.default
    return {
        "description": (kind.__doc__ or "").partition("\n")[0],
        "type": "object",
        "additionalProperties": False,
        "required": [field.name for field in fields if field.required],
        "properties": properties,
    }


def _value(meant: Meaning, definitions: JsonSchema) -> JsonSchema:
    said = {"description": meant.sentence} if meant.sentence else {}
    if meant.limits is not None and meant.limits.words:
        said["title"] = meant.limits.words
    return said | _kind(meant.kind, definitions) | _limits(meant)


def _kind(kind: Any, definitions: JsonSchema) -> JsonSchema:
    holder, within = get_origin(kind), get_args(kind)
    if holder is Literal:
        return {"enum": list(within)}
    if holder is dict:
        names, values = map(meaning, within)
        assert isinstance(names.limits, TextPattern)
        named = {"title": names.limits.words, "type": "object", "additionalProperties": False}
        return named | {"patternProperties": {names.limits.expression: _value(values, definitions)}}
    if holder in (tuple, frozenset):
        unique = {"uniqueItems": True} if holder is frozenset else {}
        return {"type": "array"} | unique | {"items": _value(meaning(within[0]), definitions)}
    assert isinstance(kind, type)
    if is_dataclass(kind):
        name = re.sub("(?<!^)(?=[A-Z])", "-", kind.__name__.removesuffix("Form")).lower()
        definitions[name] = _group(kind, definitions)
        return {"$ref": f"#/$defs/{name}"}
    if issubclass(kind, Enum):
        return {"enum": [word.value for word in kind]}
    return {"type": _JSON_TYPES[kind]}


def _limits(meant: Meaning) -> JsonSchema:
    match meant.limits:
        case TextPattern(expression=expression):
            return {"pattern": expression}
        case Limits(least=least, most=most):
            counted = _COUNTED.get(get_origin(meant.kind) or meant.kind)
            if counted is None:
                return {"minimum": least, "maximum": most}
            return ({f"min{counted}": least} if least else {}) | {f"max{counted}": most}
    return {}

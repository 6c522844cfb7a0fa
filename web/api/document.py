"""The description of the interface for programs: OpenAPI 3.1, made of what is declared."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from web.api.operation import SCOPES, Operation
from web.api.serving import ROOT

_ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message"],
            "properties": {
                "code": {"type": "string", "description": "Stays the same; for programs."},
                "message": {"type": "string", "description": "For people."},
                "mistakes": {"type": "array", "items": {"type": "object"}},
            },
        }
    },
}


def document(operations: Sequence[Operation]) -> dict[str, Any]:
    """All of them."""
    paths: dict[str, dict[str, Any]] = {}
    for one in operations:
        paths.setdefault(one.path, {})[one.method.lower()] = _described(one)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Copperdesk",
            "version": "1",
            "description": "The interface of this unit for programs. Tokens are made by an administrator.",
        },
        "servers": [{"url": ROOT}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer", "description": _scopes()}},
            "schemas": {"Error": _ERROR},
            "responses": {
                "Refused": {
                    "description": "It was not done.",
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
                }
            },
        },
    }


def _described(operation: Operation) -> dict[str, Any]:
    kind = "audio/wav" if operation.sound else "application/json"
    schema = {"type": "string"} if operation.sound else operation.result.schema(sent=False)
    found: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.says,
        "description": f"A token for `{operation.scope}` is needed.",
        "tags": [operation.scope],
        "parameters": [
            *(
                {
                    "name": name,
                    "in": "path",
                    "required": True,
                    "description": operation.variables[name],
                    "schema": {"type": "string", "minLength": 1, "maxLength": 100},
                }
                for name in re.findall(r"{(\w+)}", operation.path)
            ),
            *(
                {
                    "name": name,
                    "in": "query",
                    "required": one.required,
                    "description": one.says,
                    "schema": one.schema(sent=True),
                }
                for name, one in operation.query.items()
            ),
        ],
        "responses": {
            "200": {"description": "It was done.", "content": {kind: {"schema": schema}}},
            **{
                str(status): {"$ref": "#/components/responses/Refused"}
                for status in (400, 401, 403, 404, 405, 409, 413, 429, 503)
            },
        },
    }
    if operation.body is not None:
        schema = {
            "type": "object",
            "properties": {name: one.schema(sent=True) for name, one in operation.body.items()},
            "required": [name for name, one in operation.body.items() if one.required],
            "additionalProperties": False,
        }
        found["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return found


def _scopes() -> str:
    return "\n".join(f"- `{scope}`: {says}" for scope, says in SCOPES.items())

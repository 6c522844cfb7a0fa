"""Requests of programs: whose token it is, whether it may, whether what is sent is in order; then it is done."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, Response, jsonify, request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge

from appliance.control.errors import ControlError
from web.api.field import Field, Mistake, mistakes_in
from web.api.operation import Asked, Operation, ShownToken
from web.api.refusal import refusal, refused_by_unit
from web.roles import public
from web.unit import ask

ROOT = "/api/v1"
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
PREFLIGHT_LASTS_S = "600"
LONGEST_SECRET = 200

_WHOLE = re.compile(r"-?[0-9]{1,15}")
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,9})?")


def serve(blueprint: Blueprint, operations: Sequence[Operation]) -> None:
    """Have these be done at their paths; everything else below the root is told as JSON, too."""
    paths: dict[str, dict[str, Operation]] = {}
    for one in operations:
        paths.setdefault(one.path, {})[one.method] = one
    for number, (path, methods) in enumerate(paths.items()):
        rule = ROOT + re.sub(r"{(\w+)}", r"<\1>", path)
        blueprint.add_url_rule(rule, f"path{number}", _view(methods), methods=METHODS, provide_automatic_options=False)
    blueprint.add_url_rule(f"{ROOT}/<path:rest>", "nothing", _nothing, methods=METHODS, provide_automatic_options=False)


@public
def _nothing(rest: str) -> Response:
    return refusal(404, "not-found", f"There is nothing at this address; {ROOT}/openapi.json says what there is.")


def _view(methods: Mapping[str, Operation]) -> Any:
    @public
    def view(**path: str) -> Response:
        if request.method == "OPTIONS" and any(one.from_web_sites for one in methods.values()):
            return _preflight(methods)
        operation = methods.get("GET" if request.method == "HEAD" else request.method)
        if operation is None:
            answer = refusal(405, "method-not-allowed", "This address cannot be used in that way.")
            answer.headers["Allow"] = ", ".join(sorted(methods))
            return answer
        try:
            answer = _answer(operation, path)
        except ControlError as error:
            answer = refused_by_unit(error)
        return answer

    return view


def _answer(operation: Operation, path: Mapping[str, str]) -> Response:
    token = shown_token()
    if token is None:
        return refusal(401, "no-token", "Show a token that is in use: Authorization: Bearer …")
    if operation.scope not in token.scopes:
        return refusal(403, "not-allowed", f"The token is not for {operation.scope!r}.")
    origin = request.headers.get("Origin", "")
    if operation.from_web_sites and origin and origin not in token.origins:
        return refusal(403, "not-allowed", "The token is not for this web site.")
    query, body, mistakes = _read(operation)
    mistakes += [one for name, value in path.items() for one in _IN_PATH.mistakes(value, f"path/{name}")]
    if mistakes:
        answer = refusal(400, "wrong-parameters", "Something that was sent is not in order.", mistakes)
    else:
        result = operation.serve(Asked(token, path, query, body, request.remote_addr or ""))
        answer = Response(result, mimetype="audio/wav") if operation.sound else jsonify(result)
    if operation.from_web_sites and origin:
        answer.headers["Access-Control-Allow-Origin"] = origin
        answer.headers["Vary"] = "Origin"
    return answer


def shown_token() -> ShownToken | None:
    """The token of this request; None where none is shown, or none that is in use."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    secret = secret.strip()
    if kind.lower() != "bearer" or not 0 < len(secret) <= LONGEST_SECRET or not secret.isascii():
        return None
    found = ask("tokens.find", secret=secret)
    return ShownToken.of(found) if found is not None else None


_IN_PATH = Field("string", longest=100)


def _read(operation: Operation) -> tuple[dict[str, Any], dict[str, Any], list[Mistake]]:
    """What is sent in the address and as JSON, with defaults in place, and what is wrong with it."""
    sent = {
        name: _converted(operation.query[name], value) if name in operation.query else value
        for name, value in request.args.items()
    }
    mistakes = list(mistakes_in(operation.query, sent, "query"))
    query = {name: sent.get(name, one.default) for name, one in operation.query.items()}
    if operation.body is None:
        return query, {}, mistakes
    try:
        given = request.get_json(force=True)
    except RequestEntityTooLarge:
        raise
    except (BadRequest, UnicodeDecodeError, RecursionError):
        return query, {}, [*mistakes, Mistake("body", "is not JSON")]
    if not isinstance(given, dict):
        return query, {}, [*mistakes, Mistake("body", "must be of type object")]
    mistakes += mistakes_in(operation.body, given, "body")
    return query, {name: given.get(name, one.default) for name, one in operation.body.items()}, mistakes


def _converted(field: Field, value: str) -> Any:
    """What stands in an address, as what it is to be; as it is where that cannot be."""
    if field.kind == "integer" and _WHOLE.fullmatch(value):
        return int(value)
    if field.kind == "number" and _NUMBER.fullmatch(value):
        return float(value)
    if field.kind == "boolean" and value in ("true", "false"):
        return value == "true"
    return value


def _preflight(methods: Mapping[str, Operation]) -> Response:
    """A browser asks before a page of another site may send something. Which sites may is seen by the token, later."""
    answer = Response(status=204)
    origin = request.headers.get("Origin", "")
    if origin:
        answer.headers["Access-Control-Allow-Origin"] = origin
        answer.headers["Access-Control-Allow-Methods"] = ", ".join(sorted(methods))
        answer.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        answer.headers["Access-Control-Max-Age"] = PREFLIGHT_LASTS_S
        answer.headers["Vary"] = "Origin"
    return answer

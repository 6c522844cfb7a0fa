"""The unit as it runs, for `copperdesk fleet compare`, which sends what an installer's folder says of the office.

The office is compared here, so that PINs and passwords of the unit never leave it.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from flask import Blueprint, abort, jsonify, request
from werkzeug.exceptions import BadRequest

from web.roles import ADMINISTRATOR, allowed
from web.unit import ask, ask_patiently

pages = Blueprint("asitruns", __name__)

TOLD = ("path", "kind", "what", "before", "after")
"""Of each thing that differs."""


@pages.post("/as-it-runs")
@allowed(*ADMINISTRATOR)
def compared() -> Any:
    """Takes {"office": a document, or null where none is to be compared}."""
    office = _sent()
    network = ask_patiently("network.get")
    clock = network["clock"]
    return jsonify(
        version=version("copperdesk"),
        name=network["name"],
        time_zone=clock["zone"] if clock else "",
        links=network["links"],
        administrators=[one["name"] for one in ask("accounts.list") if one["role"] == "administrator"],
        differences=None if office is None else _differences(office),
    )


def _sent() -> dict[str, Any] | None:
    try:
        office = request.get_json(force=True)["office"]
    except (BadRequest, RecursionError, KeyError, TypeError):
        abort(400)
    if not (office is None or isinstance(office, dict)):
        abort(400)
    return office


def _differences(office: dict[str, Any]) -> list[dict[str, str]]:
    """From the document that was sent to the one in use."""
    own = ask("office.get")["document"] or {}
    found = ask("office.changes", **{"from": office, "to": own})
    return [{name: change[name] for name in TOLD} for change in found]

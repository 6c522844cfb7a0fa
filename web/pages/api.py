"""The interface for programs, its description, and that description as a page."""

from __future__ import annotations

from functools import cache
from typing import Any

from flask import Blueprint, jsonify, render_template
from flask.blueprints import BlueprintSetupState

from web.api.document import document
from web.api.resources import all_operations
from web.api.serving import ROOT, serve
from web.roles import public

pages = Blueprint("api", __name__)


@pages.record_once
def _without_forms(state: BlueprintSetupState) -> None:
    """Programs show a token, which no other site's page has: there is nothing to be forged."""
    state.app.extensions["csrf"].exempt(pages)


@cache
def described() -> dict[str, Any]:
    """The document. It is the same as long as the program runs."""
    return document(all_operations())


@pages.get(f"{ROOT}/openapi.json")
@public
def openapi() -> Any:
    return jsonify(described())


@pages.get("/api/docs")
@public
def docs() -> Any:
    return render_template("api/docs.html", document=described(), root=ROOT)


serve(pages, all_operations())

"""The office document and its schema, as the unit answers."""

from __future__ import annotations

from typing import Any

from flask import abort, current_app

from web.pages.settings.choices import Choices
from web.pages.settings.fields import FormField, office_fields
from web.unit import ask


def office() -> tuple[dict[str, Any], str]:
    """The document and its revision. A unit that is not set up has none, and no settings."""
    answer = ask("office.get")
    if answer["document"] is None:
        abort(404)
    return answer["document"], answer["revision"]


def known() -> dict[str, Any]:
    """What `office.schema` answers: asked for once, as it changes with the program alone."""
    if "office_schema" not in current_app.extensions:
        current_app.extensions["office_schema"] = ask("office.schema")
    answer: dict[str, Any] = current_app.extensions["office_schema"]
    return answer


def all_fields() -> FormField:
    """The fields of the whole document."""
    if "office_fields" not in current_app.extensions:
        current_app.extensions["office_fields"] = office_fields(known()["schema"])
    field: FormField = current_app.extensions["office_fields"]
    return field


def choices_of(document: dict[str, Any]) -> Choices:
    return Choices(document, known())

"""The log of changes: who changed what, and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import gettext as _

from web.changewords import told
from web.roles import ADMINISTRATOR, allowed
from web.spreadsheet import rows_as_csv
from web.unit import ask

pages = Blueprint("changes", __name__, url_prefix="/changes")

ON_A_PAGE = 50
IN_A_FILE = 50
"""Asked for at a time."""
BY_TELEPHONE, BY_BUTTON = "tel:", "button:"
"""Stands before the name of whoever changed something by telephone."""


@pages.get("")
@allowed(*ADMINISTRATOR)
def page() -> str:
    find, after = request.args.get("find", ""), max(request.args.get("after", 0, type=int), 0)
    found = ask("changes.list", find=find, after=after, limit=ON_A_PAGE)
    rows, total = _rows(found["changes"]), found["total"]
    return render_template("changes/page.html", rows=rows, total=total, find=find, after=after, on_a_page=ON_A_PAGE)


@pages.get("/changes.csv")
@allowed(*ADMINISTRATOR)
def as_csv() -> Response:
    rows = [[row["at"], row["by"], row["text"]] for row in _every(request.args.get("find", ""))]
    table = rows_as_csv([[_("When"), _("Who"), _("What")], *rows])
    answer = Response("\ufeff" + table, mimetype="text/csv")  # The mark by which spreadsheets know UTF-8.
    answer.headers["Content-Disposition"] = 'attachment; filename="changes.csv"'
    return answer


def _every(find: str) -> Iterator[dict[str, Any]]:
    after, total = 0, 1
    while after < total:
        found = ask("changes.list", find=find, after=after, limit=IN_A_FILE)
        yield from _rows(found["changes"])
        after, total = after + IN_A_FILE, found["total"]


def _rows(changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    people = {person["person"]: person["name"] for person in ask("people.list")}
    return [
        {
            "at": change["at"],
            "by": _by(change["by"]),
            "text": told(change["what"], change["about"], change["wordings"], people),
        }
        for change in changes
    ]


def _by(by: str) -> str:
    if by.startswith(BY_TELEPHONE):
        return _("%(name)s, by telephone", name=by.removeprefix(BY_TELEPHONE))
    return _("by the button on the unit") if by == BY_BUTTON else by or _("at the unit")

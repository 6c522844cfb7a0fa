"""Many people at once, out of a table: pasted, or as a CSV file. What would change is shown before it does."""

from __future__ import annotations

import copy
import csv
import io
from dataclasses import dataclass, field
from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from appliance.control.errors import ControlError
from web.pages.settings import pages
from web.pages.settings.saving import checked, load, refusal, told
from web.pages.settings.scopes import Document, ids_of, new_id, next_extension
from web.pages.settings.unit import office
from web.roles import Role, allowed

COLUMNS = ("id", "name", "extension", "telephone", "cell", "mail")
"""Of the file that is given out, which can be read in again as it is."""

WITHOUT_HEADINGS = ("name", "extension", "telephone", "cell", "mail")
"""The columns of a table that does not name them."""

MOST_ROWS = 500

_FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet's formula begins with."""


@dataclass
class TableRead:
    """people: all of the office, as they would be. lines: by the place in them, the number of the table's row."""

    people: list[dict[str, Any]]
    lines: dict[int, int] = field(default_factory=dict)
    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)


@pages.get("/people.csv")
@allowed(Role.ADMINISTRATOR)
def give_out() -> Response:
    """Without PINs."""
    document, _revision = office()
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for one in document["people"]:
        mail = one.get("notify", {}).get("mail", "")
        cells = [one["id"], one["name"], one["extension"], one.get("station", ""), one.get("cell", ""), mail]
        table.writerow(_harmless(cell) for cell in cells)
    answer = Response("\ufeff" + written.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = "attachment; filename=people.csv"
    return answer


@pages.get("/people/table")
@allowed(Role.ADMINISTRATOR)
def table_form() -> str:
    return _shown("")


@pages.post("/people/table")
@allowed(Role.ADMINISTRATOR)
def table() -> Any:
    text = request.form.get("text", "")
    file = request.files.get("file")
    if file and file.filename:
        try:
            text = file.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            return _shown("", wrong=[_("That file is not text. Save the table as CSV (UTF-8), and try again.")]), 422
    document, revision = office()
    try:
        found = read_table(text, document)
    except csv.Error:
        return _shown(text, wrong=[_("That is no table that can be read.")]), 422
    if not found.lines:
        return _shown(text, wrong=[_("There is nobody in that table.")]), 422
    other = copy.deepcopy(document) | {"people": found.people}
    mistakes = [_mistake(one, found) for one in checked(other)]
    if mistakes or not (found.added or found.changed) or request.form.get("do") != "save":
        return _shown(text, wrong=mistakes, found=None if mistakes else found), 422 if mistakes else 200
    try:
        told(load(other, revision))
    except ControlError as error:
        return _shown(text, wrong=[refusal(error)]), 409
    added, changed = len(found.added), len(found.changed)
    flash(ngettext("%(num)d person was added.", "%(num)d people were added.", added))
    flash(ngettext("%(num)d person was changed.", "%(num)d people were changed.", changed))
    return redirect(url_for("settings.page", name="people"))


def read_table(text: str, document: Document) -> TableRead:
    """The people of the office as the table would have them. An empty cell changes nothing."""
    text = text.removeprefix("\ufeff").strip("\r\n")
    first = text.partition("\n")[0]
    divider = max("\t;,", key=first.count)
    rows = [[_plain(cell.strip()) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=divider)]
    columns: tuple[str, ...] = WITHOUT_HEADINGS
    start = 0
    if rows and "name" in (headings := [_column(cell) for cell in rows[0]]):
        columns, start = tuple(headings), 1
    if len(rows) > MOST_ROWS + start:
        abort(413)
    read = TableRead(copy.deepcopy(document["people"]))
    for number, row in enumerate(rows[start:], start + 1):
        cells = {name: cell for name, cell in zip(columns, row, strict=False) if name and cell}
        if cells:
            _take_row(cells, number, document, read)
    return read


def _take_row(cells: dict[str, str], number: int, document: Document, read: TableRead) -> None:
    known = {one["id"]: place for place, one in enumerate(read.people)}
    known_extension = {one["extension"]: place for place, one in enumerate(read.people)}
    place = known.get(cells.get("id", ""), known_extension.get(cells.get("extension", ""), -1))
    if place < 0:
        ids = ids_of(document | {"people": read.people})
        person: dict[str, Any] = {"id": new_id(cells.get("name", ""), ids), "name": ""}
        person["extension"] = next_extension(document | {"people": read.people})
        place = len(read.people)
        read.people.append(person)
        read.added.append(cells.get("name", ""))
    person = read.people[place]
    read.lines[place] = number
    before = copy.deepcopy(person)
    for column, name in (("name", "name"), ("extension", "extension"), ("telephone", "station")):
        if column in cells:
            person[name] = cells[column]
    if "cell" in cells:
        person["cell"] = "".join(char for char in cells["cell"] if char not in " -()/.")
    if "mail" in cells:
        person["notify"] = {**person.get("notify", {}), "mail": cells["mail"]}
    if person != before and before["name"]:
        read.changed.append(str(person["name"]))


def _column(heading: str) -> str:
    """Which column a heading names; empty for one that is not read."""
    names = {
        "id": ("id", "short word"),
        "name": ("name", _("Name")),
        "extension": ("extension", _("Extension")),
        "telephone": ("telephone", "station", "phone", _("Telephone")),
        "cell": ("cell", "cell phone", "mobile", _("Cell phone")),
        "mail": ("mail", "e-mail", "email", _("Mail address")),
    }
    heading = heading.casefold()
    return next((name for name, words in names.items() if heading in (word.casefold() for word in words)), "")


def _harmless(cell: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _plain(cell: str) -> str:
    """A cell without the mark that `_harmless` gave it."""
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(_FORMULA) else cell


def _mistake(one: dict[str, str], found: TableRead) -> str:
    path: str = one["path"]
    place = path.removeprefix("people[").partition("]")[0]
    line = found.lines.get(int(place)) if path.startswith("people[") and place.isdigit() else None
    where = _("Row %(number)d: ", number=line) if line else ""
    field_name = path.rpartition("]")[2].lstrip(".")
    return f"{where}{field_name}: {one['reason']}" if field_name else f"{where}{one['reason']}"


def _shown(text: str, *, wrong: list[str] | None = None, found: TableRead | None = None) -> str:
    title = _("People from a table")
    crumbs = [(_("People"), url_for("settings.page", name="people")), (title, "")]
    return render_template("settings/table.html", title=title, crumbs=crumbs, text=text, wrong=wrong, found=found)

"""The calls there were: looked through by anything, a page at a time, one by one, and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _
from flask_babel import pgettext as _p
from flask_login import current_user

from appliance.control.errors import ControlError
from web import callwords, stepwords
from web.roles import EVERYBODY, Role, allowed
from web.saying import refusal
from web.spreadsheet import rows_as_csv
from web.unit import ask

pages = Blueprint("log", __name__)

WORDS = ("since", "until", "direction", "line", "text", "person", "outcome", "answered", "step", "account")
SECONDS = ("lasted_least", "lasted_most", "waited_least", "waited_most")
"""What a reader may fill in, by the names of `log.find`."""
AT_ONCE = 50
IN_FILE_AT_ONCE = 100


@pages.get("/log")
@allowed(*EVERYBODY)
def index() -> Any:
    given, wanted = {name: request.args.get(name, "").strip() for name in (*WORDS, *SECONDS)}, filter_of()
    wrong = ""
    after = request.args.get("after", "")
    try:
        found = ask("log.find", **wanted, after=after, limit=AT_ONCE)
        counted = ask("log.count", **wanted) if not after and any(given.values()) else None
    except ControlError as error:
        if error.code != "wrong-filter":
            raise
        wrong, found, counted = refusal(error), {"calls": [], "names": {}, "next": None, "looked_until": None}, None
    filled: dict[str, Any] = {name: text for name, text in given.items() if text}
    older = url_for(".index", **filled, after=found["next"]) if found["next"] else ""
    return render_template(
        "log/index.html",
        found=found,
        counted=counted,
        given=given,
        wrong=wrong,
        after=after,
        older=older,
        newest=url_for(".index", **filled),
        file=url_for(".download", **filled),
        choices=ask("log.choices") if current_user.role is not Role.PERSON else None,
        words=callwords,
    ), 400 if wrong else 200


@pages.get("/log/calls.csv")
@allowed(*EVERYBODY)
def download() -> Response:
    """All calls that are asked for. They are fetched while they are sent, so a million needs no room."""
    wanted = filter_of()
    first = ask("log.find", **wanted, after="", limit=IN_FILE_AT_ONCE)  # Refused before anything is sent.
    answer = Response(stream_with_context(_pieces(first, wanted)), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="calls.csv"'
    return answer


@pages.get("/log/<id>")
@allowed(*EVERYBODY)
def one(id: str) -> Any:
    try:
        found = ask("log.call", id=id, person=_whose())
    except ControlError as error:
        if error.code != "no-such-call":
            raise
        abort(404)
    return render_template("log/call.html", found=found, call=found["call"], words=callwords, step=stepwords.step)


def filter_of() -> dict[str, Any]:
    """What is asked for. Whoever is a person alone sees their own calls, whatever the address says."""
    wanted: dict[str, Any] = {name: request.args.get(name, "").strip() for name in WORDS}
    wanted |= {name: _seconds(request.args.get(name, "")) for name in SECONDS}
    if current_user.role is Role.PERSON:
        wanted["person"] = _whose()
    return wanted


def _whose() -> str:
    """The person whose calls alone may be seen; empty: everybody's."""
    if current_user.role is not Role.PERSON:
        return ""
    if not current_user.person:
        abort(403)
    return str(current_user.person)


def _seconds(text: str) -> float:
    try:
        seconds = float(text or 0)
    except ValueError:
        return 0.0
    return seconds if 0 < seconds < 1e9 else 0.0


def _pieces(page: dict[str, Any], wanted: dict[str, Any]) -> Iterator[str]:
    yield "\ufeff" + rows_as_csv([_headings()])  # The mark by which spreadsheets know UTF-8.
    while True:
        yield rows_as_csv(_row(record, page) for record in page["calls"])
        if page["next"] is None:
            return
        page = ask("log.find", **wanted, after=page["next"], limit=IN_FILE_AT_ONCE)


def _headings() -> list[str]:
    return [
        *(
            _("Began"),
            _p("time", "Answered"),
            _("Ended"),
            _("Direction"),
            _("Line"),
            _("Number"),
            _("Name"),
            _("Contact"),
        ),
        *(_("Called"), _("Who was reached"), _("Outcome"), _("Steps"), _("Answers to scripts"), _("Id")),
    ]


def _row(record: dict[str, Any], page: dict[str, Any]) -> list[str]:
    names = page["names"]
    answers = "; ".join(f"{one['question']} {one['answer']}" for one in page["answers"].get(record["id"], []))
    steps = "; ".join(stepwords.step(one["what"], names) for one in record["steps"])
    return [
        *(record["started"], record["answered"] or "", record["ended"] or ""),
        *(str(callwords.DIRECTIONS[record["direction"]]), record["line"], record["caller_number"]),
        *(record["caller_name"], record["contact"] or "", record["called"]),
        *(names.get(record["reached"], record["reached"]), callwords.outcome(record), steps, answers),
        record["id"],
    ]

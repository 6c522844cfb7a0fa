"""Faxes that came: listed by box, read page by page, printed from the browser as PDF, forwarded, deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from appliance.control.errors import ControlError
from web.faxboxes import missing_of, own_box, own_boxes, own_name_of, sender_of
from web.mailboxes import shown_time
from web.roles import EVERYBODY, allowed
from web.saying import refusal
from web.sounds import whole_answer
from web.unit import ask

OFFICE_BOX = "@office"


def add_received(pages: Blueprint) -> None:
    """Put these pages on the blueprint."""
    pages.context_processor(_helpers)
    pages.get("/in/<box>")(received)
    pages.get("/in/<box>/<id>")(fax)
    pages.get("/in/<box>/<id>/<int:number>.png")(picture)
    pages.get("/in/<box>/<id>.pdf")(pdf)
    pages.post("/in/<box>/<id>/new")(mark_new)
    pages.post("/in/<box>/<id>/delete")(delete)
    pages.post("/in/<box>/<id>/restore")(restore)
    pages.post("/in/<box>/<id>/forward")(forward)


@allowed(*EVERYBODY)
def received(box: str) -> Any:
    boxes, which = own_boxes(), own_box(box)
    deleted = request.args.get("show") == "deleted"
    after = request.args.get("after", 0, type=int)
    listed = ask("faxes.list", box=box, after=after, state="deleted" if deleted else "kept")
    return render_template(
        "faxes/received.html",
        boxes=boxes,
        box=which,
        deleted=deleted,
        faxes=listed["faxes"],
        next=listed["next"] if listed["next"] < listed["total"] else 0,
        undo=_just_deleted(box),
    )


@allowed(*EVERYBODY)
def fax(box: str, id: str) -> Any:
    """One fax: its pages, to whose box it may be forwarded, and who has opened it."""
    which = own_box(box)
    found = _fax(box, id)
    return render_template(
        "faxes/fax.html",
        box=which,
        fax=found,
        others=[one for one in ask("faxes.boxes") if one["box"] != box],
        opened=ask("faxes.opened", box=box, id=id),
    )


@allowed(*EVERYBODY)
def picture(box: str, id: str, number: int) -> Response:
    own_box(box)
    return _there(lambda: whole_answer("faxes.page", "image/png", box=box, id=id, page=number, **_looks()))


@allowed(*EVERYBODY)
def pdf(box: str, id: str) -> Any:
    own_box(box)
    came = datetime.fromisoformat(_fax(box, id)["received"])
    name = f"fax-{came:%Y-%m-%d-%H%M}.pdf"
    try:
        return whole_answer("faxes.pdf", "application/pdf", file_name=name, box=box, id=id, **_looks())
    except ControlError as error:
        if error.code == "no-such-fax":
            abort(404)
        if error.code != "pages-unusable":
            raise
        flash(refusal(error), "wrong")
        return redirect(url_for("faxes.fax", box=box, id=id))


@allowed(*EVERYBODY)
def mark_new(box: str, id: str) -> Any:
    own_box(box)
    _done(lambda: ask("faxes.mark_new", box=box, id=id))
    return redirect(url_for("faxes.received", box=box))


@allowed(*EVERYBODY)
def delete(box: str, id: str) -> Any:
    own_box(box)
    gone = _done(lambda: ask("faxes.delete", box=box, id=id, by=current_user.person))
    return redirect(url_for("faxes.received", box=box, deleted=id if gone else None))


@allowed(*EVERYBODY)
def restore(box: str, id: str) -> Any:
    own_box(box)
    if _done(lambda: ask("faxes.restore", box=box, id=id)):
        flash(_("The fax is back."), "good")
    return redirect(url_for("faxes.received", box=box))


@allowed(*EVERYBODY)
def forward(box: str, id: str) -> Any:
    own_box(box)
    to = request.form.get("to", "")
    there = url_for("faxes.fax", box=box, id=id, _anchor="forward")
    if not to:
        flash(_("Choose whose box it is to be put into."), "wrong")
        return redirect(there)
    try:
        if not _done(lambda: ask("faxes.forward", box=box, id=id, to=to, by=current_user.person)):
            return redirect(url_for("faxes.received", box=box))
    except ControlError as error:
        flash(refusal(error), "wrong")
        return redirect(there)
    name = next((one["name"] for one in ask("faxes.boxes") if one["box"] == to), to)
    flash(_("It is in the fax box of %(name)s too.", name=name), "good")
    return redirect(url_for("faxes.fax", box=box, id=id))


def _helpers() -> dict[str, Any]:
    return {
        "sender_of": sender_of,
        "own_name_of": own_name_of,
        "missing_of": missing_of,
        "shown_time": shown_time,
        "box_title": _box_title,
        "opened_words": _opened_words,
    }


def _box_title(box: dict[str, Any]) -> str:
    if box["own"]:
        return _("Your faxes")
    if box["box"] == OFFICE_BOX:
        return _("Faxes of the office")
    return _("Faxes of %(name)s", name=box["name"])


def _opened_words(how: str) -> str:
    words = {
        "page": _("read here"),
        "command": _("read by a command on the unit"),
        "mail": _("mailed"),
        "print": _("printed"),
        "forwarded": _("forwarded"),
    }
    return words.get(how, how)


def _looks() -> dict[str, str]:
    return {"by": current_user.person, "how": "page"}


def _fax(box: str, id: str) -> dict[str, Any]:
    found: dict[str, Any] = _there(lambda: ask("faxes.one", box=box, id=id))
    return found


def _there(asked: Callable[[], Any]) -> Any:
    """What is asked for; a page that is not there where the fax is gone."""
    try:
        return asked()
    except ControlError as error:
        if error.code in ("no-such-fax", "no-such-page", "pages-unusable"):
            abort(404)
        raise


def _done(asked: Callable[[], Any]) -> bool:
    """Whether it was done. Where the fax has gone meanwhile, in another window or by somebody else, that is said."""
    try:
        asked()
    except ControlError as error:
        if error.code != "no-such-fax":
            raise
        flash(refusal(error), "wrong")
        return False
    return True


def _just_deleted(box: str) -> dict[str, Any] | None:
    """The fax that was deleted a moment ago, to be brought back by one press."""
    id = request.args.get("deleted", "")
    if not id:
        return None
    try:
        found: dict[str, Any] = ask("faxes.one", box=box, id=id)
    except ControlError:
        return None
    return found if found["state"] == "deleted" else None

"""Faxes that go out: what is to be sent, how far it has come, and the proof of what was delivered."""

from __future__ import annotations

import base64
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from appliance.control.errors import ControlError
from web.faxboxes import own_boxes
from web.roles import EVERYBODY, allowed
from web.saying import refusal, sentence
from web.sounds import send_file
from web.unit import ask, ask_patiently

LARGEST_FAX = 64 * 1024 * 1024
"""Bytes of all files together, as the daemon has it."""
MOST_FILES = 20
OVER = ("delivered", "unsure", "failed", "cancelled")


def add_sent(pages: Blueprint) -> None:
    """Put these pages on the blueprint."""
    pages.context_processor(lambda: {"over": OVER, "sentence": sentence})
    pages.get("/out")(sent)
    pages.get("/out/new")(new)
    pages.post("/out/new")(send)
    pages.get("/out/<id>")(sent_fax)
    pages.post("/out/<id>/cancel")(cancel)
    pages.get("/out/<id>.pdf")(proof)


@allowed(*EVERYBODY)
def sent() -> Any:
    boxes = own_boxes()
    faxes = ask("fax.queue", person=current_user.person)
    return render_template("faxes/sent.html", boxes=boxes, faxes=faxes[::-1])


@allowed(*EVERYBODY)
def new() -> Any:
    own_boxes()
    return _form()


@allowed(*EVERYBODY)
def send() -> Any:
    own_boxes()
    request.max_content_length = LARGEST_FAX
    files = [file for file in request.files.getlist("files") if file.filename]
    if not files:
        return _form(no_file=_("Please choose what is to be sent: a PDF file, a picture or a text.")), 400
    if len(files) > MOST_FILES:
        return _form(no_file=_("%(most)s files at most are sent as one fax.", most=MOST_FILES)), 400
    form = request.form
    try:
        handed = [{"upload": send_file("fax.upload", file.stream), "name": file.filename} for file in files]
        faxes = ask_patiently(
            "fax.send",
            to=form.get("to", "").strip(),
            files=handed,
            name=form.get("name", ""),
            note=form.get("note", ""),
            cover="yes" if "cover" in form or form.get("note", "").strip() else "no",  # A note would be lost.
            coarse="coarse" in form,
            person=current_user.person,
            by="page",
        )
    except ControlError as error:
        return _form(wrong=refusal(error)), 400
    flash(_("It waits for a free line, and is sent then. You see here how far it has come."), "good")
    if len(faxes) == 1:
        return redirect(url_for("faxes.sent_fax", id=faxes[0]["id"]))
    return redirect(url_for("faxes.sent"))


@allowed(*EVERYBODY)
def sent_fax(id: str) -> Any:
    own_boxes()
    return render_template("faxes/sent_fax.html", fax=_fax(id))


@allowed(*EVERYBODY)
def cancel(id: str) -> Any:
    own_boxes()
    _fax(id)
    try:
        ask("fax.cancel", id=id, person=current_user.person)
        flash(_("The fax is not sent any more."), "good")
    except ControlError as error:
        flash(refusal(error), "wrong")
    return redirect(url_for("faxes.sent_fax", id=id))


@allowed(*EVERYBODY)
def proof(id: str) -> Any:
    own_boxes()
    over = _fax(id)["over"][: len("2026-12-31")]
    try:
        content = base64.b64decode(ask_patiently("fax.proof", id=id, person=current_user.person)["pdf"])
    except ControlError as error:
        flash(refusal(error), "wrong")
        return redirect(url_for("faxes.sent_fax", id=id))
    headers = {"Content-Disposition": f'attachment; filename="fax-{over}-{id}.pdf"'}
    return Response(content, headers=headers, mimetype="application/pdf")


def _fax(id: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] = ask("fax.show", id=id, person=current_user.person)
    except ControlError as error:
        if error.code == "no-such-fax":
            abort(404)
        raise
    return found


def _form(wrong: str = "", no_file: str = "") -> str:
    """The form, or why whoever is signed in gets none."""
    sending = _sending()
    people = sending.get("people") or [current_user.person]
    given = request.form.to_dict() if request.method == "POST" else {"cover": sending.get("cover")}
    may = current_user.person in people
    return render_template("faxes/new.html", wrong=wrong, no_file=no_file, given=given, may=may)


def _sending() -> dict[str, Any]:
    """How the office sends faxes, as far as its document says so."""
    document: dict[str, Any] = (ask("office.get") or {}).get("document") or {}
    sending: dict[str, Any] = document.get("fax", {}).get("sending", {})
    return sending

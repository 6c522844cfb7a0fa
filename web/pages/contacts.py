"""Callers known and unwanted: contacts, their files, and the block list."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _

from appliance.control.errors import ControlError
from web.roles import OFFICE, allowed
from web.saying import refusal, sentence
from web.sounds import send_file
from web.spokenlanguages import spoken_languages
from web.unit import ask

pages = Blueprint("contacts", __name__, url_prefix="/contacts")

ON_A_PAGE = 50
LARGEST_FILE = 16 * 1024 * 1024
"""Bytes: 100,000 contacts are less."""
FORMS = {"csv": ("text/csv", "contacts.csv"), "vcard": ("text/vcard", "contacts.vcf")}
TEXTS = ("number", "name", "company", "notes", "language")


@pages.get("")
@allowed(*OFFICE)
def page() -> str:
    wanted, after = request.args.get("find", ""), max(request.args.get("after", 0, type=int), 0)
    found = ask("contacts.list", find=wanted, after=after, limit=ON_A_PAGE)
    return render_template("contacts/list.html", found=found, find=wanted, after=after, on_a_page=ON_A_PAGE)


@pages.get("/new")
@allowed(*OFFICE)
def new() -> str:
    typed = {name: request.args.get(name, "") for name in TEXTS} | {"rank": 0}
    return _form(typed, {}, "")


@pages.post("/new")
@allowed(*OFFICE)
def add() -> Any:
    typed = _typed()
    wrong = _mistakes(typed)
    if not wrong:
        try:
            ask("contacts.add", contact=typed)
        except ControlError as error:
            if error.code != "contact-exists":
                raise
            wrong = {"number": _("There is a contact with this number already.")}
    if wrong:
        return _form(typed, wrong, ""), 400
    flash(_("%(name)s is in the contacts.", name=typed["name"]), "good")
    return redirect(url_for("contacts.page"))


@pages.get("/one")
@allowed(*OFFICE)
def one() -> str:
    number = request.args.get("number", "")
    return _form(_contact(number), {}, number)


@pages.post("/one")
@allowed(*OFFICE)
def change() -> Any:
    number, typed = request.args.get("number", ""), _typed()
    _contact(number)
    wrong = _mistakes(typed)
    if not wrong:
        try:
            ask("contacts.change", number=number, fields=typed)
        except ControlError as error:
            if error.code != "contact-exists":
                raise
            wrong = {"number": _("There is a contact with this number already.")}
    if wrong:
        return _form(typed, wrong, number), 400
    flash(_("Saved."), "good")
    return redirect(url_for("contacts.page"))


@pages.post("/remove")
@allowed(*OFFICE)
def remove() -> Any:
    """What was removed can be put back by the form that is shown then."""
    try:
        gone = ask("contacts.remove", number=request.form.get("number", ""))
    except ControlError as error:
        if error.code != "no-such-contact":
            raise
        flash(_("That contact is gone already."), "good")
        return redirect(url_for("contacts.page"))
    return render_template("contacts/removed.html", gone=gone)


@pages.get("/export.<form>")
@allowed(*OFFICE)
def export(form: str) -> Response:
    if form not in FORMS:
        abort(404)
    kind, name = FORMS[form]
    first = ask("contacts.export", form=form, after=0)

    def parts() -> Iterator[str]:
        # Spreadsheets take a CSV file for UTF-8 only by the mark in front.
        yield ("\ufeff" if form == "csv" else "") + first["text"]
        after = first["after"]
        while after is not None:
            part = ask("contacts.export", form=form, after=after)
            yield part["text"]
            after = part["after"]

    answer = Response(stream_with_context(parts()), mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@pages.get("/import")
@allowed(*OFFICE)
def import_form() -> str:
    return render_template("contacts/import.html")


@pages.post("/import")
@allowed(*OFFICE)
def take() -> Any:
    """Take a file in; all that it has and could not be taken is told, line by line."""
    request.max_content_length = LARGEST_FILE
    file = request.files.get("file")
    content = file.read() if file is not None else b""
    if not content:
        return render_template("contacts/import.html", wrong=_("Choose a file first; this one is empty.")), 400
    try:
        upload = send_file("contacts.upload", io.BytesIO(content))
        done = ask("contacts.import", upload=upload)
    except ControlError as error:
        if error.code not in ("file-too-large", "contact-refused", "disk-failed"):
            raise
        return render_template("contacts/import.html", wrong=refusal(error)), 400
    refused = ask("contacts.refused", upload=upload, after=0) if done["refused"] else {"refused": [], "total": 0}
    return render_template("contacts/import.html", done=done, refused=refused, sentence=sentence)


@pages.get("/blocked")
@allowed(*OFFICE)
def blocked() -> str:
    return _blocked({}, {})


@pages.post("/blocked")
@allowed(*OFFICE)
def block() -> Any:
    typed = {name: request.form.get(name, "").strip() for name in ("caller", "gets", "notes")}
    try:
        entry = ask("contacts.block", blocked=typed)
    except ControlError as error:
        if error.code not in ("contact-refused", "contact-exists"):
            raise
        return _blocked(typed, {"caller": refusal(error)}), 400
    flash(_("%(caller)s is blocked.", caller=entry["caller"]), "good")
    return redirect(url_for("contacts.blocked"))


@pages.post("/unblock")
@allowed(*OFFICE)
def unblock() -> Any:
    try:
        entry = ask("contacts.unblock", caller=request.form.get("caller", ""))
        flash(_("%(caller)s gets through again.", caller=entry["caller"]), "good")
    except ControlError as error:
        if error.code not in ("no-such-contact", "contact-refused"):
            raise
        flash(_("That number was not blocked any more."), "good")
    return redirect(url_for("contacts.blocked"))


def _typed() -> dict[str, Any]:
    rank = request.form.get("rank", "0").strip() or "0"
    typed: dict[str, Any] = {name: request.form.get(name, "").strip() for name in TEXTS}
    return typed | {"rank": int(rank) if rank.isascii() and rank.isdecimal() and len(rank) < 6 else rank}


def _mistakes(typed: dict[str, Any]) -> dict[str, str]:
    """What is wrong, by field."""
    return {one["field"]: sentence(one["reason_wording"]) for one in ask("contacts.check", contact=typed)}


def _contact(number: str) -> dict[str, Any]:
    try:
        found: dict[str, Any] | None = ask("contacts.caller", number=number)["contact"]
    except ControlError as error:
        if error.code != "contact-refused":
            raise
        found = None
    if found is None:
        abort(404)
    return found


def _form(typed: dict[str, Any], wrong: dict[str, str], number: str) -> str:
    languages = spoken_languages()
    return render_template("contacts/one.html", typed=typed, wrong=wrong, number=number, languages=languages)


def _blocked(typed: dict[str, Any], wrong: dict[str, str]) -> str:
    after = max(request.args.get("after", 0, type=int), 0)
    found = ask("contacts.blocked", after=after)
    ways = {
        "refusal": _("a polite refusal"),
        "ringing": _("ringing without end"),
        "voicemail": _("the voicemail, without ringing anybody"),
        "challenge": _("a key to press, which machines do not know"),
    }
    return render_template(
        "contacts/blocked.html", found=found, after=after, typed=typed, wrong=wrong, ways=ways, on_a_page=100
    )

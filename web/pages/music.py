"""Music on hold: heard, brought, and taken away again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from appliance.control.errors import ControlError
from web.roles import ADMINISTRATOR, allowed
from web.saying import refusal
from web.sounds import send_file, sound_answer
from web.unit import ask, ask_patiently

pages = Blueprint("music", __name__, url_prefix="/music")

LARGEST_UPLOAD = 64 * 1024 * 1024
MENDED_BY_HAND = {"no-sound", "file-too-large", "too-much-music", "disk-full", "disk-failed"}
"""Refusals that are told beside the field."""


@pages.get("")
@allowed(*ADMINISTRATOR)
def page() -> str:
    return _page()


@pages.post("")
@allowed(*ADMINISTRATOR)
def add() -> Any:
    request.max_content_length = LARGEST_UPLOAD
    file = request.files.get("file")
    if file is None or not file.filename:
        return _page(_("Please choose a sound file first.")), 400
    title = request.form.get("title", "").strip() or file.filename.rpartition(".")[0] or file.filename
    try:
        upload = send_file("music.upload", file.stream)
        saved = ask_patiently("music.add", by=current_user.name, upload=upload, title=title)
    except ControlError as error:
        if error.code not in MENDED_BY_HAND:
            raise
        return _page(refusal(error)), 400
    length = _length(saved["seconds"])
    flash(_("Saved and read back: who is put on hold from now on hears it (%(length)s).", length=length), "good")
    return redirect(url_for("music.page"))


@pages.post("/remove")
@allowed(*ADMINISTRATOR)
def remove() -> Any:
    """One piece; without its id, all of them."""
    try:
        ask("music.remove", by=current_user.name, id=request.form.get("id", ""))
    except ControlError as error:
        if error.code != "no-such-music":
            raise
    flash(_("It is no longer played."), "good")
    return redirect(url_for("music.page"))


@pages.get("/<id>.wav")
@allowed(*ADMINISTRATOR)
def sound(id: str) -> Response:
    try:
        return sound_answer("music.listen", id="" if id == "built-in" else id)
    except ControlError as error:
        if error.code == "no-such-music":
            abort(404)
        raise


def _page(wrong: str = "") -> str:
    pieces = ask("music.list")["pieces"]
    return render_template("music/page.html", pieces=pieces, wrong=wrong, length=_length)


def _length(seconds: float) -> str:
    """Minutes and seconds: `3:05`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"

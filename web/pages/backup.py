"""Backups: make one, fetch it, and take one over."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from unicodedata import category

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, stream_with_context, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from appliance.control.errors import ControlError
from web.moments import day
from web.restoring import restore_page, restore_step
from web.roles import Role, allowed
from web.saying import sentence
from web.unit import ask

pages = Blueprint("backup", __name__, url_prefix="/backup")

SHORTEST = 12
"""Characters of a passphrase besides spaces and dashes, of which Unicode has several (Pd): whoever has the file can try
as many as they like."""

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mistaken for one another on paper."""
GROUPS, IN_A_GROUP = 5, 4
"""Some 99 bits."""


@pages.get("")
@allowed(Role.ADMINISTRATOR)
def page() -> str:
    return _page(new_passphrase())


@pages.post("")
@allowed(Role.ADMINISTRATOR)
def make() -> Any:
    """Begin to make one; the page then shows how far it is."""
    passphrase = request.form.get("passphrase", "").strip()
    if sum(1 for letter in passphrase if not letter.isspace() and category(letter) != "Pd") < SHORTEST:
        wrong = ngettext(
            "A passphrase needs at least %(num)d letter or digit, or it is soon guessed.",
            "A passphrase needs at least %(num)d letters and digits, or it is soon guessed.",
            SHORTEST,
        )
        return _page(passphrase, wrong), 400
    try:
        ask("backup.begin", by=current_user.name, passphrase=passphrase)
    except ControlError as error:
        if error.code != "busy":
            raise
        flash(_("A backup is being made already."), "wrong")
    return redirect(url_for("backup.page"))


@pages.get("/file")
@allowed(Role.ADMINISTRATOR)
def fetch() -> Response:
    state = ask("backup.state")
    if not state["ready"]:
        abort(404)
    first = ask("backup.piece", at=0)

    def pieces() -> Iterator[bytes]:
        told, at = first, 0
        while content := base64.b64decode(told["piece"]):
            yield content
            at += len(content)
            if at >= first["size"]:
                return
            told = ask("backup.piece", at=at)

    made = state["made"][:10] or "unit"
    answer = Response(stream_with_context(pieces()), mimetype="application/octet-stream")
    answer.headers["Content-Length"] = str(first["size"])
    answer.headers["Content-Disposition"] = f'attachment; filename="copperdesk-{made}.backup"'
    return answer


@pages.post("/remove")
@allowed(Role.ADMINISTRATOR)
def remove() -> Any:
    ask("backup.remove")
    flash(_("The file is no longer on the unit."), "good")
    return redirect(url_for("backup.page"))


@pages.get("/restore")
@allowed(Role.ADMINISTRATOR)
def restore() -> str:
    return restore_page("backup/restore.html", "backup.restore")


@pages.post("/restore")
@allowed(Role.ADMINISTRATOR)
def restore_on() -> Any:
    return restore_step("backup/restore.html", "backup.restore")


def new_passphrase() -> str:
    """One that nobody guesses, to be printed or copied."""
    return "-".join("".join(secrets.choice(LETTERS) for _each in range(IN_A_GROUP)) for _group in range(GROUPS))


def _page(passphrase: str, wrong: str = "") -> str:
    state, last = ask("backup.state"), ask("backup.last")["made"]
    nightly = ask("nightly.get")
    return render_template(
        "backup/page.html",
        state=state,
        made=_moment(last),
        day=day,
        passphrase=passphrase,
        wrong=wrong,
        nightly=nightly,
        succeeded=_moment(nightly["succeeded"]),
        rehearsed=_moment(nightly["rehearsed"]),
        sentence=sentence,
    )


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

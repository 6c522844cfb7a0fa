"""Taking a backup over: the same steps in the set-up of a new unit and on the page of backups.

The file is brought once. Its passphrase is tried against what was brought, so a wrong one is simply tried again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _

from appliance.control.errors import ControlError
from web.saying import refusal, sentence
from web.sounds import send_from_start
from web.unit import ask

LARGEST_FILE = 8 * 1024**3
"""Bytes."""

BESIDE_THE_FIELD = {"wrong-passphrase", "not-in-order", "file-too-large", "disk-failed", "no-backup", "busy"}
"""Refusals that whoever restores can do something about."""


def restore_page(page: str, here: str, wrong: str = "") -> str:
    """How far it is, and what comes next. page: its template. here: its endpoint."""
    state = ask("restore.state")
    made = datetime.fromisoformat(state["made"]).date() if state["made"] else None
    return render_template(page, here=here, state=state, made=made, wrong=wrong, sentence=sentence)


def restore_step(page: str, here: str) -> Any:
    """Do what was pressed: bring a file, try a passphrase, put it in place, or begin anew."""
    steps: dict[str, Callable[[], Any]] = {"bring": _bring, "open": _open, "forget": _forget, "finish": _finish}
    request.max_content_length = LARGEST_FILE
    try:
        step = steps.get(request.form.get("do", ""))
        done = step() if step is not None else None
    except ControlError as error:
        if error.code not in BESIDE_THE_FIELD:
            raise
        wrong = {"wrong-passphrase": _("That passphrase does not open this backup. Please try again.")}
        return restore_page(page, here, wrong.get(error.code) or refusal(error)), 400
    return done or redirect(url_for(here))


def _bring() -> None:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise ControlError("no-backup", _("Choose the file of the backup first."))
    if not send_from_start("restore.upload", file.stream):
        raise ControlError("no-backup", _("This file is empty."))


def _open() -> None:
    ask("restore.open", passphrase=request.form.get("passphrase", "").strip())


def _forget() -> None:
    ask("restore.forget")


def _finish() -> Any:
    ask("restore.finish")
    return render_template("backup/restarting.html", then=url_for("sign_in.home"))

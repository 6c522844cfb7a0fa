"""Which program the unit runs, how its last update went, and another version brought to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from appliance.clock import RealClock
from appliance.control.errors import ControlError
from web.roles import ADMINISTRATOR, allowed
from web.saying import in_words, refusal
from web.sounds import send_from_start
from web.unit import ask, ask_patiently

pages = Blueprint("update", __name__, url_prefix="/update")

BACKUP_GOOD_FOR = timedelta(days=1)
"""An update needs one that is not older."""

LARGEST_FILES = 520 * 1024 * 1024
"""Bytes of both files together."""


@pages.get("")
@allowed(*ADMINISTRATOR)
def page() -> str:
    return _page()


@pages.post("")
@allowed(*ADMINISTRATOR)
def bring() -> Any:
    """Take a new version in, and have it installed."""
    request.max_content_length = LARGEST_FILES
    if "file" in request.form:
        return _installing(lambda: ask_patiently("update.bring", file=request.form["file"]))
    bundle, signature = request.files.get("bundle"), request.files.get("signature")
    if not bundle or not signature:
        return _page(_("Choose both files: the new version, and its signature.")), 400

    def both() -> None:
        send_from_start("update.upload", bundle.stream, signature=False)
        send_from_start("update.upload", signature.stream, signature=True)

    return _installing(both)


def _installing(bring_it: Callable[[], object]) -> Any:
    """Have what is brought installed."""
    try:
        bring_it()
        ask("update.request", now="now" in request.form)
    except ControlError as error:
        if error.code not in ("file-too-large", "not-in-order", "not-on-stick", "disk-failed"):
            raise
        return _page(refusal(error)), 400
    flash(_("The new version is being checked. Come back to this page after three minutes."), "good")
    return redirect(url_for("update.page"))


def _page(wrong: str = "") -> str:
    last = ask("backup.last")["made"]
    made = datetime.fromisoformat(last).astimezone(UTC) if last else None
    fresh = made is not None and RealClock().now() - made < BACKUP_GOOD_FOR
    program = ask("update.get")
    return render_template("update/page.html", program=program, made=last, fresh=fresh, wrong=wrong, in_words=in_words)

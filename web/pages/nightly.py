"""Where backups go every night: a form, and what can be done with them at once."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from appliance.control.errors import ControlError
from web.pages.backup import new_passphrase
from web.roles import Role, allowed
from web.saying import refusal
from web.unit import ask

pages = Blueprint("nightly", __name__, url_prefix="/backup/nightly")

KINDS = {
    "stick": _l("USB stick"),
    "smb": _l("Shared folder of a computer or NAS (SMB)"),
    "sftp": _l("SFTP server"),
    "webdav": _l("WebDAV server, such as Nextcloud"),
}
WRITTEN = ("kind", "place", "user", "password", "passphrase", "certificate", "at")
NUMBERS = ("keep", "days")


@pages.get("")
@allowed(Role.ADMINISTRATOR)
def page() -> str:
    known = ask("nightly.get")
    return _page(known, dict(known) | {"password": "", "passphrase": "" if known["passphrase"] else new_passphrase()})


@pages.post("")
@allowed(Role.ADMINISTRATOR)
def save() -> Any:
    """Keep the setting. A backup is made at once, so that whoever set it sees whether it works."""
    typed: dict[str, Any] = {name: request.form.get(name, "") for name in (*WRITTEN, *NUMBERS)}
    numbers = {name: int(typed[name]) if typed[name].isdecimal() else 0 for name in NUMBERS}
    try:
        ask("nightly.set", by=current_user.name, **{name: typed[name] for name in WRITTEN}, **numbers)
    except ControlError as error:
        field = error.code.removeprefix("wrong-")
        if field not in typed and error.code != "busy":
            raise
        return _page(ask("nightly.get"), typed | {"password": ""}, {field: refusal(error)}), 400
    flash(_("Saved. The first backup is being made now, to see whether all works."), "good")
    return redirect(url_for("backup.page"))


ACTS = ("run", "rehearse", "stop", "forget-key")


@pages.post("/<what>")
@allowed(Role.ADMINISTRATOR)
def act(what: str) -> Any:
    """Make one now, try the newest one, stop, or trust the host key that the server shows next."""
    if what not in ACTS:
        abort(404)
    try:
        ask(f"nightly.{what}", by=current_user.name)
    except ControlError as error:
        if error.code not in ("busy", "not-set"):
            raise
        flash(refusal(error), "wrong")
    return redirect(url_for("backup.page"))


def _page(known: Any, typed: dict[str, Any], wrong: dict[str, str] | None = None) -> str:
    return render_template("backup/nightly.html", known=known, typed=typed, wrong=wrong or {}, kinds=KINDS)

"""A test mail, by the server that is in use."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from appliance.control.errors import ControlError
from web.pages.settings import pages
from web.roles import Role, allowed
from web.unit import ask


@pages.post("/mail/test")
@allowed(Role.ADMINISTRATOR)
def test_mail() -> Any:
    to = request.form.get("to", "").strip()
    try:
        tested = ask("mail.test", to=to)
    except ControlError as error:
        if error.code not in ("not-set-up", "not-understood"):
            raise
        told = {
            "not-set-up": _("Enter the name of your mail server first, and save it."),
            "not-understood": _("That is no mail address. Enter one, such as jane@example.com."),
        }
        flash(told[error.code], "wrong")
        return redirect(url_for("settings.page", name="mail"))
    if tested["wrong"]:
        flash(_("The test mail was not sent: %(why)s", why=tested["wrong"]), "wrong")
    else:
        flash(_("The mail server has taken the test mail for %(to)s. Look whether it arrives.", to=tested["to"]))
    return redirect(url_for("settings.page", name="mail"))

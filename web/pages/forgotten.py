"""A forgotten password: a telephone of the office says a code, and the unit itself has the other on its label."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from appliance.control.errors import ControlError
from web import passwords
from web.roles import public
from web.unit import ask

pages = Blueprint("forgotten", __name__)


@pages.get("/forgotten")
@public
def page() -> Any:
    return render_template("forgotten/begin.html")


@pages.post("/forgotten")
@public
def begin() -> Any:
    ask("recovery.begin")
    return redirect(url_for("forgotten.codes"))


@pages.get("/forgotten/codes")
@public
def codes() -> Any:
    return _codes()


@pages.post("/forgotten/codes")
@public
def set_password() -> Any:
    name, password = request.form.get("name", ""), request.form.get("password", "")
    if objection := passwords.objection(password, name):
        return _codes(password=objection), 400
    if password != request.form.get("again", ""):
        return _codes(again=_("That is not the same password as above.")), 400
    given = {"code": request.form.get("code", ""), "label": request.form.get("label", "")}
    try:
        ticket = ask("recovery.enter", **given, source=request.remote_addr or "")["ticket"]
        ask("recovery.set-password", ticket=ticket, account=name, hash=passwords.hashed(password))
    except ControlError as error:
        match error.code:
            case "wait":
                return _codes(code=passwords.waiting(passwords.SlowedDown(float(error.message)))), 429
            case "wrong-code":
                text = _("One of the two codes is not right. Dial **0 again and listen, and look at the label again.")
                return _codes(code=text), 400
            case "no-such-account":
                return _codes(name=_("Nobody signs in with that name.")), 400
        raise
    flash(_("You have a new password: sign in with it. Everybody in the office is told that it was reset."))
    return redirect(url_for("sign_in.form"))


def _codes(**wrong: str) -> str:
    return render_template("forgotten/codes.html", wrong=wrong, typed=request.form)

"""While all takes effect: how far it has come. Then whoever has set the unit up is signed in."""

from __future__ import annotations

from typing import Any

from flask import current_app, redirect, render_template, session, url_for
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer

from appliance.control.errors import ControlError
from web.accounts import sign_in_first
from web.pages.setup.first_call import CALL_BEFORE, last_call_in
from web.pages.setup.ticket import TICKET, pages
from web.roles import public
from web.unit import ask

MADE = "setup-account"
"""Where the session cookie has the name of the account that the last step makes, signed with the time."""
WITHIN_S = 600
LOOK_AGAIN_S = 2


@pages.get("/setup/starting")
@public
def starting() -> Any:
    try:
        progress = ask("setup.progress", ticket=str(session.get(TICKET, "")))
    except ControlError as error:
        match error.code:
            case "setup-over":
                return _over()
            case "no-ticket":
                return redirect(url_for("setup.welcome"))
        raise
    if progress["state"] == "working":
        return render_template("setup/starting.html", progress=progress, again=LOOK_AGAIN_S)
    if progress["state"] == "failed":
        return render_template("setup/starting.html", progress=progress, wrong=_why(progress["wrong"]), again=0)
    return redirect(url_for("setup.welcome"))


def remember(name: str) -> None:
    """This browser has begun the last step, which makes an account of this name."""
    session[MADE] = _signer().dumps(" ".join(name.split()))


def _over() -> Any:
    """There is an administrator. Whoever has made it here is signed in, once."""
    session.pop(TICKET, None)
    try:
        name = _signer().loads(session.pop(MADE, ""), max_age=WITHIN_S)
    except BadSignature:
        return redirect(url_for("sign_in.home"))
    sign_in_first(name)
    last = last_call_in()
    session[CALL_BEFORE] = last["id"] if last is not None else ""
    return redirect(url_for("setup.first_call"))


def _why(code: str) -> str:
    match code:
        case "voice-failed":
            return _("The voice that speaks to callers has failed. Nothing was changed. Please try again.")
        case "disk-full":
            return _("The memory card of the unit is full. Nothing was changed.")
    return _("Something went wrong in the unit. Nothing was changed. Please try again.")


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="set-up")

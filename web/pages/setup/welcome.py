"""The first page of a new unit: the code that its telephones say."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from appliance.control.errors import ControlError
from web.pages.setup.ticket import TICKET, ask_setup, open_step, pages
from web.roles import public
from web.saying import sentence
from web.unit import ask

UNEXPECTED = ("copperdesk.toml ", "the list of accounts was damaged ")
"""How faults begin by which somebody finds a set-up here who does not expect it: of the file on the boot partition, and
of accounts that are lost, where a backup is to be restored."""


@pages.get("/setup")
@public
def welcome() -> Any:
    """Whoever has given the code goes on where it was left, also while all takes effect."""
    if session.get(TICKET):
        if ask_setup("progress")["state"] == "working":
            return redirect(url_for("setup.starting"))
        return redirect(url_for("setup.step", step=open_step(ask_setup("get"))))
    return _page()


@pages.post("/setup")
@public
def enter() -> Any:
    try:
        found = ask("setup.enter", code=request.form.get("code", ""), source=request.remote_addr or "")
    except ControlError as error:
        match error.code:
            case "wrong-code":
                return _page(_("That is not the code. Please listen once more and try again.")), 401
            case "wait":
                return _page(_too_often(int(error.message))), 429
        raise
    session[TICKET] = found["ticket"]
    session.permanent = True
    return redirect(url_for("setup.restore" if request.form.get("then") == "restore" else "setup.welcome"))


def _page(wrong: str = "") -> str:
    faults = [sentence(one) for one in ask("status")["fault_wordings"] if one["text"].startswith(UNEXPECTED)]
    return render_template("setup/welcome.html", wrong=wrong, faults=faults)


def _too_often(seconds: int) -> str:
    told: str = ngettext(
        "The code was wrong several times. Please wait %(num)d second, then try again.",
        "The code was wrong several times. Please wait %(num)d seconds, then try again.",
        seconds,
    )
    return told

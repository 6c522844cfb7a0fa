"""The unit's name and address in the office's network, and what sets its clock.

A change of name or address is tried, and taken back by itself unless whoever made it confirms it: nobody loses the way
to the unit by a mistyped number.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from appliance.control.errors import ControlError
from web.access import of_itself
from web.ownnames import own_addresses, own_names
from web.roles import ADMINISTRATOR, allowed
from web.saying import in_words
from web.unit import ask, ask_patiently

pages = Blueprint("network", __name__, url_prefix="/network")

MISTAKES = {
    "wrong-name": _l("A name has letters from a to z, digits and hyphens, such as copperdesk."),
    "wrong-address": _l("That is no address a device of this network can have. It is written like 192.168.1.20."),
    "wrong-prefix": _l("The size is a number from 8 to 30, or a mask such as 255.255.255.0."),
    "wrong-gateway": _l("The router has to be another device of the same network, or leave it empty."),
    "wrong-dns": _l("A name server is written as an address, like 192.168.1.1. Separate several by commas."),
    "wrong-servers": _l("Up to four names such as time.example.org, separated by commas."),
}
"""What is said beside the field, by the code of the refusal."""


@pages.get("")
@allowed(*ADMINISTRATOR)
def page() -> str:
    return _page()


@pages.post("/name")
@allowed(*ADMINISTRATOR)
def try_name() -> Any:
    return _tried("network.try-name", name=request.form.get("name", ""))


@pages.post("/address")
@allowed(*ADMINISTRATOR)
def try_address() -> Any:
    written = {name: request.form.get(name, "") for name in ("connection", "address", "prefix", "gateway")}
    automatic = request.form.get("automatic") == "yes"
    return _tried("network.try-address", **written, automatic=automatic, dns=_listed(request.form.get("dns", "")))


@pages.post("/confirm")
@allowed(*ADMINISTRATOR)
def confirm() -> Any:
    try:
        ask_patiently("network.confirm", by=current_user.name)
    except ControlError as error:
        match error.code:
            case "no-trial":
                flash(_("It was too late: all is as it was before."), "wrong")
            case "not-yours":
                flash(_("Only whoever made this change can confirm it."), "wrong")
            case "not-yet":
                flash(_("The change is not in effect yet. Try again in a moment."), "wrong")
            case "machine-refused":
                flash(_("It could not be kept, so it is taken back: %(why)s", why=in_words(error.wording)), "wrong")
            case _:
                raise
    else:
        flash(_("Kept. The unit stays as it is now."), "good")
    return redirect(url_for("network.page"))


@pages.post("/back")
@allowed(*ADMINISTRATOR)
def take_back() -> Any:
    try:
        ask("network.take-back", by=current_user.name)
    except ControlError as error:
        if error.code != "no-trial":
            raise
    return redirect(url_for("network.page"))


@pages.post("/time")
@allowed(*ADMINISTRATOR)
def set_time_servers() -> Any:
    try:
        ask_patiently(
            "network.set-time-servers", by=current_user.name, servers=_listed(request.form.get("servers", ""))
        )
    except ControlError as error:
        return _refused(error)
    flash(_("Saved."), "good")
    return redirect(url_for("network.page"))


def _tried(method: str, **written: Any) -> Any:
    try:
        ask_patiently(method, by=current_user.name, **written)
    except ControlError as error:
        return _refused(error)
    return redirect(url_for("network.page"))


def _refused(error: ControlError) -> Any:
    """The page, with what is wrong beside its field."""
    if error.code in MISTAKES:
        field = error.code.removeprefix("wrong-")
        return _page({field: MISTAKES[error.code], "connection": request.form.get("connection", "")}), 400
    if error.code == "trial-running":
        flash(_("Another change is being tried. Wait until it is over."), "wrong")
    elif error.code == "not-here":
        flash(_("This cannot be changed from here on this machine."), "wrong")
    elif error.code == "machine-refused":
        flash(_("The machine did not do it: %(why)s", why=in_words(error.wording)), "wrong")
    else:
        raise error
    return redirect(url_for("network.page"))


def _page(wrong: dict[str, Any] | None = None) -> str:
    known = ask_patiently("network.get")
    trial = known["trial"]
    if trial is not None:
        mine = trial["by"].casefold() == current_user.name.casefold()
        old, new = _way(trial["old"]), _way(trial["new"])
        return render_template("network/trial.html", trial=trial, mine=mine, old=old, new=new)
    typed = request.form if wrong else {}
    names = [name for name in own_names() if name != "localhost"]
    shown = {"known": known, "names": names, "addresses": [one for one in own_addresses() if not of_itself(one)]}
    return render_template("network/page.html", **shown, wrong=wrong or {}, typed=typed, in_words=in_words)


def _way(host: str) -> str:
    """This page, by another name or address of the unit; empty: nobody knows it."""
    port = request.host.rpartition(":")[2]
    behind = f":{port}" if port.isdecimal() and not request.host.endswith("]") and ":" in request.host else ""
    return f"{request.scheme}://{host}{behind}{url_for('network.page')}" if host else ""


def _listed(written: str) -> list[str]:
    return written.replace(",", " ").replace(";", " ").split()

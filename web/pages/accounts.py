"""Who may sign in, as what, and from where: the administrator's page of the accounts."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp
from flask_login import current_user

from appliance.control.errors import ControlError
from web import passwords
from web.roles import ADMINISTRATOR, Role, allowed
from web.unit import ask

pages = Blueprint("accounts", __name__)

ROLES = {
    Role.ADMINISTRATOR: (_lp("role", "Administrator"), _l("Sets everything up. Sees no messages of others.")),
    Role.OPERATOR: (_lp("role", "Operator"), _l("Answers for the office: calls, callers who got nobody, contacts.")),
    Role.PERSON: (_lp("role", "Person"), _l("Has their own messages, and sets how they are reached.")),
}
"""What each role is called, and what it may do."""


@pages.get("/accounts")
@allowed(*ADMINISTRATOR)
def page() -> Any:
    return _list()


@pages.post("/accounts")
@allowed(*ADMINISTRATOR)
def add() -> Any:
    name, role, password = request.form.get("name", "").strip(), request.form.get("role", ""), _password()
    wrong = {"password": passwords.objection(password, name)}
    if not wrong["password"]:
        try:
            person = request.form.get("person", "")
            ask(
                "accounts.add",
                by=current_user.name,
                name=name,
                role=role,
                person=person,
                hash=passwords.hashed(password),
            )
        except ControlError as error:
            wrong["name"] = _name_refused(error)
        else:
            flash(_("%(name)s can sign in now.", name=name))
            return redirect(url_for("accounts.page"))
    return _list(wrong, name=name, role=role), 400


@pages.get("/accounts/of/<name>")
@allowed(*ADMINISTRATOR)
def one(name: str) -> Any:
    return _one(name)


@pages.post("/accounts/of/<name>")
@allowed(*ADMINISTRATOR)
def change(name: str) -> Any:
    role, person = request.form.get("role", ""), request.form.get("person", "")
    try:
        ask("accounts.change", by=current_user.name, name=name, role=role, person=person)
    except ControlError as error:
        if error.code != "last-administrator":
            raise
        return _one(name, role=_only_administrator()), 400
    flash(_("Saved."))
    return redirect(url_for("accounts.page"))


@pages.post("/accounts/of/<name>/password")
@allowed(*ADMINISTRATOR)
def set_password(name: str) -> Any:
    password = _password()
    if objection := passwords.objection(password, name):
        return _one(name, password=objection), 400
    ask("accounts.change", by=current_user.name, name=name, hash=passwords.hashed(password))
    ask("sessions.end-of", account=name)
    flash(_("%(name)s has a new password, and is signed out everywhere.", name=name))
    return redirect(url_for("accounts.page"))


@pages.post("/accounts/of/<name>/sign-out")
@allowed(*ADMINISTRATOR)
def end_sessions(name: str) -> Any:
    ask("sessions.end-of", account=ask("accounts.find", name=name)["name"])
    flash(_("%(name)s is signed out everywhere.", name=name))
    return redirect(url_for("accounts.one", name=name))


@pages.post("/accounts/of/<name>/second-factor-off")
@allowed(*ADMINISTRATOR)
def second_factor_off(name: str) -> Any:
    ask("accounts.set-second-factor", by=current_user.name, name=name, secret="")
    flash(_("%(name)s signs in with the password alone now.", name=name))
    return redirect(url_for("accounts.one", name=name))


@pages.post("/accounts/of/<name>/remove")
@allowed(*ADMINISTRATOR)
def remove(name: str) -> Any:
    if name.casefold() == current_user.name.casefold():
        return _one(name, remove=_("Nobody removes their own account. Another administrator can.")), 400
    try:
        ask("accounts.remove", by=current_user.name, name=name)
    except ControlError as error:
        if error.code != "last-administrator":
            raise
        return _one(name, remove=_only_administrator()), 400
    flash(_("%(name)s can no longer sign in.", name=name))
    return redirect(url_for("accounts.page"))


@pages.post("/accounts/access")
@allowed(*ADMINISTRATOR)
def set_access() -> Any:
    names = request.form.get("names", "").replace(",", " ").split()
    try:
        ask("accounts.set-access", by=current_user.name, names=names, anywhere="anywhere" in request.form)
    except ControlError as error:
        if error.code != "not-understood":
            raise
        return _list({"names": _("A name is written like phone.example.org, without http:// before it.")}), 400
    flash(_("Saved."))
    return redirect(url_for("accounts.page"))


@pages.post("/accounts/confirm-resets")
@allowed(*ADMINISTRATOR)
def confirm_resets() -> Any:
    ask("recovery.confirm")
    return redirect(url_for("accounts.page"))


def _list(wrong: dict[str, str] | None = None, **typed: str) -> str:
    shown = {
        "accounts": ask("accounts.list"),
        "people": _people(),
        "access": ask("accounts.access"),
        "label": ask("recovery.label")["code"],
        "resets": ask("recovery.unconfirmed"),
    }
    return render_template("accounts/list.html", wrong=wrong or {}, typed=typed, roles=ROLES, Role=Role, **shown)


def _one(name: str, **wrong: str) -> str:
    found = ask("accounts.find", name=name)
    sessions = ask("sessions.list", account=found["name"])
    shown = {"account": found, "people": _people(), "sessions": sessions, "roles": ROLES}
    return render_template("accounts/one.html", wrong=wrong, **shown)


def _people() -> dict[str, str]:
    """The name of everybody of the office, by the id."""
    return {person["person"]: person["name"] for person in ask("people.list")}


def _password() -> str:
    return request.form.get("password", "")


def _only_administrator() -> str:
    return str(_("Nobody else may set the unit up. Make somebody else an administrator first."))


def _name_refused(error: ControlError) -> str:
    match error.code:
        case "account-exists":
            return str(_("Somebody signs in with that name already."))
        case "not-understood":
            return str(_("A name has 1 to 64 letters, digits, spaces, dots, hyphens or @."))
    raise error

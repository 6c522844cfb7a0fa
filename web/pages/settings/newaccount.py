"""An account for these pages, for a person of the office: its password is shown once, to be handed over."""

from __future__ import annotations

import secrets
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from appliance.control.errors import ControlError
from web.pages.settings import pages
from web.pages.settings.unit import office
from web.passwords import hashed
from web.roles import Role, allowed
from web.unit import ask

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are mistaken for one another on paper."""


@pages.post("/people/account")
@allowed(Role.ADMINISTRATOR)
def make_account() -> Any:
    document, _revision = office()
    key = request.args.get("key", "")
    person = next((one for one in document["people"] if one["id"] == key), None) or abort(404)
    return account_made(person)


def account_made(person: dict[str, Any]) -> Any:
    """Make it, and show the password; or say that there is one already."""
    password = "-".join("".join(secrets.choice(LETTERS) for _each in range(4)) for _group in range(3))
    try:
        ask(
            "accounts.add",
            by=current_user.name,
            name=person["id"],
            role=Role.PERSON.value,
            person=person["id"],
            hash=hashed(password),
        )
    except ControlError as error:
        if error.code != "account-exists":
            raise
        flash(_("There is an account of this name already."), "wrong")
        return redirect(url_for("settings.edit", name="people", key=person["id"]))
    title = _("Account for %(name)s", name=person["name"])
    crumbs = [(_("People"), url_for("settings.page", name="people")), (title, "")]
    return render_template(
        "settings/account.html",
        title=title,
        crumbs=crumbs,
        name=person["id"],
        password=password,
        back=url_for("settings.edit", name="people", key=person["id"]),
    )

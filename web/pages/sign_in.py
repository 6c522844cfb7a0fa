"""Signing in and out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from web.accounts import half_signed_in, sign_in, sign_in_by_code, sign_out
from web.passwords import SlowedDown, waiting
from web.roles import EVERYBODY, Role, allowed, public

pages = Blueprint("sign_in", __name__)


@pages.get("/")
@public
def home() -> Any:
    """Where each role begins."""
    if not current_user.is_authenticated:
        return redirect(url_for("sign_in.form"))
    return redirect(url_for("inbox.page" if current_user.role is Role.PERSON else "today.page"))


@pages.get("/sign-in")
@public
def form() -> Any:
    return render_template("sign_in.html", next=request.args.get("next", ""))


@pages.post("/sign-in")
@public
def enter() -> Any:
    name, password, further = (request.form.get(field, "") for field in ("name", "password", "next"))
    try:
        entered = sign_in(name.strip(), password)
    except SlowedDown as slowed:
        return _form("sign_in.html", waiting(slowed), 429, name=name, next=further)
    if entered is None:
        wrong = _("That name and password do not belong together. Please try again.")
        return _form("sign_in.html", wrong, 401, name=name, next=further)
    if isinstance(entered, str):
        return redirect(url_for("sign_in.code", next=_own(further) or None))
    return redirect(_own(further) or url_for("sign_in.home"))


@pages.get("/sign-in/code")
@public
def code() -> Any:
    if not half_signed_in():
        return redirect(url_for("sign_in.form"))
    return render_template("sign_in_code.html", next=request.args.get("next", ""))


@pages.post("/sign-in/code")
@public
def enter_code() -> Any:
    further = request.form.get("next", "")
    if not half_signed_in():
        return redirect(url_for("sign_in.form"))
    try:
        entered = sign_in_by_code(request.form.get("code", ""))
    except SlowedDown as slowed:
        return _form("sign_in_code.html", waiting(slowed), 429, next=further)
    if entered is None:
        wrong = _("That is not the code of this moment. Wait for the next one, and type that.")
        return _form("sign_in_code.html", wrong, 401, next=further)
    return redirect(_own(further) or url_for("sign_in.home"))


@pages.post("/sign-out")
@allowed(*EVERYBODY)
def leave() -> Any:
    sign_out()
    return redirect(url_for("sign_in.form"))


def _form(template: str, wrong: str, status: int, **fields: str) -> Any:
    return render_template(template, wrong=wrong, **fields), status


def _own(path: str) -> str:
    """A page of ours to go on to; empty for an address elsewhere, which a link might have been made to lead to."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if inside and path.isascii() else ""

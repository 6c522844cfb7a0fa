"""Signing in and out."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from web.accounts import sign_in, sign_out
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
    name, password = request.form.get("name", ""), request.form.get("password", "")
    if sign_in(name, password) is None:
        wrong = _("That name and password do not belong together. Please try again.")
        return render_template("sign_in.html", wrong=wrong, name=name, next=request.form.get("next", "")), 401
    return redirect(_own(request.form.get("next", "")) or url_for("sign_in.home"))


@pages.post("/sign-out")
@allowed(*EVERYBODY)
def leave() -> Any:
    sign_out()
    return redirect(url_for("sign_in.form"))


def _own(path: str) -> str:
    """A page of ours to go on to; empty for an address elsewhere, which a link might have been made to lead to."""
    return path if path.startswith("/") and not path.startswith(("//", "/\\")) else ""

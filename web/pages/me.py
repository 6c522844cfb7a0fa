"""One's own account: the password, the language, the second factor, and where one is signed in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, session, url_for
from flask_babel import format_datetime
from flask_babel import gettext as _
from flask_login import current_user

from web import passwords, secondfactor
from web.accounts import TOKEN
from web.roles import EVERYBODY, allowed
from web.texts import LANGUAGES
from web.unit import ask
from web.unsure import about

pages = Blueprint("me", __name__)

NEW_FACTOR = "new_factor"
"""Where the session has the secret of a second factor that its owner has not shown to have yet."""

BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}
"""What browsers call themselves has several of these: the first counts."""


@pages.get("/me")
@allowed(*EVERYBODY)
def page() -> Any:
    return _page()


@pages.post("/me/password")
@allowed(*EVERYBODY)
def set_password() -> Any:
    new = request.form.get("new", "")
    if (refused := _own_password_is_wrong("old")) is not None:
        return refused
    if objection := passwords.objection(new, current_user.name):
        return _page(new=objection), 400
    if new != request.form.get("again", ""):
        return _page(again=_("That is not the same password as above.")), 400
    ask("accounts.change", by=current_user.name, name=current_user.name, hash=passwords.hashed(new))
    ask("sessions.end-of", account=current_user.name, but=session[TOKEN])
    flash(_("You have a new password. Everywhere else you are signed out."))
    return redirect(url_for("me.page"))


@pages.post("/me/language")
@allowed(*EVERYBODY)
def set_language() -> Any:
    language = request.form.get("language", "")
    if language and language not in LANGUAGES:
        abort(400)
    ask("accounts.change", by=current_user.name, name=current_user.name, language=language)
    return redirect(url_for("me.page"))


@pages.post("/me/sign-out")
@allowed(*EVERYBODY)
def end_session() -> Any:
    """One of one's own sessions, or without an id all but this one."""
    ask("sessions.end-of", account=current_user.name, id=request.form.get("id", ""), but=session[TOKEN])
    flash(_("Signed out there."))
    return redirect(url_for("me.page"))


@pages.get("/me/second-factor")
@allowed(*EVERYBODY)
def new_factor() -> Any:
    session.setdefault(NEW_FACTOR, secondfactor.new_secret())
    return _new_factor()


@pages.get("/me/second-factor.svg")
@allowed(*EVERYBODY)
def picture() -> Any:
    if NEW_FACTOR not in session:
        abort(404)
    return Response(secondfactor.picture(_address()), mimetype="image/svg+xml")


@pages.post("/me/second-factor")
@allowed(*EVERYBODY)
def set_factor() -> Any:
    """Begin to ask for the codes, once whoever wants it has shown one. The recovery codes are told this once."""
    secret = session.get(NEW_FACTOR, "")
    if not secret:
        return redirect(url_for("me.new_factor"))
    try:
        known = passwords.right(current_user.name, request.form.get("password", ""))
    except passwords.SlowedDown as slowed:
        return _new_factor(password=passwords.waiting(slowed)), 429
    if known is None:
        return _new_factor(password=_wrong_password()), 400
    if secondfactor.matching_step(secret, request.form.get("code", "")) is None:
        return _new_factor(code=_("That is not the code of this moment. Wait for the next one, and type that.")), 400
    codes = secondfactor.new_recovery_codes()
    ask("accounts.set-second-factor", by=current_user.name, name=current_user.name, secret=secret, recovery_codes=codes)
    session.pop(NEW_FACTOR)
    return render_template("me/recovery_codes.html", codes=codes)


@pages.post("/me/second-factor/off")
@allowed(*EVERYBODY)
def factor_off() -> Any:
    if (refused := _own_password_is_wrong("off_password")) is not None:
        return refused
    ask("accounts.set-second-factor", by=current_user.name, name=current_user.name, secret="")
    flash(_("From now on your password alone is asked for."))
    return redirect(url_for("me.page"))


@pages.app_template_filter()
def browser_name(called: str) -> str:
    """What a browser and its machine are called by people, of what it calls itself."""
    browser = next((name for word, name in BROWSERS.items() if word in called), "")
    system = next((name for word, name in SYSTEMS.items() if word in called), "")
    if browser and system:
        return str(_("%(browser)s on %(system)s", browser=browser, system=system))
    return browser or system or _("A program")


@pages.app_template_filter()
def moment(written: str) -> str:
    """A date and time as the daemon tells it, in the reader's language."""
    at = datetime.fromisoformat(written)
    return about(at, str(format_datetime(at, "medium", rebase=False)))


def _page(**wrong: str) -> str:
    account = ask("accounts.find", name=current_user.name)
    sessions = ask("sessions.list", account=current_user.name, token=session[TOKEN])
    codes_left = ask("accounts.recovery-codes-left", name=current_user.name)
    shown = {"account": account, "sessions": sessions, "codes_left": codes_left, "languages": LANGUAGES, "own": True}
    return render_template("me/page.html", wrong=wrong, **shown)


def _new_factor(**wrong: str) -> str:
    return render_template("me/second_factor.html", secret=session[NEW_FACTOR], address=_address(), wrong=wrong)


def _address() -> str:
    return secondfactor.address(session[NEW_FACTOR], current_user.name, request.host.partition(":")[0])


def _own_password_is_wrong(field: str) -> Any:
    """The page that says so; None: it is right. Whoever finds an unlocked computer must not be able to change these."""
    try:
        if passwords.right(current_user.name, request.form.get(field, "")) is None:
            return _page(**{field: _wrong_password()}), 400
    except passwords.SlowedDown as slowed:
        return _page(**{field: passwords.waiting(slowed)}), 429
    return None


def _wrong_password() -> str:
    return str(_("That is not your password."))

"""Who is signed in. Accounts and sessions are the daemon's: they end there, and outlast a restart of this process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request, session
from flask_login import LoginManager, UserMixin, login_user, logout_user
from itsdangerous import BadSignature, URLSafeTimedSerializer

from web import passwords
from web.roles import Role
from web.secondfactor import right_code
from web.unit import ask

TOKEN = "token"
"""Where the session cookie has the secret of the session that the daemon keeps."""

BEGUN = "begun"
"""Where it has who has told their password, and is asked for the second factor."""

CODE_WITHIN_S = 300

UNKNOWN = "unknown_who"
"""In `g`, where the daemon cannot be asked who is signed in: the page that says so is then made for nobody."""


@dataclass(frozen=True)
class Account(UserMixin):  # type: ignore[misc]
    """An account that is signed in."""

    name: str
    role: Role
    person: str
    """The id of the person whose mailbox it has; empty: nobody's."""
    language: str
    """What its pages are in; empty: what the browser asks for."""

    def get_id(self) -> str:
        return str(session.get(TOKEN, ""))


def use_accounts(app: Flask) -> None:
    """Have requests know who is signed in."""
    manager = LoginManager(app)
    manager.login_view = "sign_in.form"
    manager.login_message = None
    manager.user_loader(_signed_in)


def sign_in(name: str, password: str) -> Account | str | None:
    """Begin a session for whoever knows this password; None for all others. passwords.SlowedDown.

    For an account with a second factor, its name: `sign_in_by_code` comes next.
    """
    found = passwords.right(name, password)
    if found is None:
        return None
    if found["factor"]:
        session[BEGUN] = _begun().dumps(found["name"])
        return str(found["name"])
    return _begin(found)


def half_signed_in() -> str:
    """The name of the account whose password was told within the last minutes, but no code yet; or empty."""
    try:
        return str(_begun().loads(session.get(BEGUN, ""), max_age=CODE_WITHIN_S))
    except BadSignature:
        return ""


def sign_in_by_code(code: str) -> Account | None:
    """Begin a session for whoever is half signed in and knows the code of this moment, or a recovery code.

    None for all others. passwords.SlowedDown.
    """
    name = half_signed_in()
    if not name or not right_code(name, code):
        return None
    return _begin(ask("accounts.find", name=name))


def sign_in_first(name: str) -> Account:
    """Begin a session for the account that the set-up has just made."""
    return _begin(ask("accounts.find", name=name))


def sign_out() -> None:
    """End the session here and in the daemon."""
    ask("sessions.end", token=str(session.get(TOKEN, "")))
    logout_user()
    session.clear()


def _begin(found: dict[str, Any]) -> Account:
    session.clear()
    browser = request.user_agent.string
    begun = ask("sessions.begin", account=found["name"], address=request.remote_addr or "", browser=browser)
    session[TOKEN] = begun["token"]
    session.permanent = True
    account = _account(found)
    login_user(account)
    return account


def _signed_in(token: str) -> Account | None:
    if not token or UNKNOWN in g:
        return None
    found = ask("sessions.find", token=token)
    return _account(found) if found is not None else None


def _account(found: dict[str, Any]) -> Account:
    return Account(found["name"], Role(found["role"]), found["person"], found["language"])


def _begun() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key, salt="second factor")  # type: ignore[arg-type]

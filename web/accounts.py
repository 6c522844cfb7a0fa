"""Who is signed in. Accounts and sessions are the daemon's: they end there, and outlast a restart of this process."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask, session
from flask_login import LoginManager, UserMixin, login_user, logout_user

from appliance.control.errors import ControlError
from web.roles import Role
from web.unit import ask

TOKEN = "token"
"""Where the session cookie has the secret of the session that the daemon keeps."""

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's least costs of Argon2id (Password Storage Cheat Sheet): 19 MiB, so that several at once fit a small unit."""


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


def sign_in(name: str, password: str) -> Account | None:
    """Begin a session for whoever knows this password; None for all others, in the same time."""
    try:
        found: dict[str, Any] = ask("accounts.find", name=name)
    except ControlError as error:
        if error.code != "no-such-account":
            raise
        found = {"hash": _NOBODYS}
    try:
        HASHER.verify(found["hash"], password)
    except (VerificationError, InvalidHashError):
        return None
    return _begin(found)


def sign_in_first(name: str) -> Account:
    """Begin a session for the account that the set-up has just made."""
    return _begin(ask("accounts.find", name=name))


def _begin(found: dict[str, Any]) -> Account:
    session.clear()
    session[TOKEN] = ask("sessions.begin", account=found["name"])["token"]
    session.permanent = True
    account = _account(found)
    login_user(account)
    return account


def sign_out() -> None:
    """End the session here and in the daemon."""
    ask("sessions.end", token=str(session.get(TOKEN, "")))
    logout_user()
    session.clear()


def _signed_in(token: str) -> Account | None:
    if not token:
        return None
    found = ask("sessions.find", token=token)
    return _account(found) if found is not None else None


def _account(found: dict[str, Any]) -> Account:
    return Account(found["name"], Role(found["role"]), found["person"], found["language"])


_NOBODYS = HASHER.hash("nobody has this password")
"""Checked in place of an account that is not there, which must not be told by a quicker answer."""

"""Who may do what: the three roles, and the mark on a page that says whose it is."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from functools import wraps
from typing import Any, TypeVar, cast

from flask import abort
from flask_login import current_user, login_required

View = TypeVar("View", bound=Callable[..., Any])


class Role(Enum):
    """What an account is for. Whoever has a person's mailbox sees their own, whatever the role; nobody another's."""

    ADMINISTRATOR = "administrator"
    """Sets the unit up. Sees settings, the log and the calls in progress, never anybody's messages."""
    OPERATOR = "operator"
    """Answers for the office: the desk, the calls in progress, callers who got nobody, contacts, the log."""
    PERSON = "person"
    """Their own messages and how they are reached."""


EVERYBODY = frozenset(Role)
OFFICE = frozenset({Role.ADMINISTRATOR, Role.OPERATOR})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})


def allowed(*roles: Role) -> Callable[[View], View]:
    """A page for these roles alone. Who is not signed in is sent to sign in; others are told that it is not theirs."""

    def marked(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if current_user.role not in roles:
                abort(403)
            return view(*args, **kwargs)

        page: Any = login_required(guarded)
        page.roles = frozenset(roles)  # Read by a test that every page has them.
        return cast(View, page)

    return marked


def public(view: View) -> View:
    """A page that needs no account, on purpose."""
    view.roles = None  # type: ignore[attr-defined]
    return view

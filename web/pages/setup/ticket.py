"""Who may set the unit up: whoever has given the code. While nobody administers it, every page leads there."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, redirect, request, session, url_for
from flask_login import current_user

from appliance.control.errors import ControlError
from web.unit import ask

pages = Blueprint("setup", __name__)

TICKET = "setup"
"""Where the session cookie has what the daemon gave for the code."""

STEPS = ("you", "place", "company", "lines", "people", "hours", "menu")
"""Behind the code, in this order."""
SHORT = ("you",)
"""The same where there is an office already, which stays."""

BEHIND = ("setup.starting", "setup.first_call", "setup.first_call_now")
"""Pages that are there also when the set-up is over."""

BESIDE = {"setup", "trust", "api"}
"""Pages that are there while the unit is not set up: a device is told to trust it before its first password is typed,
and a program is told that it has no token rather than led to a page."""


@pages.before_app_request
def lead_there() -> Any:
    """While nobody administers the unit, there is nothing else to be seen."""
    if request.endpoint == "static" or request.blueprint in BESIDE or current_user.is_authenticated:
        return None
    return redirect(url_for("setup.welcome")) if ask("setup.state")["open"] else None


@pages.before_request
def let_in() -> Any:
    """Once there is an administrator, the set-up is over for everybody."""
    if request.endpoint in BEHIND or ask("setup.state")["open"]:
        return None
    session.pop(TICKET, None)
    return redirect(url_for("sign_in.home"))


def ask_setup(method: str, /, **params: Any) -> Any:
    """A method of the set-up, with the ticket of this browser.

    Where the ticket opens nothing any more, or the set-up is finished, it leads to where that goes on.
    """
    try:
        return ask(f"setup.{method}", ticket=str(session.get(TICKET, "")), **params)
    except ControlError as error:
        match error.code:
            case "no-ticket":
                session.pop(TICKET, None)
                abort(redirect(url_for("setup.welcome")))
            case "setup-over":
                abort(redirect(url_for("sign_in.home")))
        raise


def steps_of(state: dict[str, Any]) -> tuple[str, ...]:
    """What is asked of this unit."""
    return SHORT if state["office"] else STEPS


def open_step(state: dict[str, Any]) -> str:
    """The first step that is not answered well yet; the last one where all are."""
    steps = steps_of(state)
    return next((step for step in steps if not answered(state, step)), steps[-1])


def answered(state: dict[str, Any], step: str) -> bool:
    return step in state["mistakes"] and not state["mistakes"][step]

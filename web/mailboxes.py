"""The mailboxes of whoever is signed in: theirs by the session, whatever an address or a form says."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import abort
from flask_login import current_user

from web.callwords import who
from web.moments import day
from web.unit import ask


def own_mailboxes() -> list[dict[str, Any]]:
    """All that they may open, their very own first. Whoever has none is told that the page is not theirs."""
    found: list[dict[str, Any]] = ask("messages.mailboxes", person=current_user.person) if current_user.person else []
    if not found:
        abort(403)
    return found


def own_mailbox(id: str) -> dict[str, Any]:
    """One of them. Of any other nobody learns here whether it is there at all."""
    found = next((one for one in own_mailboxes() if one["mailbox"] == id), None)
    if found is None:
        abort(404)
    return found


def shown_time(written: str) -> str:
    """A moment of the daemon's, on the office's clock, in the reader's language."""
    return day(datetime.fromisoformat(written))


def shown_length(seconds: float) -> str:
    """Minutes and seconds, as players show them."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def caller_of(message: dict[str, Any]) -> str:
    """Who has left a message, as far as that is known."""
    return who(message["contact"] or message["name"], message["number"])

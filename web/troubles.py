"""What people see when something is wrong: a page that says what, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import Flask, current_app, g, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from appliance.control.errors import ControlError
from web.accounts import UNKNOWN
from web.saying import refusal
from web.starts import FailingStarts, failing_starts

NOT_THERE = {"not-running", "no-access", "connection-lost"}
"""Codes of a daemon that does not answer."""

TRY_AGAIN_S = 3
"""How long a page waits before it tries again by itself."""

TRY_LATER_S = 60
"""The same where there is more to read meanwhile: a page that comes anew is read from its beginning."""

PROGRAMS = "/api/v1/"
"""Below this address everything is told to programs."""

_STALE = _l(
    "This form was too old, or did not come from this page. Nothing was changed: go back, reload, and try again."
)
"""Also where a library has said in its English that it does not understand what was sent."""

_CODES = {403: "not-allowed", 404: "not-found", 405: "method-not-allowed", 413: "too-large", 421: "wrong-host"}
_CODES |= {500: "internal-error", 503: "busy"}


def use_troubles(app: Flask) -> None:
    """Have this application show what goes wrong."""
    app.register_error_handler(ControlError, _refused)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _failed)


def page(
    status: int, title: str, text: str, *, again: int = 0, steps: Sequence[str] = ()
) -> tuple[Any, int, dict[str, str]]:
    """A page for people, and `{"message": …}` for scripts, which ask for JSON.

    again: after so many seconds the page tries again by itself, and so do programs that know Retry-After; 0: never.
    steps: what to do meanwhile, one after the other.
    """
    headers = {"Retry-After": str(again)} if again else {}
    if request.path.startswith(PROGRAMS):
        return {"error": {"code": _CODES.get(status, "refused"), "message": text}}, status, headers
    if request.accept_mimetypes.best == "application/json":
        return {"message": text}, status, headers
    return render_template("trouble.html", title=title, text=text, again=again, steps=steps), status, headers


def _refused(error: ControlError) -> Any:
    if error.code in NOT_THERE:
        setattr(g, UNKNOWN, True)
        failing = failing_starts(current_app.config["STARTS"], current_app.config["STATE"])
        if failing is not None:
            return _does_not_start(failing)
        text = _("The telephone system does not answer at this moment. This page tries again by itself.")
        return page(503, _("One moment"), text, again=TRY_AGAIN_S)
    if error.code.startswith("no-such-"):
        return page(404, _("That is not there"), _("What this page is about is gone, or never was."))
    return page(400, _("That was not possible"), refusal(error))


def _does_not_start(failing: FailingStarts) -> Any:
    """systemd starts the daemon again and again: what that means for callers, and what to do."""
    told = ngettext(
        "The telephone system does not start: %(num)s try has failed.",
        "The telephone system does not start: %(num)s tries have failed.",
        failing.failed,
    )
    if failing.waits_s > 60:
        minutes = round(failing.waits_s / 60)
        then = ngettext("It tries again in %(num)s minute.", "It tries again in %(num)s minutes.", minutes)
    elif failing.waits_s:
        then = _("It tries again in less than a minute.")
    else:
        then = _("It is trying again now, which may take some minutes.")
    steps = [
        _("Callers are not answered now. If you can, plug a telephone straight into the socket of the line."),
        _("Pull the plug of the unit, wait ten seconds, and put it in again."),
        _("If that does not help, call whoever looks after the unit: “journalctl -u copperdesk” at the unit says why."),
    ]
    if failing.full:
        steps.insert(2, _("The memory card is full, which may be why. Whoever looks after the unit has to make room."))
    return page(503, _("The telephones do not work"), f"{told} {then}", again=TRY_LATER_S, steps=steps)


def _stale(_error: CSRFError) -> Any:
    return page(400, _("Please try again"), str(_STALE))


def _http(error: HTTPException) -> Any:
    if error.code is None or error.code < 400:
        return error
    match error.code:
        case 403:
            return page(
                403, _("This page is not yours"), _("Your account may not use it. An administrator can change that.")
            )
        case 404:
            return page(404, _("There is no such page"), _("It may have moved, or what it showed is gone."))
        case 405:
            return page(405, _("That was not possible"), _("This address cannot be used in that way."))
        case 408:
            return page(408, _("That took too long"), _("What you sent did not come to its end. Please try again."))
        case 413:
            return page(413, _("That is too large"), _("Nothing was stored. Try a smaller file."))
        case 503:
            return page(
                503, _("Very busy"), _("The unit is very busy. This page tries again by itself."), again=TRY_AGAIN_S
            )
    own = error.description if error.description != type(error).description else ""
    return page(error.code, _("That was not possible"), own or str(_STALE))


def _failed(error: Exception) -> Any:
    current_app.logger.error("a page failed: %s", type(error).__name__, exc_info=error)
    text = _("Something in the page went wrong, and nothing more is known here. The log of the web page says where.")
    return page(500, _("That did not work"), text)

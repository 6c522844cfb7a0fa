"""Programs that may use the unit: the administrator's page of their tokens, and of the addresses that are told."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from appliance.control.errors import ControlError
from web.roles import ADMINISTRATOR, allowed
from web.saying import refusal
from web.unit import ask

pages = Blueprint("programs", __name__)

SCOPES = {
    "status": _l("See lines, telephones and calls in progress"),
    "log": _l("Read the call log"),
    "people": _l("See and change how people are reached"),
    "office": _l("Switch the night mode and the announcement"),
    "messages": _l("Hear and delete messages (choose a person below)"),
    "contacts": _l("Read and change contacts"),
    "lost": _l("See callers who got nobody, and mark them as done"),
    "call": _l("Ring a telephone and dial a number"),
    "webhooks": _l("Have web addresses told what happens"),
    "call-me-back": _l("Call visitors of the office’s own web site"),
}
"""What a token may be for, by the words of `web.api.operation.SCOPES`."""

EVENTS = {
    "call-ended": _l("A call has ended"),
    "message-left": _l("A message was left"),
    "fax-received": _l("A fax was received"),
    "lost-caller": _l("A caller got nobody"),
    "fault": _l("Something is wrong with the unit"),
}


@pages.get("/programs")
@allowed(*ADMINISTRATOR)
def page() -> Any:
    return _page()


@pages.post("/programs")
@allowed(*ADMINISTRATOR)
def add() -> Any:
    form = request.form
    scopes = [scope for scope in SCOPES if scope in form.getlist("scope")]
    sites = [site.strip().rstrip("/") for site in form.get("sites", "").split(",") if site.strip()]
    person = form.get("person", "")
    wrong = {
        "scope": "" if scopes else _("Choose at least one thing that it may do."),
        "sites": "" if all(map(_is_site, sites)) else _("Write addresses such as https://www.example.com."),
        "person": "",
    }
    if "messages" in scopes and not person:
        wrong["person"] = _("Messages belong to somebody: choose to whom.")
    if any(wrong.values()):
        return _page(wrong=wrong), 400
    words = [*scopes, *([f"person:{person}"] if person else []), *(f"origin:{site}" for site in sites)]
    try:
        made = ask(
            "tokens.add",
            by=current_user.name,
            name=form.get("name", ""),
            scope=" ".join(words),
            until=_end(form.get("until", "")),
        )
    except ControlError as error:
        if error.code != "not-understood":
            raise
        name_or_end = "until" if form.get("name", "").strip() else "name"
        return _page(wrong={name_or_end: _("Please check this: a name is needed, and an end must lie ahead.")}), 400
    return _page(secret=made["secret"])


@pages.post("/programs/<id>/remove")
@allowed(*ADMINISTRATOR)
def remove(id: str) -> Any:
    ask("tokens.remove", by=current_user.name, id=id)
    flash(_("The token is no longer valid."))
    return redirect(url_for(".page"))


@pages.post("/programs/webhooks")
@allowed(*ADMINISTRATOR)
def add_webhook() -> Any:
    events = [event for event in EVENTS if event in request.form.getlist("event")]
    try:
        made = ask("webhooks.add", by=current_user.name, url=request.form.get("url", "").strip(), events=events)
    except ControlError as error:
        if error.code not in ("not-understood", "too-many"):
            raise
        wrong = _("Choose what it is told of, and write an address that begins with http:// or https://.")
        return _page(wrong={"url": wrong if error.code == "not-understood" else refusal(error)}), 400
    return _page(secret=made["secret"])


@pages.post("/programs/webhooks/<id>/remove")
@allowed(*ADMINISTRATOR)
def remove_webhook(id: str) -> Any:
    ask("webhooks.remove", by=current_user.name, id=id)
    flash(_("Nothing is sent there any more."))
    return redirect(url_for(".page"))


def _page(wrong: dict[str, str] | None = None, secret: str = "") -> str:
    return render_template(
        "programs/page.html",
        tokens=ask("tokens.list"),
        webhooks=ask("webhooks.list"),
        people={one["person"]: one["name"] for one in ask("people.list")},
        scopes=SCOPES,
        events=EVENTS,
        wrong=wrong or {},
        secret=secret,
        typed=request.form,
        day_of=_day_of,
    )


def _day_of(moment: str) -> str:
    """The day of a moment that was written down, as readers write it; empty for none."""
    return str(format_date(date.fromisoformat(moment[:10]), "medium")) if moment else ""


def _end(day: str) -> str:
    """The end of a day; empty for none."""
    return f"{day}T23:59" if day else ""


def _is_site(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    plain = f"{parts.scheme}://{parts.netloc}" == address and not any(char.isspace() for char in address)
    return parts.scheme in ("http", "https") and bool(parts.netloc) and plain

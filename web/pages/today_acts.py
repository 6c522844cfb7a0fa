"""What is done from the page of the day: with calls that go on, with lost callers, and with the office's switches.

Every button posts a word and what it is about. Scripts are answered with JSON, people with the page and what was done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from appliance.control.errors import ControlError
from web.roles import OFFICE, allowed
from web.saying import refusal
from web.troubles import NOT_THERE
from web.unit import ask

pages = Blueprint("today_acts", __name__, url_prefix="/today")

REFUSALS = {
    "no-such-call": _l("This call is over."),
    "emergency-call": _l("This is a call for help: it can be neither ended nor moved from here."),
    "they-talk": _l("Somebody talks to this caller already."),
    "nobody-talks": _l("Nobody of the office talks in this call at this moment."),
    "three-talk": _l("Three people talk in this call. It can only be ended."),
    "not-a-caller": _l("Only a caller from outside can be taken up or put through from here."),
    "leaves-a-message": _l("This caller is leaving a message at this moment."),
    "not-answered": _l("This call has not been answered yet."),
    "no-place-free": _l("All parking places are taken."),
    "no-such-telephone": _l("Choose first which telephone is yours."),
    "telephone-in-use": _l("This telephone is in use. Hang it up, and try again."),
    "no-number": _l("This caller gave no number that can be called."),
    "not-found": _l("That is not there any more."),
    "not-possible": _l("That is not possible at this moment."),
    "nothing-to-announce": _l("There is nothing to tell callers yet. Write or record the announcement first."),
    "disk-full": _l("The disk is full: nothing was changed."),
}
"""By the code of the daemon's refusal."""


def transfer(id: str, fields: Mapping[str, str]) -> Any:
    to = fields.get("to", "")
    ask("calls.transfer", call=id, to=to)
    return _("The call is being transferred.")


def park(id: str, _fields: Mapping[str, str]) -> Any:
    return _("The call is parked in place %(place)s.", place=ask("calls.park", call=id)["place"])


def hang_up(id: str, _fields: Mapping[str, str]) -> Any:
    ask("calls.hang_up", call=id)
    return _("The call is ended.")


def pick_up(id: str, fields: Mapping[str, str]) -> Any:
    telephone = fields.get("telephone", "")
    ask("calls.pick_up", call=id, telephone=telephone)
    return _("%(telephone)s rings: lift it to talk to the caller.", telephone=telephone)


def listen(id: str, fields: Mapping[str, str]) -> Any:
    telephone = fields.get("telephone", "")
    ask("calls.listen", call=id, telephone=telephone)
    return _("%(telephone)s rings: lift it to hear the call.", telephone=telephone)


def call_back(id: str, fields: Mapping[str, str]) -> Any:
    telephone = fields.get("telephone", "")
    ask("lost.call_back", id=id, telephone=telephone)
    return _("%(telephone)s rings: lift it, and the caller is called.", telephone=telephone)


def done(id: str, _fields: Mapping[str, str]) -> Any:
    ask("lost.done", id=id)
    return _("Marked as done.")


def undone(id: str, _fields: Mapping[str, str]) -> Any:
    ask("lost.undone", id=id)
    return _("It is back on the list.")


def night(mode: str, fields: Mapping[str, str]) -> Any:
    ask(
        "night.set", by=current_user.name, mode=mode, until=fields.get("night_until", "") if mode != "automatic" else ""
    )
    if mode == "closed":
        return _("The office is closed for callers.")
    return _("The office is open for callers.") if mode == "open" else _("The opening hours decide again.")


def announcement(on: str, fields: Mapping[str, str]) -> Any:
    ask("announcement.set", by=current_user.name, on=on == "on", until=fields.get("announcement_until", ""))
    return _("All callers hear the announcement first.") if on == "on" else _("The announcement is switched off.")


ACTS: Mapping[str, Callable[[str, Mapping[str, str]], Any]] = {
    act.__name__: act
    for act in (transfer, park, hang_up, pick_up, listen, call_back, done, undone, night, announcement)
}


@pages.post("/act")
@allowed(*OFFICE)
def act() -> Any:
    """`do`: the word of an act, and what it is about."""
    fields = request.get_json(silent=True) if request.is_json else request.form
    fields = {str(name): str(value) for name, value in fields.items()} if isinstance(fields, Mapping) else {}
    word, _space, about = fields.get("do", "").partition(" ")
    try:
        told = ACTS[word](about, fields) if word in ACTS else None
    except ControlError as error:
        if error.code in NOT_THERE:
            raise
        return _told(str(REFUSALS[error.code]) if error.code in REFUSALS else refusal(error), wrong=True)
    if told is None:
        return _told(_("Nothing was chosen."), wrong=True)
    return _told(told, ticked=about if word == "done" else "")


def _told(text: str, *, wrong: bool = False, ticked: str = "") -> Any:
    """For scripts: the text, and of a caller who was ticked off what takes that back."""
    if request.accept_mimetypes.best == "application/json":
        return {"message": text, "undo": f"undone {ticked}" if ticked else ""}, 409 if wrong else 200
    flash(text, "wrong" if wrong else "good")
    return redirect(url_for("today.page", ticked=ticked or None))

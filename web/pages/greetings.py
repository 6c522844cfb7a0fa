"""What callers of one's mailbox hear: each greeting heard, recorded anew, and taken away."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from appliance.control.errors import ControlError
from web.mailboxes import own_mailbox, own_mailboxes
from web.roles import EVERYBODY, allowed
from web.sounds import send_file, sound_answer
from web.unit import ask

pages = Blueprint("greetings", __name__, url_prefix="/greetings")


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the recordings of a mailbox. kind: the daemon's word. missing: what is heard where there is none."""

    kind: str
    title: LazyString
    when: LazyString
    missing: LazyString
    own: bool = False
    """It is a person's alone: no department has it."""


STANDARD = _l("Callers hear the standard greeting.")
REGULAR = _l("Callers hear the regular greeting.")

KINDS = (
    Kind("regular", _l("Regular greeting"), _l("Heard when nobody answers."), STANDARD),
    Kind("temporary", _l("Temporary greeting"), _l("Takes the place of all others until its last day."), REGULAR),
    Kind("busy", _l("While you are on the phone"), _l("Heard when your line is busy."), REGULAR, own=True),
    Kind(
        "unavailable",
        _l("While you do not want to be disturbed"),
        _l("Heard during that time."),
        STANDARD,
        own=True,
    ),
    Kind("closed", _l("While the office is closed"), _l("Heard outside the opening hours."), REGULAR),
    Kind(
        "name", _l("Your name"), _l("Heard in the directory and in other sentences."), _l("The unit says it."), own=True
    ),
)
"""In the order in which they are shown."""


@pages.get("")
@allowed(*EVERYBODY)
def page() -> Any:
    return redirect(url_for("greetings.mailbox", mailbox=own_mailboxes()[0]["mailbox"]))


@pages.get("/<mailbox>")
@allowed(*EVERYBODY)
def mailbox(mailbox: str) -> Any:
    mailboxes, which = own_mailboxes(), own_mailbox(mailbox)
    (found,) = ask("greetings.list", person=mailbox)
    return render_template(
        "greetings/greetings.html",
        mailboxes=mailboxes,
        mailbox=which,
        kinds=_kinds(which),
        recorded={one["kind"]: one for one in found["greetings"]},
        telephone=ask("people.settings", person=current_user.person)["telephone"],
    )


@pages.get("/<mailbox>/facts")
@allowed(*EVERYBODY)
def facts(mailbox: str) -> Any:
    """For the script that waits until a recording by telephone is there."""
    own_mailbox(mailbox)
    (found,) = ask("greetings.list", person=mailbox)
    return {one["kind"]: [one["seconds"], one["until"]] for one in found["greetings"]}


@pages.get("/<mailbox>/<kind>.wav")
@allowed(*EVERYBODY)
def sound(mailbox: str, kind: str) -> Any:
    own_mailbox(mailbox)
    try:
        return sound_answer("greetings.sound", person=mailbox, kind=kind)
    except ControlError as error:
        if error.code not in ("no-recording", "no-such-greeting"):
            raise
        abort(404)


@pages.post("/<mailbox>/<kind>/upload")
@allowed(*EVERYBODY)
def upload(mailbox: str, kind: str) -> Any:
    own_mailbox(mailbox)
    file = request.files.get("file")
    content = file.read() if file is not None else b""
    if not content:
        return _told(mailbox, kind, _("Please choose a sound file first."), wrong=True)
    until = request.form.get("until", "")
    try:
        name = send_file("greetings.upload", io.BytesIO(content))
        ask("greetings.set", by=current_user.name, person=mailbox, kind=kind, upload=name, until=until)
    except ControlError as error:
        return _told(mailbox, kind, _reason(error), wrong=True)
    return _told(mailbox, kind, _("Callers hear it from now on."))


@pages.post("/<mailbox>/<kind>/ring")
@allowed(*EVERYBODY)
def ring(mailbox: str, kind: str) -> Any:
    own_mailbox(mailbox)
    try:
        ask("greetings.ring", person=mailbox, kind=kind, at=current_user.person, until=request.form.get("until", ""))
    except ControlError as error:
        return _told(mailbox, kind, _reason(error), wrong=True)
    return _told(mailbox, kind, _("Your telephone rings now. Lift it, and speak after the tone."))


@pages.post("/<mailbox>/<kind>/remove")
@allowed(*EVERYBODY)
def remove(mailbox: str, kind: str) -> Any:
    own_mailbox(mailbox)
    try:
        ask("greetings.remove", by=current_user.name, person=mailbox, kind=kind)
    except ControlError as error:
        return _told(mailbox, kind, _reason(error), wrong=True)
    return _told(mailbox, kind, _("The recording is gone."))


def _kinds(mailbox: dict[str, Any]) -> list[Kind]:
    return [kind for kind in KINDS if mailbox["own"] or not kind.own]


def _told(mailbox: str, kind: str, text: str, *, wrong: bool = False) -> Any:
    """Back to the greeting, with what has become of it; a script gets the sentence, and shows it itself."""
    if request.accept_mimetypes.best == "application/json":
        return {"message": text}, 400 if wrong else 200
    flash(text, "wrong" if wrong else "good")
    return redirect(url_for("greetings.mailbox", mailbox=mailbox, _anchor=kind))


def _reason(error: ControlError) -> str:
    """Why a recording was not taken, in plain words."""
    reasons = {
        "not-a-clip": _("This file cannot be used as it is. Choose a WAV file of 8000 Hz, 16 bit, mono; or switch "
                        "JavaScript on, and any sound file will do."),
        "file-too-large": _("That is too long: a greeting may have two minutes."),
        "too-long": _("That is too long: a greeting may have two minutes, and a name five seconds."),
        "too-short": _("That is too short to be heard. Please record it again."),
        "telephone-busy": _("Your telephone is in use. Hang it up, and try again."),
        "no-telephone": _("You have no telephone at the office that could ring."),
        "not-understood": _("A temporary greeting needs a last day, today or later."),
        "disk-failed": _("There was no room to keep it. Nothing was changed."),
        "no-recording": _("It was gone already."),
    }  # fmt: skip
    if error.code not in reasons:
        raise error
    return str(reasons[error.code])

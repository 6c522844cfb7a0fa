"""A person's messages: those of the own mailbox, of the departments, and for the operator of the office."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from appliance.control.errors import ControlError
from web.mailboxes import caller_of, own_mailbox, own_mailboxes, shown_length, shown_time
from web.roles import EVERYBODY, allowed
from web.sounds import sound_answer
from web.unit import ask

pages = Blueprint("inbox", __name__, url_prefix="/inbox")


@pages.app_context_processor
def _helpers() -> dict[str, Any]:
    return {"caller_of": caller_of, "shown_time": shown_time, "shown_length": shown_length}


@pages.get("")
@allowed(*EVERYBODY)
def page() -> Any:
    """The own mailbox, or the first of those there are."""
    return redirect(url_for("inbox.messages", mailbox=own_mailboxes()[0]["mailbox"]))


@pages.get("/<mailbox>")
@allowed(*EVERYBODY)
def messages(mailbox: str) -> Any:
    mailboxes = own_mailboxes()
    which = own_mailbox(mailbox)
    deleted = request.args.get("show") == "deleted"
    after = request.args.get("after", 0, type=int)
    state = "deleted" if deleted else "kept"
    listed = ask("messages.list", person=mailbox, after=after, state=state, newest_first=True)
    return render_template(
        "inbox/messages.html",
        mailboxes=mailboxes,
        mailbox=which,
        deleted=deleted,
        messages=listed["messages"],
        next=listed["next"] if listed["next"] < listed["total"] else 0,
        undo=_just_deleted(mailbox),
        telephone=ask("people.settings", person=current_user.person)["telephone"],
    )


@pages.get("/<mailbox>/<id>")
@allowed(*EVERYBODY)
def message(mailbox: str, id: str) -> Any:
    """One message: all of its text, and to whom it may be forwarded."""
    which, found = own_mailbox(mailbox), _message(mailbox, id)
    return render_template(
        "inbox/message.html",
        mailbox=which,
        message=found,
        text=ask("messages.text", person=mailbox, id=id) if not found["private"] else None,
        recipients=[one for one in ask("messages.recipients") if one["id"] != mailbox],
    )


@pages.get("/<mailbox>/<id>/sound.wav")
@allowed(*EVERYBODY)
def sound(mailbox: str, id: str) -> Any:
    own_mailbox(mailbox)
    if "download" not in request.args:
        return _gone_is_404(lambda: sound_answer("messages.sound", person=mailbox, id=id))
    received = datetime.fromisoformat(_message(mailbox, id)["received"])
    name = f"{mailbox}-{received:%Y-%m-%d-%H%M}.wav"
    return _gone_is_404(lambda: sound_answer("messages.sound", file_name=name, person=mailbox, id=id))


@pages.post("/<mailbox>/<id>/heard")
@allowed(*EVERYBODY)
def heard(mailbox: str, id: str) -> Any:
    return _done(mailbox, id, "messages.heard", by=current_user.person)


@pages.post("/<mailbox>/<id>/unheard")
@allowed(*EVERYBODY)
def unheard(mailbox: str, id: str) -> Any:
    return _done(mailbox, id, "messages.unheard")


@pages.post("/<mailbox>/<id>/delete")
@allowed(*EVERYBODY)
def delete(mailbox: str, id: str) -> Any:
    own_mailbox(mailbox)
    _gone_is_404(lambda: ask("messages.delete", person=mailbox, id=id, by=current_user.person))
    return redirect(url_for("inbox.messages", mailbox=mailbox, deleted=id))


@pages.post("/<mailbox>/<id>/restore")
@allowed(*EVERYBODY)
def restore(mailbox: str, id: str) -> Any:
    own_mailbox(mailbox)
    _gone_is_404(lambda: ask("messages.restore", person=mailbox, id=id))
    flash(_("The message is back."), "good")
    return redirect(url_for("inbox.messages", mailbox=mailbox))


@pages.post("/<mailbox>/<id>/forward")
@allowed(*EVERYBODY)
def forward(mailbox: str, id: str) -> Any:
    own_mailbox(mailbox)
    to, words = request.form.getlist("to"), request.form.get("words", "")
    if not to:
        flash(_("Choose at least one colleague to forward it to."), "wrong")
        return redirect(url_for("inbox.message", mailbox=mailbox, id=id, _anchor="forward"))
    by = current_user.person
    sent = _gone_is_404(lambda: ask("messages.forward", person=mailbox, id=id, by=by, to=to, words=words))
    tell_sent(sent)
    return redirect(url_for("inbox.message", mailbox=mailbox, id=id))


@pages.post("/<mailbox>/<id>/call-back")
@allowed(*EVERYBODY)
def call_back(mailbox: str, id: str) -> Any:
    """Ring the own telephone, and then whoever has left the message."""
    own_mailbox(mailbox)
    try:
        _gone_is_404(lambda: ask("messages.call_back", person=mailbox, id=id, at=current_user.person))
        flash(_("Your telephone rings now. Lift it, and the caller is called."), "good")
    except ControlError as error:
        reasons = {
            "no-number": _("This caller gave no number that can be called."),
            "no-such-telephone": _("You have no telephone at the office that could ring."),
            "telephone-in-use": _("Your telephone is in use, or cannot be reached. Hang it up, and try again."),
        }
        if error.code not in reasons:
            raise
        flash(reasons[error.code], "wrong")
    return redirect(url_for("inbox.messages", mailbox=mailbox, _anchor=f"m{id}"))


def tell_sent(sent: dict[str, list[str]]) -> None:
    """Say to whom a message went, and whose mailbox has no room."""
    for text, category in sent_words(sent):
        flash(text, category)


def sent_words(sent: dict[str, list[str]]) -> list[tuple[str, str]]:
    """The same as sentences, each with its category: `good` or `wrong`."""
    names, told = {one["id"]: one["name"] for one in ask("messages.recipients")}, []
    if sent["sent"]:
        told.append((_("It was sent to %(names)s.", names=", ".join(names.get(id, id) for id in sent["sent"])), "good"))
    for id in sent["full"]:
        told.append((_("The mailbox of %(name)s is full: it was not sent there.", name=names.get(id, id)), "wrong"))
    return told


def _done(mailbox: str, id: str, method: str, **more: str) -> Any:
    """Do it, and go back; a script gets the message as it is now."""
    own_mailbox(mailbox)
    now = _gone_is_404(lambda: ask(method, person=mailbox, id=id, **more))
    if request.accept_mimetypes.best == "application/json":
        return {"state": now["state"]}
    return redirect(url_for("inbox.messages", mailbox=mailbox, _anchor=f"m{id}"))


def _message(mailbox: str, id: str) -> dict[str, Any]:
    found: dict[str, Any] = _gone_is_404(lambda: ask("messages.one", person=mailbox, id=id))
    return found


def _gone_is_404(work: Any) -> Any:
    """What this returns; a message that is not there, or no longer, is a page that is not there."""
    try:
        return work()
    except ControlError as error:
        if error.code != "no-such-message":
            raise
        abort(404)


def _just_deleted(mailbox: str) -> dict[str, Any] | None:
    """What was deleted just now, and can be brought back at once."""
    try:
        found: dict[str, Any] = ask("messages.one", person=mailbox, id=request.args.get("deleted", ""))
    except ControlError:
        return None
    return found if found["state"] == "deleted" else None

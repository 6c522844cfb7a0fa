"""The operator's desk: who calls, whoever is looked for, messages, notes and scripts, all by the keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from appliance.control.errors import ControlError
from web.livewords import caller as caller_words
from web.livewords import where
from web.pages.inbox import sent_words
from web.roles import OFFICE, allowed
from web.troubles import NOT_THERE
from web.unit import ask

pages = Blueprint("desk", __name__, url_prefix="/desk")

STATES = {
    "free": (_l("free"), "good"),
    "ringing": (_l("ringing"), "warn"),
    "busy": (_l("on the phone"), "bad"),
    "do-not-disturb": (_l("do not disturb"), "bad"),
    "away": (_l("away"), "warn"),
    "no-telephone": (_l("no telephone"), ""),
    "": ("", ""),
}
"""How somebody is reached: in words, and the colour that goes with them."""
LONGEST_SEARCH = 100


@pages.get("")
@allowed(*OFFICE)
def page() -> Any:
    return _shown({})


def _shown(typed: Mapping[str, str]) -> str:
    """The page. typed: what stands in the message form already, as it was refused."""
    text = request.args.get("find", "")[:LONGEST_SEARCH]
    status = ask("status")
    calls = status["calls"]
    given = request.values  # A message that was refused says by its form whose it is.
    chosen = next((one for one in calls if one["id"] == given.get("call")), None)
    number, name = given.get("number", ""), given.get("name", "")
    if chosen is not None:
        number = chosen["caller"]
    names = {one["person"]: one["name"] for one in status["mailboxes"]}
    return render_template(
        "desk/desk.html",
        calls=calls,
        caller=caller_words,
        where=lambda call: where(call, names),
        telephones=[one["name"] for one in status["stations"]],
        telephone=_own_telephone(),
        text=text,
        found=ask("desk.find", text=text) if text else [],
        chosen=chosen,
        number=number,
        name=chosen["name"] if chosen is not None else name,
        call=given.get("call", ""),
        card=_card(number, given.get("call", "")) if number else None,
        to=typed.get("to", request.args.get("to", "")),
        typed=typed,
        recipients=ask("messages.recipients"),
        reachable=ask("desk.reachable"),
        sheet=ask("desk.sheet")["sheet"],
        states=STATES,
    )


@pages.get("/where")
@allowed(*OFFICE)
def where_calls_are() -> Any:
    """For each call its last step, and where it is in words: the live stream is the same for all languages."""
    live = current_app.extensions.get("live")
    state = (live.state if live is not None else None) or ask("status")
    names = {one["person"]: one["name"] for one in state["mailboxes"]}
    calls = [one for one in state["calls"] if one["steps"]]
    return {one["id"]: {"step": one["steps"][-1], "words": where(one, names)} for one in calls}


@pages.get("/find")
@allowed(*OFFICE)
def find() -> Any:
    """What fits what has been typed so far."""
    text = request.args.get("text", "")[:LONGEST_SEARCH]
    found = ask("desk.find", text=text) if text.strip() else []
    return render_template("desk/found.html", found=found, states=STATES)


@pages.get("/caller")
@allowed(*OFFICE)
def caller() -> Any:
    """The card of whoever calls."""
    number, call = request.args.get("number", ""), request.args.get("call", "")
    return render_template("desk/caller.html", card=_card(number, call), number=number, call=call)


@pages.post("/act")
@allowed(*OFFICE)
def act() -> Any:
    """Do something with a call: answer it at a telephone, transfer, park, or end it. A script gets the sentence."""
    form = request.form
    call, to, telephone = form.get("call", ""), form.get("to", ""), form.get("telephone", "")
    try:
        match form.get("what"):
            case "pick_up":
                ask("calls.pick_up", call=call, telephone=telephone)
                text = _("%(telephone)s rings now. Lift it to talk to the caller.", telephone=telephone)
            case "transfer":
                ask("calls.transfer", call=call, to=to)
                text = _("The call is transferred.")
            case "transfer_outside":
                ask("calls.transfer-outside", call=call, number=form.get("number", ""), by=current_user.person or "")
                text = _("The call is transferred.")
            case "dial":
                telephone = telephone or _own_telephone()
                ask("calls.dial", number=form.get("number", ""), telephone=telephone)
                text = _("%(telephone)s rings now. Lift it, and the number is called.", telephone=telephone)
            case "park":
                text = _("The call is parked at %(place)s.", place=ask("calls.park", call=call)["place"])
            case "hang_up":
                ask("calls.hang_up", call=call)
                text = _("The call is ended.")
            case _:
                abort(400)
    except ControlError as error:
        if error.code in NOT_THERE:
            raise
        return _told(_reason(error), wrong=True)
    return _told(text)


@pages.post("/message")
@allowed(*OFFICE)
def message() -> Any:
    """Send a message. One that is refused stands in the form still."""
    form = request.form
    name, company = form.get("name", "").strip(), form.get("company", "").strip()
    lines = [form.get("words", "").strip()]
    if call_back := form.get("call_back", "").strip():
        lines.append(_("Please call back: %(when)s", when=call_back))
    if lines[0] or call_back:
        lines.append(_("Taken by %(name)s.", name=current_user.name))
    try:
        sent = ask(
            "messages.write",
            to=form.getlist("to"),
            number=form.get("number", ""),
            name=f"{name} ({company})" if name and company else name or company,
            words="\n".join(line for line in lines if line),
            urgent="urgent" in form,
        )
    except ControlError as error:
        return _not_sent([(_reason(error), "wrong")])
    told = sent_words(sent)
    if not sent["sent"]:
        return _not_sent(told)
    if _is_script():
        return {"message": " ".join(text for text, _category in told)}
    for text, category in told:
        flash(text, category)
    return _back()


def _not_sent(told: Sequence[tuple[str, str]]) -> Any:
    """Why a message went to nobody, with all that was typed."""
    if _is_script():
        return {"message": " ".join(text for text, _category in told)}, 400
    for text, category in told:
        flash(text, category)
    return _shown(request.form), 400


@pages.post("/note")
@allowed(*OFFICE)
def note() -> Any:
    form = request.form
    try:
        ask("desk.note", number=form.get("number", ""), text=form.get("text", ""), by=current_user.name)
    except ControlError as error:
        return _told(_reason(error), wrong=True)
    return _told(_("The note is kept. It is shown at the next call."))


@pages.post("/note/<int:id>/remove")
@allowed(*OFFICE)
def remove_note(id: int) -> Any:
    try:
        ask("desk.remove-note", id=id)
    except ControlError as error:
        return _told(_reason(error), wrong=True)
    return _told(_("The note is gone."))


@pages.post("/answers")
@allowed(*OFFICE)
def answers() -> Any:
    """What a caller has answered to a script: the fields a1, a2, … in the order in which they were gone through."""
    form = request.form
    given = [[int(name[1:]), text] for name, text in form.items() if name[:1] == "a" and name[1:].isdecimal() and text]
    try:
        done = ask(
            "desk.answered",
            call=form.get("call", ""),
            number=form.get("number", ""),
            name=form.get("name", ""),
            by=current_user.name,
            script=form.get("script", ""),
            answers=given,
        )
    except ControlError as error:
        return _told(_reason(error), wrong=True)
    if done["sent"]:
        return _told(_("The answers are kept, and sent to %(names)s.", names=", ".join(done["sent"])))
    return _told(_("The answers are kept with the call."))


def _own_telephone() -> str:
    """The telephone of whoever is signed in; empty where they have none."""
    if not current_user.person:
        return ""
    try:
        return str(ask("people.settings", person=current_user.person)["telephone"])
    except ControlError as error:
        if error.code != "no-such-person":
            raise
        return ""


def _card(number: str, call: str) -> dict[str, Any]:
    found: dict[str, Any] = ask("desk.caller", number=number, call=call)
    return found


def _is_script() -> bool:
    """Whether it is a script of the page that has sent the form, and shows what it is told."""
    return request.accept_mimetypes.best == "application/json"


def _told(text: str, *, wrong: bool = False) -> Any:
    if _is_script():
        return {"message": text}, 400 if wrong else 200
    flash(text, "wrong" if wrong else "good")
    return _back()


def _back() -> Any:
    """To the same caller, whose card shows what has changed."""
    kept: dict[str, Any] = {name: value for name in ("call", "number", "name") if (value := request.form.get(name, ""))}
    return redirect(url_for("desk.page", **kept))


def _reason(error: ControlError) -> str:
    reasons = {
        "words-missing": _("Please write what the message is about."),
        "words-too-long": _("That is too long for a message."),
        "not-understood": _("Please choose for whom it is."),
        "no-such-mailbox": _("Please choose somebody with a mailbox."),
        "not-a-number": _("This is no telephone number."),
        "note-refused": _("A note has at least one character, and at most 1000."),
        "no-such-note": _("This note is gone already."),
        "no-such-script": _("This script is gone. Please reload the page."),
        "no-such-call": _("This call is over."),
        "not-found": _("Please choose to whom the call is transferred."),
        "not-possible": _("That is not possible with this call at this moment."),
        "nobody-talks": _("Nobody of the office talks to this caller, so there is nothing to park."),
        "no-place-free": _("All parking places are taken."),
        "not-answered": _("This call is not answered yet, so it cannot be ended."),
        "they-talk": _("Somebody talks to this caller already. Have the call transferred instead."),
        "emergency-call": _("This is an emergency call. Nobody else can end or move it."),
        "not-a-caller": _("Only a caller from outside can be taken up or transferred."),
        "leaves-a-message": _("This caller is leaving a message at this moment."),
        "no-such-telephone": _("Please choose your telephone first."),
        "telephone-in-use": _("This telephone is in use, or cannot be reached. Hang it up first."),
        "no-number": _("This number cannot be called."),
        "not-allowed": _("This number may not be called: by your class of service, or by somebody outside."),
        "account-needed": _("This call needs an account. Dial it at your telephone."),
        "three-talk": _("Three people talk in this call. It cannot be moved."),
        "disk-failed": _("There was no room to keep it. Nothing was changed."),
    }
    if error.code not in reasons:
        raise error
    return str(reasons[error.code])

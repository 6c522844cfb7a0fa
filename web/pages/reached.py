"""How one is reached: do not disturb, away, forwarding, departments, screening, what one is told of, and the PIN."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from appliance.control.errors import ControlError
from web.roles import EVERYBODY, allowed
from web.saying import refusal, sentence
from web.spokenlanguages import spoken_languages
from web.unit import ask

pages = Blueprint("reached", __name__, url_prefix="/reached")

FORWARDING = {
    "never": _l("Nowhere: only your telephone rings"),
    "always": _l("Always there, and your telephone does not ring"),
    "with-desk": _l("There and at your telephone at the same time"),
    "no-answer": _l("When you do not answer"),
    "busy": _l("When you are on the phone"),
    "unreached": _l("When you do not answer or are on the phone"),
}
WHICH = {"all": _l("About every message"), "urgent": _l("About urgent ones"), "none": _l("About none")}
SOUND = {"opus": _l("As a small file (Opus)"), "wav": _l("As a WAV file"), "none": _l("Not at all")}


@pages.get("")
@allowed(*EVERYBODY)
def page() -> Any:
    return _page()


@pages.post("/disturb")
@allowed(*EVERYBODY)
def disturb() -> Any:
    on, until = request.form.get("on") == "yes", request.form.get("until", "").replace("T", " ")
    return _switched("people.do-not-disturb", on=on, until=until if on else "")


@pages.post("/presence")
@allowed(*EVERYBODY)
def presence() -> Any:
    return _switched("people.presence", here=request.form.get("here") == "yes")


@pages.post("/forwarding")
@allowed(*EVERYBODY)
def forwarding() -> Any:
    when = request.form.get("when", "")
    to = "".join(request.form.get("to", "").split())
    return _switched("people.forward", when=when, to=to if when != "never" else "")


@pages.post("/member")
@allowed(*EVERYBODY)
def member() -> Any:
    here = request.form.get("logged_in") == "yes"
    return _switched("people.member", department=request.form.get("department", ""), logged_in=here)


@pages.post("/calls")
@allowed(*EVERYBODY)
def calls() -> Any:
    form = request.form
    fields = {
        "screening": "screening" in form,
        "ask_name": "ask_name" in form,
        "ring_seconds": _number("ring_seconds"),
        "language": form.get("language") or None,
    }
    return _changed("calls", fields)


@pages.post("/notices")
@allowed(*EVERYBODY)
def notices() -> Any:
    form = request.form
    call = {name: form.get(f"call.{name}", "") for name in ("of", "begins", "ends")}
    call |= {name: _number(f"call.{name}") for name in ("after_minutes", "every_minutes", "most_calls")}
    notify = {name: form.get(name, "") for name in ("mail", "messages", "lamp", "sound")}
    return _changed("notices", {"notify": notify | {"lost_callers": "lost_callers" in form, "call": call}})


@pages.post("/pin")
@allowed(*EVERYBODY)
def pin() -> Any:
    new, again = request.form.get("pin", ""), request.form.get("again", "")
    if new != again:
        return _page({"again": _("The two are not the same. Please enter the new PIN twice.")})
    if not new:
        return _page({"pin": _("Please enter the new PIN.")})
    return _changed("pin", {"pin": new})


def _page(wrong: dict[str, str] | None = None) -> Any:
    """The page; wrong: what is wrong with the fields that were sent, by their names."""
    person = _person()
    settings = ask("people.settings", person=person)
    shown = render_template(
        "reached/reached.html",
        settings=settings,
        fields=settings["fields"],
        status=settings["status"],
        forwarding=FORWARDING,
        which=WHICH,
        sound=SOUND,
        languages={"": _("The office's")} | spoken_languages(),
        wrong=wrong or {},
        sent=request.form if wrong else {},
    )
    return shown, 400 if wrong else 200


def _person() -> str:
    """Who is signed in, where the account has a person; whose data is changed comes from nowhere else."""
    if not current_user.person:
        abort(403)
    return str(current_user.person)


def _switched(method: str, **params: Any) -> Any:
    try:
        ask(method, by=current_user.name, person=_person(), **params)
    except ControlError as error:
        if error.code not in ("not-understood", "not-forwardable", "not-a-member", "no-such-department", "disk-full"):
            raise
        field = "to" if error.code == "not-forwardable" else "until" if "until" in params else ""
        return _page({field or "page": refusal(error)})
    flash(_("Saved. It counts from now on."), "good")
    return redirect(url_for("reached.page"))


def _changed(part: str, fields: dict[str, Any]) -> Any:
    mistakes = ask("people.change-settings", person=_person(), fields=fields)["mistakes"]
    if mistakes:
        return _page({one["path"].removeprefix("notify."): sentence(one["reason_wording"]) for one in mistakes})
    flash(_("Saved. It counts from now on."), "good")
    return redirect(url_for("reached.page", _anchor=part))


def _number(name: str) -> Any:
    """A number as the office document has it; what is none is left for the daemon to refuse."""
    written = request.form.get(name, "")
    try:
        return float(written) if "." in written else int(written)
    except ValueError:
        return written

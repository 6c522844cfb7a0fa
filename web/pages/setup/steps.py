"""The steps behind the code. Each is kept as soon as it is sent, and can be gone back to until the last one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from appliance.control.errors import ControlError
from web import passwords
from web.pages.setup.finishing import remember
from web.pages.setup.forms import ANSWERS
from web.pages.setup.shown import shown
from web.pages.setup.ticket import STEPS, answered, ask_setup, pages, steps_of
from web.pages.setup.wrong import in_words
from web.roles import public
from web.weeks import AS_MONDAY, copied

TITLES = {
    "code": _l("Code"),
    "you": _l("You"),
    "place": _l("Place"),
    "company": _l("Company"),
    "lines": _l("Lines"),
    "people": _l("People"),
    "hours": _l("Hours"),
    "menu": _l("Greeting"),
}


@pages.get("/setup/<step>")
@public
def step(step: str) -> Any:
    state = ask_setup("get")
    if step not in steps_of(state):
        abort(404)
    return _page(step, state)


@pages.post("/setup/<step>")
@public
def answer(step: str) -> Any:
    """Keep what was filled in, and go on where it is without mistakes."""
    if step not in STEPS:
        abort(404)
    action = request.form.get("action", "")
    given = ANSWERS[step](copied(request.form, action))
    wrong = _password(given) if step == "you" else {}
    pasted = ask_setup("paste", text=request.form.get("pasted", "")) if action == "paste" else None
    if pasted is not None:
        _add(given, pasted["rows"])
    try:
        ask_setup("answer", step=step, answer=given, revision=request.form.get("revision", ""))
    except ControlError as error:
        if error.code != "answers-changed":
            raise
        changed = _("Somebody else has answered this step meanwhile. This is what it says now.")
        return _page(step, ask_setup("get"), note=changed), 409
    state = ask_setup("get")
    if action.partition(":")[0] in ("paste", "more", "look", AS_MONDAY):
        return _page(step, state, room=action == "more", bad=pasted["bad"] if pasted else (), told=action == "paste")
    wrong = in_words(state["mistakes"][step]) | wrong
    if wrong:
        return _page(step, state, wrong=wrong), 422
    steps = steps_of(state)
    if step == steps[-1]:
        return _finish(state)
    return redirect(url_for("setup.step", step=steps[steps.index(step) + 1]))


def _finish(state: dict[str, Any]) -> Any:
    """The last step: all takes effect."""
    lacking = [one for one in steps_of(state) if not answered(state, one)]
    if lacking:
        flash(_("This step is not finished yet."), "warn")
        return redirect(url_for("setup.step", step=lacking[0]))
    remember(state["answers"]["you"]["name"])
    ask_setup("finish")
    return redirect(url_for("setup.starting"))


def _page(
    step: str,
    state: dict[str, Any],
    *,
    wrong: dict[str, str] | None = None,
    note: str = "",
    room: bool = False,
    bad: Any = (),
    told: bool = True,
) -> str:
    """The page of a step. wrong: in place of the daemon's mistakes; room: for more people; bad: lines of a table."""
    steps = steps_of(state)
    if wrong is None:
        wrong = in_words(state["mistakes"].get(step, [])) if told else {}
    return render_template(
        f"setup/{step}.html",
        step=step,
        steps=[(one, TITLES[one], answered(state, one)) for one in steps],
        titles=TITLES,
        number=steps.index(step) + 2,
        of=len(steps) + 1,
        before=steps[steps.index(step) - 1] if step != steps[0] else "",
        state=state,
        revision=state["revisions"][step],
        wrong=wrong,
        note=note,
        bad=bad,
        **shown(step, state, room=room),
    )


def _password(given: dict[str, Any]) -> dict[str, str]:
    """Put the hash of a new password into the answer, or tell what is wrong with it. Without one, that before stays."""
    password, again = request.form.get("password", ""), request.form.get("password2", "")
    if not password and not again:
        return {}
    if objection := passwords.objection(password, given["name"].strip()):
        return {"password": objection}
    if password != again:
        return {"password2": _("That is not the same password as above.")}
    given["hash"] = passwords.hashed(password)
    return {}


def _add(given: dict[str, Any], rows: list[Mapping[str, Any]]) -> None:
    """Put the people of a table behind those there are; without an extension they get free ones."""
    people = given["rows"]
    taken = [row["extension"] for row in (*people, *rows) if row["extension"]]
    free = iter(ask_setup("extensions", taken=taken, count=sum(not row["extension"] for row in rows)))
    for row in rows:
        extension = row["extension"] or next(free)
        people.append({"name": row["name"], "extension": extension, "telephone": "", "cell": row["cell"]})

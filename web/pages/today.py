"""What goes on at this moment: what needs somebody first, then calls, messages, people, lines and telephones.

The page consists of parts, templates of the folder `today`. Each says by `data-needs` on which names of the unit's
state it depends; `today.js` has those that have changed written anew.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, current_app, render_template, request
from flask_login import current_user

from web.advicewords import advice, ages, faults
from web.callwords import number_words, who
from web.livewords import FORWARDED, LINE_STATES, TELEPHONE_STATES, caller, where
from web.moments import clock, day
from web.roles import OFFICE, allowed
from web.stepwords import step
from web.unit import ask

pages = Blueprint("today", __name__, url_prefix="/today")

FIRST = ("voice", "attention", "lost", "calls")
"""The parts over the whole width, in the order in which they stand on the page."""
REST = ("switches", "messages", "people", "lines", "telephones")
"""Those below, beside each other."""


@pages.get("")
@allowed(*OFFICE)
def page() -> Any:
    return render_template(
        "today/page.html", first=FIRST, rest=REST, ticked=request.args.get("ticked", ""), **facts(ask("status"))
    )


@pages.get("/parts")
@allowed(*OFFICE)
def parts() -> Any:
    """Those asked for, by what the live stream knows: all open pages ask at every change, and not the daemon."""
    live = current_app.extensions.get("live")
    state = (live.state if live is not None else None) or ask("status")
    wanted = [part for part in FIRST + REST if part in request.args.getlist("part")]
    return render_template("today/parts.html", parts=wanted, **facts(state))


@pages.get("/call/<id>")
@allowed(*OFFICE)
def call(id: str) -> Any:
    """All that can be done with one call, as a page of its own."""
    known = facts(ask("status"))
    chosen = next((one for one in known["state"]["calls"] if one["id"] == id), None)
    return render_template("today/call.html", call=chosen, **known), 200 if chosen is not None else 404


def facts(state: dict[str, Any]) -> dict[str, Any]:
    """What the templates are told of this state of the unit."""
    names = {box["person"]: box["name"] for box in state["mailboxes"]}
    return {
        "state": state,
        "names": names,
        "lost": lambda: ask("lost.list"),
        "faults": faults(state["fault_wordings"]),
        "advice": advice(state["advice"], names),
        "ages": ages(state["advice"]),
        "own_telephone": own_telephone(state),
        "line_states": LINE_STATES,
        "telephone_states": TELEPHONE_STATES,
        "forwarded": FORWARDED,
        "where": lambda call: where(call, names),
        "step": lambda what: step(what, names),
        "caller": caller,
        "who": who,
        "number_words": number_words,
        "moment": datetime.fromisoformat,
        "day": day,
        "clock": clock,
    }


def own_telephone(state: dict[str, Any]) -> str:
    """The telephone of whoever is signed in; empty where there is none."""
    person = current_user.person
    return next((one["name"] for one in state["stations"] if person and one["person"] == person), "")

"""What works on the unit, what does not, and what to do: what `copperdesk doctor` finds, with the way to each page."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, Response, redirect, render_template, url_for
from flask_babel import lazy_gettext as _l

from appliance.clock import RealClock
from web import advicewords as places
from web.moments import day
from web.roles import ADMINISTRATOR, allowed
from web.saying import sentence
from web.unit import ask

pages = Blueprint("doctor", __name__, url_prefix="/doctor")

GOOD_FOR = timedelta(minutes=10)
"""Whoever opens the page later has the unit looked at anew."""

GROUPS = (
    ("broken", _l("This does not work"), "bad", _l("broken")),
    ("attention", _l("See to this"), "warn", _l("see to it")),
    ("unknown", _l("This could not be checked"), "", _l("not known")),
    ("works", _l("This works"), "good", _l("works")),
)
"""Each condition of a finding with its heading, and the kind and the word of its badge, in the order of need."""

PLACES = {
    "office": places.AdvisedPlace("settings.index"),
    "lines": places.LINES,
    "last-calls": places.LINE_TEST,
    "modem": places.MODEM,
    "sip": places.LINES,
    "voice": places.AdvisedPlace("settings.index"),
    "machine": places.BACKUP,
    "certificates": places.BACKUP,
    "mail": places.MAIL,
    "faxes": places.FAXES,
    "backups": places.BACKUP,
    "disk": places.KEPT_MESSAGES,
    "clock": places.NETWORK,
    "network": places.NETWORK,
    "updates": places.AdvisedPlace("update.page"),
}
"""The page on which what a check has found is mended, by the check's name."""


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """told, mend: in the reader's language; mend may be empty. link: to the page where it is mended; or empty."""

    told: str
    mend: str
    link: str


@pages.get("")
@allowed(*ADMINISTRATOR)
def page() -> str:
    """The last look. One is begun where that is old, or there was none."""
    state = ask("doctor.state")
    at = datetime.fromisoformat(state["at"]) if state["at"] else None
    if not state["running"] and not state["failed"] and (at is None or RealClock().now() - at > GOOD_FOR):
        state = ask("doctor.look")
    groups = [
        (heading, badge, word, [shown(one) for one in state["found"] if one["state"] == condition])
        for condition, heading, badge, word in GROUPS
    ]
    return render_template("doctor/page.html", state=state, at=at, day=day, groups=groups, sentence=sentence)


@pages.post("")
@allowed(*ADMINISTRATOR)
def again() -> Any:
    ask("doctor.look")
    return redirect(url_for("doctor.page"))


@pages.get("/support.zip")
@allowed(*ADMINISTRATOR)
def archive() -> Response:
    """The archive for whoever helps, as the last look has left it."""
    answer = Response(base64.b64decode(ask("doctor.archive")["zip"]), mimetype="application/zip")
    answer.headers["Content-Disposition"] = 'attachment; filename="copperdesk-support.zip"'
    return answer


def shown(found: Mapping[str, Any]) -> ShownFinding:
    """A finding as the page shows it. What to do about a fault is what the page Today says."""
    if found["check"] == "faults":
        fault = found["told"]["facts"]["fault"]
        fault = places.faults([fault if isinstance(fault, dict) else {"text": fault}])[0]
        return ShownFinding(fault.what, fault.mend, fault.link)
    place = PLACES.get(found["check"]) if found["mend"] else None
    mend = sentence(found["mend"]) if found["mend"] else ""
    return ShownFinding(sentence(found["told"]), mend, place.link() if place is not None else "")

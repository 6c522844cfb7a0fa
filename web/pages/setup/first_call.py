"""Behind the set-up: what to call now, and the first call as it comes."""

from __future__ import annotations

from typing import Any

from flask import render_template, session

from appliance.control.errors import ControlError
from web.pages.setup.ticket import pages
from web.roles import Role, allowed
from web.unit import ask

CALL_BEFORE = "call-before"
"""Where the session cookie has the id of the last call before the set-up was over, by which a line was looked for."""
LOOKED_AT = 20
"""Records of calls in which the last one that came in is looked for."""


@pages.get("/first-call")
@allowed(Role.ADMINISTRATOR)
def first_call() -> Any:
    document = ask("office.get")["document"] or {"people": [], "trunks": []}
    return render_template(
        "setup/first_call.html",
        numbers=[trunk["number"] for trunk in document["trunks"] if trunk.get("number")],
        people=document["people"],
        now=first_call_now(),
    )


@pages.get("/first-call/now.json")
@allowed(Role.ADMINISTRATOR)
def first_call_now() -> dict[str, str]:
    """For the script of the page, once a second: `waiting`, `ringing`, `answered`, with who calls, or `over`."""
    try:
        state, last = ask("status"), last_call_in()
    except ControlError:  # The unit is put together anew, as for another country than it was made with.
        return {"state": "waiting", "caller": ""}
    line = next((one for one in state["trunks"] if one["state"] in ("ringing", "up")), None)
    if line is not None:
        return {"state": "ringing" if line["state"] == "ringing" else "answered", "caller": line["caller"] or ""}
    if last is not None and last["id"] != session.get(CALL_BEFORE):
        return {"state": "over", "caller": last["caller_number"]}
    return {"state": "waiting", "caller": ""}


def last_call_in() -> dict[str, Any] | None:
    """The record of the last call that came in and is over; None where there was none."""
    calls = ask("log", limit=LOOKED_AT)
    return next((call for call in calls if call["direction"] == "in" and call["ended"]), None)

"""What the unit tells of lines, telephones and calls, in the words of whoever looks at the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext as _lp

from web.callwords import who
from web.stepwords import step_now

LINE_STATES = {
    "idle": (_lp("a line or telephone", "free"), "good"),
    "ringing": (_l("rings"), "warn"),
    "seized": (_l("is being dialed on"), "warn"),
    "up": (_l("in use"), "warn"),
    "clearing": (_l("just hung up"), ""),
    "tested": (_l("being tested"), ""),
    "lost": (_l("does not work"), "bad"),
}
"""Of a line to the exchange: words, and the badge that goes with them."""

TELEPHONE_STATES = {
    "on-hook": (_lp("a line or telephone", "free"), "good"),
    "ringing": (_l("rings"), "warn"),
    "off-hook": (_l("in use"), "warn"),
    "locked-out": (_l("left off the hook"), "bad"),
}
"""The same of a telephone of the office."""

FORWARDED = {
    "always": _l("All calls go to %(to)s."),
    "busy": _l("Calls go to %(to)s while the telephone is in use."),
    "no-answer": _l("Calls go to %(to)s when nobody answers."),
    "unreached": _l("Calls go to %(to)s when nobody answers, or the telephone is in use."),
    "with-desk": _l("Calls ring %(to)s, too."),
}
"""By the word of the office document; `never` needs none."""


def where(call: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Where a call is now, in a few words."""
    if call["emergency"]:
        return str(_("calls for help"))
    if call["talks_to"]:
        return str(_("talks to %(names)s", names=", ".join(call["talks_to"])))
    if call["steps"]:
        return step_now(call["steps"][-1], names)
    return str(_("about to be answered") if call["direction"] == "in" else _("dials"))


def caller(call: Mapping[str, Any]) -> str:
    """Who calls; of a call from inside, the telephone."""
    if call["direction"] != "in":
        return str(call["name"] or call["line"])
    return who(call["name"], call["caller"])

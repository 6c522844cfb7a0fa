"""What the unit tells of lines, telephones and calls, in the words of whoever looks at the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

LINE_STATES = {
    "idle": (_l("free"), "good"),
    "ringing": (_l("rings"), "warn"),
    "seized": (_l("is being dialed on"), "warn"),
    "up": (_l("in use"), "warn"),
    "clearing": (_l("just hung up"), ""),
    "lost": (_l("does not work"), "bad"),
}
"""Of a line to the exchange: words, and the badge that goes with them."""

TELEPHONE_STATES = {
    "on-hook": (_l("free"), "good"),
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

STEPS: tuple[tuple[re.Pattern[str], LazyString], ...] = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"to the menu(?: before)?$", _l("in the menu")),
        (r"to the menu (?P<what>.+)$", _l("in the menu “%(what)s”")),
        (r"to the operator$", _l("asks for the operator")),
        (r"to the directory$", _l("looks for somebody by name")),
        (r"to the messages", _l("listens to messages")),
        (r"a message for the office$", _l("leaves a message for the office")),
        (r"a message for (?P<who>.+)$", _l("leaves a message for %(who)s")),
        (r"asks (?P<who>.+) to call back$", _l("asks %(who)s to call back")),
        (r"hears .+$", _l("listens to an announcement")),
        (r"rings (?:the telephone of )?(?P<who>.+?)(?: again)?$", _l("%(who)s: the telephone rings")),
        (r"(?:the telephone of )?(?P<who>.+): busy$", _l("%(who)s is on the phone")),
        (r"(?:the telephone of )?(?P<who>.+): (?:no-answer|no-key)$", _l("%(who)s did not answer")),
        (r"returned: (?P<who>.+) did not answer$", _l("comes back: %(who)s did not answer")),
        (r"waited \d+ s for (?P<who>.+)$", _l("has waited for %(who)s")),
        (r"held by (?P<who>.+)$", _l("on hold at %(who)s")),
        (r"no longer held by .+$", _l("no longer on hold")),
        (r"parked in (?P<what>\d+) by (?P<who>.+)$", _l("parked in place %(what)s by %(who)s")),
        (r"(?:transferred|led on from the page)$", _l("is being transferred")),
        (r"answered by (?P<who>.+)$", _l("was answered at %(who)s")),
        (r"(?P<who>.+) listens$", _l("%(who)s listens to the call")),
        (r"dials (?P<what>.+)$", _l("calls %(what)s")),
        (r"joins conference (?P<what>.+)$", _l("in conference %(what)s")),
        (r"listens (?:in|from the page)$", _l("listens to a call")),
        (r"calls back from the page$", _l("calls back")),
        (r"(?P<who>.+) does not want to be disturbed$", _l("%(who)s does not want to be disturbed")),
        (r"to (?P<who>[^ ]+)$", _l("is put through to %(who)s")),
    )
)
"""How far a call has come, by the words of the call log. The first that fits counts."""


def step_words(step: str, names: Mapping[str, str]) -> str:
    """A step of a call. names: of people and departments, by their ids. One without words of its own stays as it is."""
    for pattern, text in STEPS:
        if found := pattern.match(step):
            blanks = {name: names.get(value, value) for name, value in found.groupdict().items()}
            return str(text) % blanks if blanks else str(text)
    return step


def where(call: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Where a call is now, in a few words."""
    if call["emergency"]:
        return str(_("calls for help"))
    if call["talks_to"]:
        return str(_("talks to %(names)s", names=", ".join(call["talks_to"])))
    if call["steps"]:
        return step_words(call["steps"][-1], names)
    return str(_("about to be answered") if call["direction"] == "in" else _("dials"))


def caller(call: Mapping[str, Any]) -> str:
    """Who calls."""
    unknown = _("unknown caller") if call["direction"] == "in" else call["line"]
    return str(call["name"] or number_words(call["caller"]) or unknown)


def number_words(number: str) -> str:
    """A caller's number, or why there is none."""
    return str({"private": _("number kept back"), "unavailable": _("number not known")}.get(number, number))

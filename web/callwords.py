"""What the call log says, in plain words of the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import LazyString, format_datetime
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

OUTCOMES: Mapping[str, LazyString] = {
    "connected": _l("Talked with somebody"),
    "operator": _l("Talked with the operator"),
    "forwarded": _l("Talked with somebody at a number outside"),
    "message-left": _l("Left a message"),
    "messages-heard": _l("Messages were heard"),
    "callback-booked": _l("Asked to be called back"),
    "changed": _l("Something was switched"),
    "told": _l("Told of an emergency call"),
    "woken": _l("Wake-up call"),
    "paged": _l("Announcement to telephones"),
    "dialled-out": _l("Called outside"),
    "fax-not-accepted": _l("A fax that was not taken"),
    "no-answer": _l("Nobody answered"),
    "not-dialled": _l("Nothing was dialled"),
    "refused": _l("Not allowed"),
    "no-line": _l("No line was free"),
    "blocked": _l("Blocked"),
    "abandoned": _l("Hung up too early"),
    "goodbye": _l("Ended the call by choice"),
    "interrupted": _l("Cut off by a restart"),
    "fault": _l("Something went wrong"),
    "": _l("Still going on"),
}
"""By what the record says of a call."""

DIRECTIONS: Mapping[str, LazyString] = {
    "in": _l("Came in"),
    "out": _l("Went out"),
    "inside": _l("Inside"),
    "test": _l("Test call"),
}

_CAUSES: Mapping[str, LazyString] = {
    "on-hook": _l("Somebody here hung up."),
    "on-hook-holding": _l("Somebody here hung up with this call on hold."),
    "hook-flash": _l("The telephone went back to another call."),
    "ringing-stopped": _l("The caller gave up while it rang."),
    "line-lost": _l("The line was lost."),
    "silence": _l("Nobody said a word any more."),
    "busy": _l("The other side was busy."),
    "refused": _l("The other side did not take the call."),
    "no-answer": _l("The other side did not answer."),
    "unreachable": _l("The other side could not be reached."),
    "not-found": _l("There is no such number."),
    "congestion": _l("The network was too busy."),
    "no-audio": _l("No sound came any more."),
    "link-lost": _l("The connection was lost."),
    "fax": _l("A fax machine answered."),
    "released": _l("The unit ended the call."),
    "taken-for-emergency": _l("The line was needed for an emergency call."),
    "transferred": _l("The call was transferred."),
}

_FAR_END = {"loop-break", "polarity", "busy-tone", "reorder-tone", "dial-tone", "unknown-tone", "hung-up"}
_FAR_END |= {"left-on-hold"}


_STEPS: tuple[tuple[re.Pattern[str], LazyString], ...] = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"to the menu", _l("Heard the menu")),
        (r"to the menu again", _l("Heard the choices once more")),
        (r"to the menu before", _l("Went back to the menu before")),
        (r"to the menu (?P<what>.+)", _l("Went to the menu %(what)s")),
        (r"to the operator", _l("Asked for the operator")),
        (r"to the directory", _l("Looked for somebody by name")),
        (r"to the messages of (?P<who>.+)", _l("Went to the messages of %(who)s")),
        (r"to the messages", _l("Went to the messages")),
        (r"to the fax", _l("Sent a fax")),
        (r"to the night mode", _l("Closed or opened the office by hand")),
        (r"to the same person as before", _l("Asked for the same person as last time")),
        (r"to somebody", _l("Asked for a person")),
        (r"to (?P<what>\S+) in another office", _l("Called %(what)s in another office")),
        (r"to (?P<who>\S+)", _l("Asked for %(who)s")),
        (r"a message for the office", _l("Left a message for the office")),
        (r"a message for (?P<who>.+)", _l("Left a message for %(who)s")),
        (r"asks (?P<who>.+) to call back", _l("Asked %(who)s to call back")),
        (r"hears the announcement", _l("Heard the announcement")),
        (r"hears (?P<what>.+)", _l("Heard the information %(what)s")),
        (r"goodbye", _l("Heard a goodbye")),
        (r"dials (?P<what>.+)", _l("Dialled %(what)s")),
        (r"nowhere", _l("Dialled something that means nothing")),
        (r"rings (?P<what>.+) again", _l("Rang at %(what)s again")),
        (r"rings (?P<what>.+)", _l("Rang at %(what)s")),
        (r"answers (?P<what>.+)", _l("Picked up at %(what)s")),
        (r"waited (?P<what>\d+) s for (?P<who>.+)", _l("Waited %(what)s seconds for %(who)s")),
        (r"waits no longer", _l("Did not want to wait longer")),
        (r"parked in (?P<what>\S+) by (?P<who>.+)", _l("Parked in place %(what)s by %(who)s")),
        (r"held by (?P<who>.+)", _l("Put on hold by %(who)s")),
        (r"no longer held by (?P<who>.+)", _l("Taken off hold by %(who)s")),
        (r"transferred", _l("Was transferred")),
        (r"joined", _l("Was joined with another call")),
        (r"told the number", _l("Told the number of the telephone")),
        (r"opens the door", _l("Opened the door")),
        (r"joins conference (?P<what>.+)", _l("Joined conference %(what)s")),
        (r"for the account (?P<what>.+)", _l("For the account %(what)s")),
        (r"returned: (?P<who>.+) did not answer", _l("Came back, as %(who)s did not answer")),
        (r"(?P<who>.+) does not want to be disturbed", _l("%(who)s did not want to be disturbed")),
        (r"blocked: .+", _l("Was turned away, being on the block list")),
        (r"listens in", _l("Listened in")),
        (r"consultation", _l("Called somebody about this call")),
    )
)
"""What a step may say, the first that fits. A step that is none of these stands as it is."""


def outcome(record: Mapping[str, Any]) -> str:
    """What became of a call."""
    word = record["outcome"]
    return str(OUTCOMES.get(word, word))


def ending(record: Mapping[str, Any]) -> str:
    """How the call ended; empty where nothing is to be said."""
    cause = record["cause"]
    if cause in _FAR_END:
        return str(_("The other side hung up."))
    return str(_CAUSES.get(cause, ""))


def step(what: str, names: Mapping[str, str]) -> str:
    """A step of a call. names: what ids stand for."""
    for pattern, text in _STEPS:
        if found := pattern.fullmatch(what):
            blanks = {blank: names.get(said, said) for blank, said in found.groupdict().items()}
            return str(text) % blanks
    return what


def moment(text: str | None, style: str = "short") -> str:
    """A time of the daemon's, on the office's clock."""
    return str(format_datetime(datetime.fromisoformat(text), style, rebase=False)) if text else ""


def length(seconds: float | None) -> str:
    """Minutes and seconds, as 1:05; hours too where there are any. Empty for None."""
    if seconds is None:
        return ""
    whole = max(round(seconds), 0)
    hours, minutes = divmod(whole // 60, 60)
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"


def between(began: str | None, ended: str | None) -> float | None:
    """Seconds between two times of the daemon's; None where one is not known."""
    if not began or not ended:
        return None
    return (datetime.fromisoformat(ended) - datetime.fromisoformat(began)).total_seconds()


def caller(record: Mapping[str, Any]) -> str:
    """Who called: the contact, or the name that the line gave, or the number."""
    if record["direction"] != "in":
        return str(record["line"])
    said = record["contact"] or record["caller_name"] or record["caller_number"]
    unknown = {"private": _("Number withheld"), "unavailable": _("Number not known"), "": _("Not known")}
    return str(unknown.get(said, said))

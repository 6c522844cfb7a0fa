"""What the call log says, in plain words of the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask_babel import LazyString, format_datetime
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from web.unsure import about

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
    "fax-received": _l("Sent a fax"),
    "fax-failed": _l("A fax machine that sent no page"),
    "fax-not-accepted": _l("A fax that was not received"),
    "fax-sent": _l("A fax was sent"),
    "fax-not-sent": _l("A fax could not be sent"),
    "no-answer": _l("Nobody answered"),
    "not-dialled": _l("Nothing was dialed"),
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
    "in": _l("Incoming"),
    "out": _l("Outgoing"),
    "inside": _l("Internal"),
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


def moment(text: str | None, style: str = "short") -> str:
    """A time of the daemon's, on the office's clock."""
    if not text:
        return ""
    at = datetime.fromisoformat(text)
    return about(at, str(format_datetime(at, style, rebase=False)))


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
    """Who called: the contact, or the name that the line gave, or the number; of a call from inside, the telephone."""
    if record["direction"] != "in":
        return str(record["line"])
    return who(record["contact"] or record["caller_name"], record["caller_number"])


def who(name: str, number: str) -> str:
    """A caller in words."""
    return name or number_words(number) or str(_("Unknown caller"))


def number_words(number: str) -> str:
    """A caller's number, or why there is none."""
    return str({"private": _("Number withheld"), "unavailable": _("Number not known")}.get(number, number))

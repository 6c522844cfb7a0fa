"""What is told beside a field that is not filled in well yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import LazyString
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from web.weeks import DAYS

REASONS: Mapping[tuple[str, str], LazyString] = {
    ("name", "missing"): _l("Please enter a name."),
    ("name", "no-name"): _l("Please enter a name with letters, as callers hear it."),
    ("name", "too-many"): _l("An office has 500 people at most."),
    ("password", "missing"): _l("Please choose a password."),
    ("time_zone", "unknown"): _l("Please choose the time zone."),
    ("number", "no-number"): _l("Please enter the number in digits, as people dial it."),
    ("number", "taken"): _l("Another line has this number already."),
    ("number", "missing"): _l("Please enter the number of one line at least: it is what people dial to reach you."),
    ("gateway_model", "unknown"): _l("Please choose the gateway from the list."),
    ("gateway_address", "no-address"): _l("Please enter the address of the gateway, such as 192.168.1.20."),
    ("network_telephones", "no-address"): _l("“%(what)s” is no address of a telephone. One is like 192.168.1.31."),
    ("network_telephones", "taken"): _l("%(what)s is there twice."),
    ("extension", "no-extension"): _l("Please enter 2 to 6 digits."),
    ("extension", "taken"): _l("%(what)s has this extension already."),
    ("extension", "begins"): _l("This extension and that of %(what)s begin alike, so one could not be dialed."),
    ("extension", "reserved"): _l("This begins like a number for help, an outside line or messages. Choose another."),
    ("telephone", "taken"): _l("This telephone is already that of %(what)s."),
    ("telephone", "unknown"): _l("This telephone is not there any more."),
    ("telephone", "nobody"): _l("Nothing would ring: give one person at least a telephone."),
    ("cell", "no-number"): _l("Please enter the number in digits, as you dial it, or leave it empty."),
    ("day", "missing"): _l("Please check the days on which you are open, or that you are always open."),
    ("day", "no-time"): _l("Please enter two times, such as 09:00 and 17:00."),
    ("day", "ends-before"): _l("This ends before it begins."),
    ("day", "overlap"): _l("The hours behind the break begin before those ahead of it end."),
    ("template", "missing"): _l("Please choose how your callers are received."),
    ("operator", "nobody"): _l("Nothing rings for this person. Choose somebody with a telephone."),
    ("department", "missing"): _l("Please enter one department at least, and who belongs to it."),
    ("department", "no-name"): _l("Please enter a name with letters, as callers hear it."),
    ("department", "nobody"): _l("Choose somebody for it who has a telephone."),
    ("second", "missing"): _l("Please enter the name of the second company."),
    ("second", "no-name"): _l("Please enter a name with letters, as callers hear it."),
    ("works_for", "nobody"): _l("Each company needs somebody who can be rung."),
    ("greeting", "too-long"): _l("This is too long: callers listen to 300 characters at most."),
    ("second_greeting", "too-long"): _l("This is too long: callers listen to 300 characters at most."),
    ("second_lines", "both-need-one"): _l("Each company needs a line with a number of its own."),
}
"""By what the field is about, and the word of the daemon."""


def in_words(mistakes: list[dict[str, Any]]) -> dict[str, str]:
    """By field, what is told there; of several only the first."""
    told: dict[str, str] = {}
    for one in mistakes:
        field = str(one["field"])
        about = "day" if field in DAYS else field.rpartition("-")[0] or field
        reason = REASONS.get((about, one["reason"]))
        if reason is not None:
            words = str(reason) % {"what": one["what"]}
        elif one["reason"] == "too-long":
            words = _("This is too long: 60 characters at most.")
        else:
            words = _("This cannot be used.")
        told.setdefault(field, words)
    return told

"""The steps of a call in plain words of the reader's language: as they were, for the log, and as they are now."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask_babel import LazyString, ngettext
from flask_babel import lazy_gettext as _l

_TELEPHONE = r"(?:the telephone of )?"
_WAITED = re.compile(r"waited (\d+) s for (.+)")

_STEPS: tuple[tuple[re.Pattern[str], LazyString, LazyString | None], ...] = tuple(
    (re.compile(pattern), was, now)
    for pattern, was, now in (
        (r"to the menu", _l("Heard the menu"), _l("in the menu")),
        (r"to the menu again", _l("Heard the choices once more"), _l("in the menu")),
        (r"to the menu before", _l("Went back to the previous menu"), _l("in the menu")),
        (r"to the menu (?P<what>.+)", _l("Went to the menu %(what)s"), _l("in the menu “%(what)s”")),
        (r"to the operator", _l("Asked for the operator"), _l("asks for the operator")),
        (r"to the directory", _l("Looked for somebody by name"), _l("looks for somebody by name")),
        (r"to the messages of (?P<who>.+)", _l("Went to the messages of %(who)s"), _l("listens to messages")),
        (r"to the messages", _l("Went to the messages"), _l("listens to messages")),
        (r"fax of 0 pages.*", _l("The fax machine sent no page"), None),
        (r"fax of 1 pages(?: from (?P<what>.+))?: complete", _l("Sent a fax of one page"), None),
        (r"fax of (?P<what>\d+) pages(?: from .+)?: complete", _l("Sent a fax of %(what)s pages"), None),
        (r"fax of (?P<what>\d+) pages.*", _l("Sent a fax that broke off, with %(what)s whole pages"), None),
        (r"is no fax machine", _l("Turned out to be a person"), None),
        (r"to the fax(?:, by hand)?", _l("Led to the fax"), _l("sends a fax")),
        (r"to the fax of (?P<who>.+)", _l("Led to the fax of %(who)s"), _l("sends a fax to %(who)s")),
        (r"to the night mode", _l("Closed or opened the office by hand"), None),
        (r"to the same person as before", _l("Asked for the same person as last time"), None),
        (r"to somebody", _l("Asked for a person"), None),
        (r"to (?P<what>\S+) in another office", _l("Called %(what)s in another office"), _l("calls %(what)s")),
        (r"to (?P<who>\S+)", _l("Asked for %(who)s"), _l("is put through to %(who)s")),
        (r"a message for the office", _l("Left a message for the office"), _l("leaves a message for the office")),
        (r"a message for (?P<who>.+)", _l("Left a message for %(who)s"), _l("leaves a message for %(who)s")),
        (r"asks (?P<who>.+) to call back", _l("Asked %(who)s to call back"), _l("asks %(who)s to call back")),
        (r"hears the announcement", _l("Heard the announcement"), _l("listens to an announcement")),
        (r"hears (?P<what>.+)", _l("Heard the information %(what)s"), _l("listens to an announcement")),
        (r"goodbye", _l("Heard a goodbye"), None),
        (r"dials (?P<what>.+)", _l("Dialed %(what)s"), _l("calls %(what)s")),
        (r"nowhere", _l("Dialed something that leads nowhere"), None),
        (
            rf"rings {_TELEPHONE}(?P<what>.+) again",
            _l("Rang at %(what)s again"),
            _l("%(what)s: the telephone rings"),
        ),
        (rf"rings {_TELEPHONE}(?P<what>.+)", _l("Rang at %(what)s"), _l("%(what)s: the telephone rings")),
        (rf"{_TELEPHONE}(?P<who>.+): busy", _l("%(who)s was on the phone"), _l("%(who)s is on the phone")),
        (rf"{_TELEPHONE}(?P<who>.+): (?:no-answer|no-key)", _l("%(who)s did not answer"), None),
        (r"(?:answers|answered by) (?P<what>.+)", _l("Picked up at %(what)s"), None),
        (r"waits no longer", _l("Did not want to wait longer"), None),
        (
            r"parked in (?P<what>\S+) by (?P<who>.+)",
            _l("Parked in place %(what)s by %(who)s"),
            _l("parked in place %(what)s by %(who)s"),
        ),
        (r"held by (?P<who>.+)", _l("Put on hold by %(who)s"), _l("on hold at %(who)s")),
        (r"no longer held by (?P<who>.+)", _l("Taken off hold by %(who)s"), _l("no longer on hold")),
        (r"transferred|led on from the page", _l("Was transferred"), _l("is being transferred")),
        (r"joined", _l("Was joined with another call"), None),
        (r"told the number", _l("Told the number of the telephone"), None),
        (r"opens the door", _l("Opened the door"), None),
        (r"joins conference (?P<what>.+)", _l("Joined conference %(what)s"), _l("in conference %(what)s")),
        (r"for the account (?P<what>.+)", _l("For the account %(what)s"), None),
        (r"returned: (?P<who>.+) did not answer", _l("Came back, as %(who)s did not answer"), None),
        (r"(?P<who>.+) does not want to be disturbed", _l("%(who)s did not want to be disturbed"), None),
        (r"blocked: .+", _l("Was turned away, being on the block list"), None),
        (r"listens (?:in|from the page)", _l("Listened in"), _l("listens to a call")),
        (r"(?P<who>.+) listens", _l("%(who)s listened in"), _l("%(who)s listens to the call")),
        (r"calls back from the page", _l("Called back"), _l("calls back")),
        (r"called by the unit", _l("Was called back by the unit"), None),
        (r"asked on the web site to be called", _l("Asked on the web site to be called"), None),
        (r"ended from the page", _l("Was ended at the page"), None),
        (r"consultation", _l("Called somebody about this call"), None),
    )
)
"""What a step may say, what it was, and what it is while the call goes on, where that is said otherwise. The first that
fits counts."""


def step(what: str, names: Mapping[str, str]) -> str:
    """A step that a call has taken. names: what ids stand for. One without words of its own stands as it is."""
    return _told(what, names, now=False)


def step_now(what: str, names: Mapping[str, str]) -> str:
    """The same of the step in which a call is."""
    return _told(what, names, now=True)


def _told(what: str, names: Mapping[str, str], *, now: bool) -> str:
    if waited := _WAITED.fullmatch(what):
        who = names.get(waited[2], waited[2])
        return str(
            ngettext("Waited %(num)d second for %(who)s", "Waited %(num)d seconds for %(who)s", int(waited[1]), who=who)
        )
    for pattern, was, goes_on in _STEPS:
        if found := pattern.fullmatch(what):
            blanks = {blank: names.get(said, said) for blank, said in found.groupdict().items()}
            return str(goes_on if now and goes_on is not None else was) % blanks
    return what

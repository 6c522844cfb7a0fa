"""The words in the picture of the call flow, in the language of the page."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

WORDS = {
    "Menu": _l("Menu"),
    "Message for": _l("Message for"),
    "Operator": _l("Operator"),
    "mailbox": _l("mailbox"),
    "extensions": _l("extensions"),
    "operator": _l("operator"),
    "back": _l("back"),
    "once more": _l("once more"),
    "dials": _l("dials"),
    "waits": _l("waits"),
    "nobody answers": _l("nobody answers"),
    "open": _l("open"),
    "closed": _l("closed"),
    "break": _l("break"),
    "holiday": _l("holiday"),
    "important callers": _l("important callers"),
    "announcement": _l("announcement"),
    "all at once": _l("all at once"),
    "one after the other": _l("one after the other"),
    "one more each time": _l("one more each time"),
    "another one first each time": _l("another one first each time"),
    "longest without a call first": _l("longest without a call first"),
    "a message for the office": _l("a message for the office"),
    "the directory": _l("the directory"),
    "the fax": _l("the fax"),
    "the messages": _l("the messages"),
    "the same person as before": _l("the same person as before"),
    "goodbye": _l("goodbye"),
    "Hours": _l("Hours"),
    "Mon": _l("Mon"),
    "Tue": _l("Tue"),
    "Wed": _l("Wed"),
    "Thu": _l("Thu"),
    "Fri": _l("Fri"),
    "Sat": _l("Sat"),
    "Sun": _l("Sun"),
    (
        "This office is large, so the picture shows lines and menus alone; whom their keys lead to stands in the list."
    ): _l(
        "This office is large, so the picture shows lines and menus alone; whom their keys lead to stands in the list."
    ),
}
"""By what the unit writes where it is given no other."""


def picture_words() -> dict[str, str]:
    """Those that differ from the unit's own, for `office.picture`."""
    own = {english: str(word) for english, word in WORDS.items()}
    return {english: word for english, word in own.items() if word != english}

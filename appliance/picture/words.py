"""What the picture says of itself, besides the office's own names and texts; whoever shows it may give other words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LARGE: Final = (
    "This office is large, so the picture shows lines and menus alone; whom their keys lead to stands in the list."
)

WORDS: Final = (
    *("Menu", "Message for", "Operator", "mailbox", "extensions", "operator", "back", "once more", "dials"),
    *("waits", "nobody answers", "open", "closed", "break", "holiday", "important callers", "announcement"),
    *("Hours", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    *("all at once", "one after the other", "one more each time", "another one first each time"),
    *("longest without a call first", "a message for the office", "the directory", "the fax", "the messages"),
    *("the same person as before", "goodbye", LARGE),
)
"""All of them, in English."""


class PictureWords:
    """own: in place of the English ones, by those; without one the English one stands."""

    def __init__(self, own: Mapping[str, str]) -> None:
        self._own = own

    def __call__(self, english: str) -> str:
        return self._own.get(english, english)


ENGLISH: Final = PictureWords({})

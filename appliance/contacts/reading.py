"""What a file of contacts holds, line by line: what may become a contact, and what cannot be one and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hw.callerid.text import plain

COLUMNS = ("number", "name", "company", "notes", "language", "rank")


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """What a file says of one number. What it leaves open is empty."""

    line: int
    """Where it stands, counted from 1."""
    number: str
    """The telephone number, as it is written there."""
    name: str
    """Whose number it is."""
    company: str = ""
    """Whom the contact belongs to."""
    notes: str = ""
    """What whoever takes a call should know."""
    language: str = ""
    """What the contact is spoken to in."""
    rank: str = ""
    """How important the contact's calls are, not yet read as a number."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a line of a file did not become a contact. line: counted from 1; 0 for the whole file."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}" if self.line else self.reason


Read = Iterator[ReadEntry | Refused | None]
"""What is found in a file, in its order. None: nothing yet, so that whoever reads it may pause after every line."""


def one_line(text: str) -> str:
    """A text of somebody's file as one line that can be shown, without the mark that keeps it from being a formula."""
    shown = plain(" ".join(text.split()))
    return shown[1:] if shown[:1] == "'" and shown[1:2] in tuple("=+-@") else shown


def two_letters(language: str) -> str:
    """`en-US` is English here."""
    return language.lower().replace("_", "-").partition("-")[0]

"""What a file of contacts holds, line by line: what may become a contact, and what cannot be one and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hw.callerid.text import plain

COLUMNS = ("number", "name", "company", "notes", "language", "rank")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a file says of one number. What it leaves open is empty. line: counted from 1."""

    line: int
    number: str
    name: str
    company: str = ""
    notes: str = ""
    language: str = ""
    rank: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a line of a file did not become a contact. line: counted from 1; 0 for the whole file."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}" if self.line else self.reason


Read = Iterator[Entry | Refused | None]
"""What is found in a file, in its order. None: nothing yet, so that whoever reads it may pause after every line."""


def one_line(text: str) -> str:
    """A text of somebody's file as one line that can be shown, without the mark that keeps it from being a formula."""
    shown = plain(" ".join(text.split()))
    return shown[1:] if shown[:1] == "'" and shown[1:2] in tuple("=+-@") else shown


def two_letters(language: str) -> str:
    """`en-US` is English here."""
    return language.lower().replace("_", "-").partition("-")[0]

"""What the system says, by name: a flow says `phrase("saved")` or `phrase("you-have-new", count=3)`.

The words behind a name are in the catalogue of `appliance.prompts`; a flow never holds English.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Digits:
    """A number read digit by digit: an extension, a telephone number."""

    digits: str


@dataclass(frozen=True, slots=True)
class VersionNumber:
    """The version of a program, read digit by digit: `1.10` is one point one zero."""

    text: str


Value = str | int | datetime | VersionNumber
"""Numbers are spoken as amounts, text as text; digits to be read one by one are given as `Digits`."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A catalogue entry with the values of its blanks, in the order of their names."""

    name: str
    values: tuple[tuple[str, Value | Digits], ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """Free text from the office document: a greeting, a menu line, a person's name.

    language: the one it is written in; empty: that of whoever hears it. place: where it stands in the document, where
    a recording may take its part; empty: nothing does.
    """

    text: str
    language: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """Somebody's own recording: a WAV file of 8 kHz 16-bit mono."""

    path: Path


Sayable = Phrase | Words | Recorded


def phrase(name: str, /, **values: Value | Digits) -> Phrase:
    return Phrase(name, tuple(sorted(values.items())))

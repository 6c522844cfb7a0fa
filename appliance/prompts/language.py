"""What a language is to the voice: its words, and how numbers, times and names are said in it.

Each language is one object, made in its package of `appliance/prompts/languages/`. Whatever it gives to be spoken is a
list of clip texts. A text without a full stop is spoken with the sentence going on; a trailing comma asks for a short
pause behind it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Plural:
    """`one` where the value of the blank `of` is 1, otherwise `other`."""

    of: str
    one: str
    other: str


Entry = str | Plural
"""What a name of the catalogue says."""


class Language(ABC):
    """One language. It is known by its code and made once, so two of a kind are the same object."""

    code: str
    """As in `appliance.office.languages`."""

    espeak: str
    """The voice of espeak-ng that speaks it."""

    natural: str = ""
    """The Python package with a natural voice of it, where there is one."""

    catalogue: Mapping[str, Entry]

    @abstractmethod
    def number(self, value: int) -> list[str]:
        """An amount."""

    @abstractmethod
    def duration(self, seconds: int) -> list[str]:
        """A length of time."""

    @abstractmethod
    def digits(self, text: str) -> list[str]:
        """A number read digit by digit."""

    @abstractmethod
    def moment(self, when: datetime, now: datetime) -> list[str]:
        """When something was, seen from `now` and on its clock."""

    @abstractmethod
    def vocabulary(self) -> list[str]:
        """The clip text of everything that the methods above may give, without trailing commas."""

    @abstractmethod
    def as_read(self, text: str) -> str:
        """A written text, spelled so that the voice reads it as people say it."""

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

LARGEST_NUMBER = 999_999


@dataclass(frozen=True, slots=True)
class Plural:
    """One text for each form that what is counted has: `Language.form` chooses it by the value of the blank `of`.

    A language has the forms in its `plurals`, and an entry of it has no others. `few` and `many` are Slavic.
    """

    of: str
    one: str = ""
    other: str = ""
    few: str = ""
    many: str = ""

    @property
    def forms(self) -> dict[str, str]:
        """The texts that are there, by the names of their forms."""
        named = {"one": self.one, "few": self.few, "many": self.many, "other": self.other}
        return {name: text for name, text in named.items() if text}


CatalogueEntry = str | Plural | tuple[str | Plural, ...]
"""What a name of the catalogue says. Parts, each agreeing with a number of its own, are put together to one text."""


class Language(ABC):
    """One language. It is known by its code and made once, so two of a kind are the same object."""

    code: str
    """As in `appliance.office.languages`."""

    espeak: str
    """The voice of espeak-ng that speaks it."""

    natural: str = ""
    """The Python package with a natural voice of it, where there is one."""

    catalogue: Mapping[str, CatalogueEntry]
    """What is said, by the names of the entries."""

    plurals: tuple[str, ...] = ("one", "other")
    """The forms that `form` may give."""

    genders: tuple[str, ...] = ("",)
    """How a number may agree with what it counts, as a blank asks for it: `{count:feminine}`; "" to count on."""

    @abstractmethod
    def form(self, count: int) -> str:
        """Which form of a `Plural` goes with this number."""

    @abstractmethod
    def number(self, value: int, gender: str = "") -> list[str]:
        """An amount, 0 to `LARGEST_NUMBER`. ValueError beyond."""

    @abstractmethod
    def duration(self, seconds: int) -> list[str]:
        """A length of time."""

    @abstractmethod
    def digits(self, text: str) -> list[str]:
        """A telephone number, as people read it out; whatever is neither a digit nor a key is left out."""

    @abstractmethod
    def version(self, text: str) -> list[str]:
        """The version of a program, such as 1.10rc2, digit by digit; what no version should have is left out."""

    @abstractmethod
    def moment(self, when: datetime, now: datetime) -> list[str]:
        """When something was or will be, seen from `now` and on its clock."""

    @abstractmethod
    def vocabulary(self) -> list[str]:
        """The clip text of everything that the methods above may give, without trailing commas."""

    @abstractmethod
    def as_read(self, text: str) -> str:
        """A written text, spelled so that the voice reads it as people say it."""

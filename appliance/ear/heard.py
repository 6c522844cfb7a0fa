"""What one party heard, as the recogniser tells it."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What kind of sound it was."""

    WORDS = "words"
    """A known clip: a prompt, or words another party said in this scenario."""
    SPEECH = "speech"
    """A sound that is none of the known clips and no tone."""
    TONE = "tone"
    DIGITS = "digits"
    BEEP = "beep"
    FAX = "fax"
    ECHO = "echo"
    """The party's own words or digits, coming back from the line."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One thing heard. Times are in seconds; `end_s` of something that still goes on is the latest known.

    text: the words, the tone's name, or the digits. Of a clip that was cut off: the words heard, with a dash where it
    was cut. complete: a clip was heard from its beginning to its end; anything else is complete when it is over.
    """

    start_s: float
    end_s: float
    kind: Kind
    text: str
    complete: bool = True

    def __str__(self) -> str:
        match self.kind:
            case Kind.WORDS:
                return f'"{self.text}"'
            case Kind.SPEECH:
                return f"({self.text})"
            case Kind.ECHO:
                return f"(echo of itself: {self.text})"
            case Kind.DIGITS:
                return f"digits {self.text}"
            case _:
                return self.text


@functools.lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Text as it is compared: lower case, single spaces, nothing but letters, digits and apostrophes."""
    return " ".join(re.findall(r"[a-z0-9']+", text.lower().replace("’", "'")))


def part_of(text: str, begin: float, end: float) -> str:
    """The words of a clip between two fractions of its length: "Thank you for call-" where it was cut."""
    first, last = round(begin * len(text)), round(end * len(text))
    part = text[first:last].strip()
    return ("-" if first > 0 else "") + part + ("-" if last < len(text) else "")


def words_of(item: Heard) -> list[str]:
    """The words of this, as `plain` text. Of a clip that was cut off, only the whole ones."""
    words = item.text.split()
    if words and not item.complete:
        if words[0].startswith("-"):
            words = words[1:]
        if words and words[-1].endswith("-"):
            words = words[:-1]
    return plain(" ".join(words)).split()

"""A span of opening hours, from one time to another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from appliance.office.field import TextPattern, WrittenAs

MINUTES_A_DAY = 24 * 60
WORDS = "two times with a hyphen between them, such as 08:00-12:00"
PATTERN = "^([01][0-9]|2[0-3]):[0-5][0-9] ?- ?(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From one time to another, in minutes since the midnight with which its day begins.

    A span that crosses midnight ends beyond `MINUTES_A_DAY`, and belongs to the day on which it begins.
    """

    start: int
    end: int

    @classmethod
    def read(cls, text: str) -> Span:
        """What a document says, such as 08:00-12:00. An end that is not behind the start is the next day's."""
        start, end = map(_minutes, text.split("-"))
        return cls(start, end if end > start else end + MINUTES_A_DAY)

    @property
    def crosses_midnight(self) -> bool:
        return self.end > MINUTES_A_DAY

    @property
    def hours(self) -> float:
        return (self.end - self.start) / 60

    def __str__(self) -> str:
        end = self.end - MINUTES_A_DAY if self.crosses_midnight else self.end
        return f"{clock(self.start)}-{clock(end)}"


OpenSpan = Annotated[Span, WrittenAs(str, Span.read), TextPattern(PATTERN, WORDS)]


def clock(minutes: int) -> str:
    """The time as a document has it; the end of a day is 24:00."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)

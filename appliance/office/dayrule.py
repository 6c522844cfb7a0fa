"""Days as an office document names them: one, some in a row, the same every year, or by a rule."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from hw.nearest import nearest
from hw.said import Said, said

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
WEEKDAY_NAMES = {
    "monday": said("Monday"),
    "tuesday": said("Tuesday"),
    "wednesday": said("Wednesday"),
    "thursday": said("Thursday"),
    "friday": said("Friday"),
    "saturday": said("Saturday"),
    "sunday": said("Sunday"),
}
"""As they stand in sentences."""
COUNTED = ("first", "second", "third", "fourth", "fifth", "last")
EVERY_MONTH = "every month"

LEAP_YEAR = 2024


class Unreadable(ValueError):
    """A day that means nothing. `reason` says why, `suggestion` what may have been meant."""

    def __init__(self, reason: Said, suggestion: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.suggestion = suggestion


class DayRule(Protocol):
    """Which days are meant; as text, as a document has it. Of two for one day the one of lower `rank` counts."""

    @property
    def rank(self) -> int: ...

    def covers(self, day: date) -> bool: ...


@dataclass(frozen=True, slots=True)
class Once:
    """Days of one year or more, from the first to the last."""

    first: date
    last: date

    @property
    def rank(self) -> int:
        return 0 if self.first == self.last else 1

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return _joined(str(self.first), str(self.last))


@dataclass(frozen=True, slots=True)
class Yearly:
    """Days of every year, as month and day, from the first to the last, which may lie in the next year."""

    first: tuple[int, int]
    last: tuple[int, int]

    @property
    def rank(self) -> int:
        return 2 if self.first == self.last else 3

    def covers(self, day: date) -> bool:
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last

    def __str__(self) -> str:
        return _joined(*(f"{month:02}-{day:02}" for month, day in (self.first, self.last)))


@dataclass(frozen=True, slots=True)
class Counted:
    """A weekday of a month, counted from 1, or the last. weekday: Monday is 0; month: None stands for every month."""

    which: str
    weekday: int
    month: int | None
    rank: int = 2

    def covers(self, day: date) -> bool:
        if day.weekday() != self.weekday or self.month not in (None, day.month):
            return False
        if self.which == "last":
            return day.day + 7 > monthrange(day.year, day.month)[1]
        return (day.day - 1) // 7 == COUNTED.index(self.which)

    def __str__(self) -> str:
        return (
            f"{self.which} {WEEKDAYS[self.weekday]} of {EVERY_MONTH if self.month is None else MONTHS[self.month - 1]}"
        )


@dataclass(frozen=True, slots=True)
class FromEaster:
    """A day so many days behind Easter Sunday of the western churches, or before it."""

    days: int
    rank: int = 2

    def covers(self, day: date) -> bool:
        sunday = day - timedelta(days=self.days)
        return sunday == easter(sunday.year)

    def __str__(self) -> str:
        return f"easter {self.days:+}" if self.days else "easter"


def _joined(first: str, last: str) -> str:
    return first if first == last else f"{first} to {last}"


def easter(year: int) -> date:
    """Easter Sunday: the Sunday behind the full moon of the Gregorian calendar's own tables in spring."""
    century, golden = year // 100, year % 19
    moon = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= moon // 28 * (1 - moon // 28 * (29 // (moon + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + moon + 2 - century + century // 4) % 7
    days = moon - weekday
    month = 3 + (days + 40) // 44
    return date(year, month, days + 28 - 31 * (month // 4))


def day_rule(text: str) -> DayRule:
    """What a text means. Raises `Unreadable`."""
    words = " ".join(text.casefold().split())
    if words.startswith("easter"):
        found = re.fullmatch(r"easter(?: ?([+-] ?\d{1,2}))?", words, re.ASCII)
        if found is None:
            raise Unreadable(said("behind easter goes a number of days, such as easter +1 or easter -2"))
        return FromEaster(int((found[1] or "0").replace(" ", "")))
    if found := re.fullmatch(r"(?:the )?(\w+) (\w+) (?:of|in) (every month|\w+)", words):
        return _counted(*found.groups())
    ends = words.split(" to ")
    if len(ends) > 2:
        raise _no_day()
    return _between(ends[0], ends[-1])


def _counted(which: str, weekday: str, month: str) -> Counted:
    given = (which, weekday, month)
    known = (COUNTED, WEEKDAYS, (*MONTHS, EVERY_MONTH))
    if all(word in words for word, words in zip(given, known, strict=True)):
        return Counted(which, WEEKDAYS.index(weekday), None if month == EVERY_MONTH else MONTHS.index(month) + 1)
    near = [nearest(word, words) for word, words in zip(given, known, strict=True)]
    suggestion = f"{near[0]} {near[1]} of {near[2]}" if all(near) else ""
    if which not in COUNTED:
        raise Unreadable(said("%(word)s is not one of %(words)s", word=which, words=COUNTED), suggestion)
    if weekday not in WEEKDAYS:
        raise Unreadable(said("%(word)s is not a weekday", word=weekday), suggestion)
    raise Unreadable(said("%(word)s is not a month", word=month), suggestion)


def _no_day() -> Unreadable:
    return Unreadable(
        said(
            "is no day that can be read; write 2026-12-24 for one day, 12-24 for every year, two of these joined by"
            ' "to", "last monday of may", or "easter +1"'
        )
    )


def _between(first: str, last: str) -> DayRule:
    begin, end = _day(first), _day(last)
    if isinstance(begin, date) and isinstance(end, date):
        if end < begin:
            raise Unreadable(said("%(last)s is before %(first)s", last=last, first=first), f"{last} to {first}")
        return Once(begin, end)
    if isinstance(begin, date) or isinstance(end, date):
        raise Unreadable(said("give the year with both days, or with neither"))
    return Yearly(begin, end)


def _day(text: str) -> date | tuple[int, int]:
    found = re.fullmatch(r"(?:(\d{4})-)?(\d{2})-(\d{2})", text, re.ASCII)
    if found is None:
        raise _no_day()
    year, month, day = found[1] or "", int(found[2]), int(found[3])
    try:
        there = date(int(year or LEAP_YEAR), month, day)
    except ValueError as error:
        turned = "".join(_turned(year, found[2], found[3]))
        raise Unreadable(said("there is no day %(day)s", day=text), turned) from error
    return there if year else (month, day)


def _turned(year: str, month: str, day: str) -> Iterator[str]:
    """The same with day and month the other way round, where there is such a day."""
    if int(month) > len(MONTHS) >= int(day) > 0 and 0 < int(month) <= monthrange(LEAP_YEAR, int(day))[1]:
        yield f"{year}-{day}-{month}" if year else f"{day}-{month}"

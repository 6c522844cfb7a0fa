"""A language whose numbers, times and dates are put together from its tables.

A language says what is its own: words, forms, and the order where that is not the usual one. What it may ever say is
found by saying it all, so the fixed clips are complete whatever a language makes of a number or a date.
"""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from appliance.prompts.language import LARGEST_NUMBER, Language

YEARS = range(1900, 2100)
_SOME_DAY = datetime(2024, 12, 31, tzinfo=UTC)
"""The last day of a year with all 366 days."""

_INITIAL = re.compile(r"\b([^\W\d_])\.(?= ([^\W\d_]))")
"""A letter and a full stop before a name, which a voice takes for the end of a sentence."""

_RUNS = re.compile(r"[0-9]+|[^0-9]")
_VERSION_PARTS = re.compile(r"[0-9.ab]|rc")
_CALLING_CODE = re.compile(r"1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|[0-9]{1,3}")
"""The country's code at the beginning of an international number, of one to three digits (ITU-T E.164)."""

_WRITTEN_NUMBER = re.compile(r"(?<![\w.,:-])(?:\+|\(?0)[\d ()/-]*\d(?![\w.,:]\d)")
_FEWEST_DIGITS = 6
"""A written number with a leading 0 or + is a telephone number from so many digits on."""

_DATE_OR_HOURS = re.compile(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}$|\d{1,2}-\d{1,2} +\d{1,2}-\d{1,2}$")
"""What looks like a telephone number and is none: 01/02/2026, 08-12 13-17."""


def words(text: str) -> tuple[str, ...]:
    """The words of a table, written one after another."""
    return tuple(text.split())


@dataclass(frozen=True, slots=True)
class Noun:
    """Something that is counted. `single`: exactly one of it, whole. `forms`: the noun alone, by form of plural."""

    gender: str
    single: str
    forms: Mapping[str, str]


class ComposedLanguage(Language):
    """Implements `Language` by tables and by what is abstract here."""

    small_digits: tuple[str, ...]
    """Zero to nine, as they are read out one by one."""

    signs: Mapping[str, str]
    """What *, # and + are called."""

    version_marks: Mapping[str, str]
    """What is called what stands between the numbers of a version (PEP 440): `.`, `a`, `b` and `rc`."""

    today: str
    """The word for it, before a time of day."""

    yesterday: str
    """The word for it, before a time of day."""

    tomorrow: str
    """The word for it, before a time of day."""

    weekdays: tuple[str, ...]
    """The last days before yesterday, Monday first."""

    hour: Noun
    """Counted in a length of time."""

    minute: Noun
    """Counted in a length of time."""

    second: Noun
    """Counted in a length of time."""

    joint: str = ""
    """What joins the last part of a length of time to those before; without it they follow one another."""

    spellings: Sequence[tuple[str, str]] = ()
    """Regular expressions, and how the voice reads right what they find."""

    @abstractmethod
    def small(self, value: int, gender: str) -> list[str]:
        """A number below 100."""

    @abstractmethod
    def hundreds(self, hundreds: int, gender: str, *, more: bool) -> list[str]:
        """1 to 9 hundred; `more` follows, which is below 100 or a thousand."""

    @abstractmethod
    def thousands(self, thousands: int) -> list[str]:
        """1 to 999 thousand."""

    @abstractmethod
    def time_of_day(self, at: time) -> list[str]:
        """At which time of a day, with the preposition it takes."""

    @abstractmethod
    def date(self, day: date, *, year: bool) -> list[str]:
        """A day of the calendar, with or without its year."""

    def form(self, count: int) -> str:
        return "one" if count == 1 else "other"

    def number(self, value: int, gender: str = "") -> list[str]:
        if not 0 <= value <= LARGEST_NUMBER:
            raise ValueError(f"{value} cannot be spoken: numbers go from 0 to {LARGEST_NUMBER}")
        thousands, rest = divmod(value, 1000)
        said = self.thousands(thousands) if thousands else []
        return [*said, *self.below_thousand(rest, gender)] if rest or not said else said

    def below_thousand(self, value: int, gender: str, *, more: bool = False) -> list[str]:
        """A number below 1000, which `more` may follow."""
        hundreds, small = divmod(value, 100)
        said = self.hundreds(hundreds, gender, more=more or small > 0) if hundreds else []
        return [*said, *self.small(small, gender)] if small or not said else said

    def duration(self, seconds: int) -> list[str]:
        hours, rest = divmod(seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        counted = ((hours, self.hour), (minutes, self.minute), (seconds, self.second))
        parts = [self.counted(count, noun) for count, noun in counted if count] or [self.counted(0, self.second)]
        if not self.joint:
            return [text for part in parts for text in part]
        said = parts[0]
        for part in parts[1:-1]:
            said = [*said[:-1], said[-1] + ",", *part]
        return [*said, self.joint, *parts[-1]] if len(parts) > 1 else said

    def counted(self, count: int, noun: Noun) -> list[str]:
        """So many of something."""
        return [noun.single] if count == 1 else [*self.number(count, noun.gender), noun.forms[self.form(count)]]

    def digits(self, text: str) -> list[str]:
        spoken = "".join(character for character in text if character in self.signs or character in "0123456789")
        said: list[str] = []
        before = ""
        for run in _RUNS.findall(spoken):
            if run in self.signs:
                said.append(self.signs[run])
            else:
                *groups, last = (self.group(group) for group in self._all_groups(run, international=before == "+"))
                for group in groups:
                    said += [*group[:-1], f"{group[-1]},"]
                said += last
            before = run
        return said

    def _all_groups(self, digits: str, *, international: bool) -> list[str]:
        code = _CALLING_CODE.match(digits) if international else None
        if code is None or code[0] == digits:
            return self.groups(digits)
        return [code[0], *self.groups(digits[code.end() :])]

    def groups(self, digits: str) -> list[str]:
        """Groups as telephone numbers have them in the country; an extension is one."""
        return grouped(digits)

    def group(self, digits: str) -> list[str]:
        """One group of a number, digit by digit."""
        return [self.small_digits[int(digit)] for digit in digits]

    def version(self, text: str) -> list[str]:
        public = text.lower().partition("+")[0]
        said = {**self.version_marks, **{str(digit): word for digit, word in enumerate(self.small_digits)}}
        return [said[part] for part in _VERSION_PARTS.findall(public)]

    def moment(self, when: datetime, now: datetime) -> list[str]:
        """Tomorrow, today, yesterday, a weekday for the last six days, otherwise the date; the year if not this one."""
        if when.tzinfo and now.tzinfo:
            when = when.astimezone(now.tzinfo)
        days = (now.date() - when.date()).days
        near = {-1: self.tomorrow, 0: self.today, 1: self.yesterday}
        if days in near:
            day = [near[days]]
        elif 2 <= days <= 6:
            day = [self.weekdays[when.weekday()]]
        else:
            day = self.date(when.date(), year=when.year != now.year)
        return self.day_and_time(day, self.time_of_day(when.time()))

    def day_and_time(self, day: list[str], at: list[str]) -> list[str]:
        """In the order in which they are said."""
        return [*day, *at]

    def vocabulary(self) -> list[str]:
        texts = dict.fromkeys(text.removesuffix(",") for said in self._amounts() for text in said)
        for said in self._sentence_ends():
            texts |= dict.fromkeys(text.removesuffix(",") for text in said)
            texts[f"{said[-1]}."] = None
        return list(texts)

    def as_read(self, text: str) -> str:
        for pattern, spelling in self.spellings:
            text = re.sub(pattern, spelling, text)
        text = _INITIAL.sub(lambda found: found[1] if (found[1] + found[2]).isupper() else found[0], text)
        return _WRITTEN_NUMBER.sub(self._read_out, text)

    def _read_out(self, found: re.Match[str]) -> str:
        digits = sum(character.isdecimal() for character in found[0])
        if digits < _FEWEST_DIGITS or _DATE_OR_HOURS.match(found[0]):
            return found[0]
        return " ".join(self.digits(found[0]))

    def _amounts(self) -> Iterator[list[str]]:
        """Numbers that have between them every clip that any number has."""
        for gender in self.genders:
            for value in (*range(1001), *range(1000, 1_000_000, 1000)):
                yield self.number(value, gender)

    def _sentence_ends(self) -> Iterator[list[str]]:
        """All the rest, which may end a sentence."""
        yield from (self.digits(f"{value:02}") for value in range(100))
        yield from (self.digits(sign) for sign in self.signs)
        yield from (self.version(mark) for mark in self.version_marks)
        yield from (self.duration(seconds) for seconds in (*range(61), *range(120, 3600, 60), 3661))
        yield from (self.duration(3600 * hours) for hours in range(1, 100))
        for day in (_SOME_DAY - timedelta(days) for days in range(366)):
            yield from (self.moment(day, day + timedelta(later)) for later in (-1, 0, 1, 3, 366))
            yield self.moment(day, _SOME_DAY)
        yield from (self.moment(_SOME_DAY + timedelta(minutes=minute), _SOME_DAY) for minute in range(1440))
        yield from (self.moment(_SOME_DAY.replace(year=year), _SOME_DAY) for year in YEARS)


def grouped(
    digits: str, tail: Sequence[int] = (), size: int = 3, *, whole: int = 4, single_first: bool = False
) -> list[str]:
    """Cut a number from its end: into groups as long as `tail` says, the last one first, and then of `size`.

    The first group takes what is left over, and a single digit joins the group behind it, unless `single_first`. A
    number of at most `whole` digits is one group.
    """
    if len(digits) <= whole:
        return [digits]
    groups: list[str] = []
    sizes = list(tail)
    while digits:
        length = sizes.pop(0) if sizes else size
        groups.insert(0, digits[-length:])
        digits = digits[:-length]
    if len(groups[0]) == 1 and not single_first:
        groups[:2] = [groups[0] + groups[1]]
    return groups

"""How Americans say numbers, times and dates, as lists of clip texts that are spoken one after another.

Everything here is built from the fixed clips of `vocabulary()`, so nothing is synthesised during a call. A text
without a full stop is spoken with the sentence going on; a trailing comma asks for a short pause.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import Final


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SMALL: Final = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
_TENS: Final = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS: Final = _words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
    "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)
_MONTHS: Final = _words("January February March April May June July August September October November December")
_WEEKDAYS: Final = _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
_SIGNS: Final = {"*": "star", "#": "pound", "+": "plus"}
_PARTS_OF_DAY: Final = ("in the morning", "in the afternoon", "in the evening", "at night")

LARGEST_NUMBER: Final = 999_999


def _below_hundred(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return _TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else "")


def number(value: int) -> list[str]:
    """An amount, 0 to 999,999: 1234 is "one thousand two hundred thirty-four". ValueError beyond."""
    if not 0 <= value <= LARGEST_NUMBER:
        raise ValueError(f"{value} cannot be spoken: numbers go from 0 to {LARGEST_NUMBER}")
    thousands, rest = divmod(value, 1000)
    hundreds, small = divmod(rest, 100)
    words = [*number(thousands), "thousand"] if thousands else []
    if hundreds:
        words.append(f"{_SMALL[hundreds]} hundred")
    if small or not words:
        words.append(_below_hundred(small))
    return words


def duration(seconds: int) -> list[str]:
    """A length of time: 80 is "one minute and twenty seconds"."""
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    parts = [
        [f"one {unit}"] if count == 1 else [*number(count), f"{unit}s"]
        for count, unit in ((hours, "hour"), (minutes, "minute"), (seconds, "second"))
        if count
    ] or [["zero", "seconds"]]
    words = parts[0]
    for part in parts[1:-1]:
        words = [*words[:-1], words[-1] + ",", *part]
    return [*words, "and", *parts[-1]] if len(parts) > 1 else words


def digits(text: str) -> list[str]:
    """Digit by digit, telephone numbers in their groups with a short pause between; other characters are left out."""
    spoken = [character for character in text if character in _SIGNS or character in "0123456789"]
    words: list[str] = []
    for group in _groups(spoken):
        words += [_SIGNS.get(character) or _SMALL[int(character)] for character in group]
        words[-1] += ","
    return [*words[:-1], words[-1].removesuffix(",")] if words else []


def _groups(characters: list[str]) -> list[list[str]]:
    """An extension is one group; a longer number ends in a group of four, after groups of three: 1 555 555 0142."""
    if len(characters) <= 4:
        return [characters] if characters else []
    head, tail = characters[:-4], characters[-4:]
    first = len(head) % 3
    groups = [head[:first]] if first else []
    return [*groups, *(head[at : at + 3] for at in range(first, len(head), 3)), tail]


def time_of_day(at: time) -> list[str]:
    """ "three oh five P M", "three o'clock in the afternoon", "noon", "midnight"."""
    if at.minute == 0 and at.hour % 12 == 0:
        return ["noon" if at.hour else "midnight"]
    hour = _SMALL[at.hour % 12 or 12]
    if at.minute == 0:
        part = 0 if at.hour < 12 else 1 if at.hour < 17 else 2 if at.hour < 21 else 3
        return [f"{hour} o'clock", _PARTS_OF_DAY[part]]
    minute = f"oh {_SMALL[at.minute]}" if at.minute < 10 else _below_hundred(at.minute)
    return [hour, minute, "PM" if at.hour >= 12 else "AM"]


def moment(when: datetime, now: datetime) -> list[str]:
    """When something was, seen from `now` and on its clock: "today at …", "Tuesday at …", "March third at …".

    The weekday serves for the last six days; the year is said where it is not this year.
    """
    if when.tzinfo and now.tzinfo:
        when = when.astimezone(now.tzinfo)
    days = (now.date() - when.date()).days
    at = time_of_day(when.time())
    if days in (0, 1):
        return ["yesterday at" if days else "today at", *at]
    if 2 <= days <= 6:
        return [f"{_WEEKDAYS[when.weekday()]} at", *at]
    month, day = _MONTHS[when.month - 1], _ORDINALS[when.day - 1]
    if when.year == now.year:
        return [month, f"{day} at", *at]
    return [month, f"{day},", *_year(when.year), "at", *at]


def _year(year: int) -> list[str]:
    century, rest = divmod(year, 100)
    if rest == 0 or (century % 10 == 0 and rest < 10):
        return number(year)
    return [_below_hundred(century), f"oh {_SMALL[rest]}" if rest < 10 else _below_hundred(rest)]


def vocabulary() -> list[str]:
    """The clip text of everything above, without commas; what can end a sentence also with a full stop."""
    numbers = [_below_hundred(value) for value in range(100)]
    units = [f"one {unit}" for unit in ("hour", "minute", "second")] + ["hours", "minutes", "seconds"]
    ends_of_time = ["noon", "midnight", "AM", "PM", *_PARTS_OF_DAY]
    closing = [*_SMALL[:10], *_SIGNS.values(), *units, *ends_of_time]
    going_on = [
        *numbers,
        *(f"{word} hundred" for word in _SMALL[1:10]),
        "thousand",
        *_SIGNS.values(),
        *units,
        "and",
        *(f"oh {word}" for word in _SMALL[1:10]),
        *(f"{word} o'clock" for word in _SMALL[1:12]),
        *ends_of_time,
        "today at",
        "yesterday at",
        *(f"{day} at" for day in _WEEKDAYS),
        *_MONTHS,
        *_ORDINALS,
        *(f"{day} at" for day in _ORDINALS),
        "at",
    ]
    return [*going_on, *(f"{text}." for text in closing)]

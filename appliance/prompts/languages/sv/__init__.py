"""Swedish. Whatever is only counted is neuter: "ett", "tjugoett"; hours, minutes and seconds are "en"."""

from __future__ import annotations

from datetime import date, time
from typing import Final

from appliance.prompts.composed import ComposedLanguage, Noun, grouped, words
from appliance.prompts.languages.sv.catalogue import CATALOGUE

COMMON: Final = "common"
SMALL: Final = words(
    "noll ett två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton"
)
TENS: Final = words("tjugo trettio fyrtio femtio sextio sjuttio åttio nittio")
ORDINALS: Final = words(
    "första andra tredje fjärde femte sjätte sjunde åttonde nionde tionde elfte tolfte trettonde fjortonde femtonde "
    "sextonde sjuttonde artonde nittonde tjugonde tjugoförsta tjugoandra tjugotredje tjugofjärde tjugofemte "
    "tjugosjätte tjugosjunde tjugoåttonde tjugonionde trettionde trettioförsta"
)
MONTHS: Final = words("januari februari mars april maj juni juli augusti september oktober november december")
SIGNS: Final = {"*": "stjärna", "#": "fyrkant", "+": "plus"}
VERSION_MARKS: Final = {".": "punkt", "a": "alfa", "b": "beta", "rc": "kandidat"}


class Swedish(ComposedLanguage):
    code = "sv"
    espeak = "sv"
    catalogue = CATALOGUE
    genders = ("", COMMON)
    small_digits = SMALL[:10]
    signs = SIGNS
    version_marks = VERSION_MARKS
    today = "idag"
    yesterday = "igår"
    tomorrow = "imorgon"
    weekdays = tuple(f"i {day}s" for day in words("måndag tisdag onsdag torsdag fredag lördag söndag"))
    hour = Noun(COMMON, "en timme", {"other": "timmar"})
    minute = Noun(COMMON, "en minut", {"other": "minuter"})
    second = Noun(COMMON, "en sekund", {"other": "sekunder"})
    joint = "och"
    spellings = ((r"\bPIN\b", "pinn"), (r"\b[Dd]r\.? (?=[A-ZÅÄÖ])", "doktor "))

    def small(self, value: int, gender: str) -> list[str]:
        text = _small(value)
        return [f"{text.removesuffix('ett')}en" if gender == COMMON and text.endswith("ett") else text]

    def hundreds(self, hundreds: int, gender: str, *, more: bool) -> list[str]:
        return [f"{SMALL[hundreds]}hundra"]

    def thousands(self, thousands: int) -> list[str]:
        if thousands < 10:
            return ["ettusen" if thousands == 1 else f"{SMALL[thousands]}tusen"]
        return [*self.below_thousand(thousands, ""), "tusen"]

    def groups(self, digits: str) -> list[str]:
        """A number ends in two pairs, after groups of three: 070 123 45 67."""
        return grouped(digits, (2, 2))

    def time_of_day(self, at: time) -> list[str]:
        """ "klockan fjorton", "klockan fjorton noll fem", "vid midnatt"."""
        if at.hour == at.minute == 0:
            return ["vid midnatt"]
        hour = f"klockan {_small(at.hour)}"
        return [hour, *([f"noll {SMALL[at.minute]}" if at.minute < 10 else _small(at.minute)] if at.minute else [])]

    def date(self, day: date, *, year: bool) -> list[str]:
        said = [f"den {ORDINALS[day.day - 1]}", MONTHS[day.month - 1]]
        return [*said, *self._year(day.year)] if year else said

    def _year(self, year: int) -> list[str]:
        """ "tjugohundratjugofem": hundreds are counted on beyond nine in a year."""
        century, rest = divmod(year, 100)
        if not 11 <= century <= 99:
            return self.number(year)
        return [f"{_small(century)}hundra", *([_small(rest)] if rest else [])]


def _small(value: int) -> str:
    if value < 20:
        return SMALL[value]
    tens, ones = divmod(value, 10)
    return TENS[tens - 2] + (SMALL[ones] if ones else "")


LANGUAGE: Final = Swedish()

"""German. "Eins" becomes "ein" only where a number goes on, for what is counted is feminine and has its own words."""

from __future__ import annotations

from datetime import date, time
from typing import Final

from appliance.prompts.composed import ComposedLanguage, Noun, grouped, words
from appliance.prompts.languages.de.catalogue import CATALOGUE

BEFORE_MORE: Final = "before more"
SMALL: Final = words(
    "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn "
    "achtzehn neunzehn"
)
TENS: Final = words("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig")
ORDINALS: Final = words("ersten zweiten dritten vierten fünften sechsten siebten achten neunten")
MONTHS: Final = words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")
WEEKDAYS: Final = words("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag")
SIGNS: Final = {"*": "Stern", "#": "Raute", "+": "plus"}
VERSION_MARKS: Final = {".": "Punkt", "a": "Alpha", "b": "Beta", "rc": "Kandidat"}


class German(ComposedLanguage):
    code = "de"
    espeak = "de"
    catalogue = CATALOGUE
    small_digits = SMALL[:10]
    signs = SIGNS
    version_marks = VERSION_MARKS
    today = "heute"
    yesterday = "gestern"
    tomorrow = "morgen"
    weekdays = tuple(f"am {day}" for day in WEEKDAYS)
    hour = Noun("", "eine Stunde", {"other": "Stunden"})
    minute = Noun("", "eine Minute", {"other": "Minuten"})
    second = Noun("", "eine Sekunde", {"other": "Sekunden"})
    joint = "und"
    spellings = (
        (r"\bPIN\b", "Pinn"),
        (r"\bDr\. (?=\w)", "Doktor "),
        (r"\bProf\. (?=\w)", "Professor "),
        (r"(?<=[Ss]tr)\.", "aße"),
    )

    def small(self, value: int, gender: str) -> list[str]:
        return ["ein" if value == 1 and gender == BEFORE_MORE else _small(value)]

    def hundreds(self, hundreds: int, gender: str, *, more: bool) -> list[str]:
        return [f"{_joined(hundreds)}hundert"]

    def thousands(self, thousands: int) -> list[str]:
        if thousands < 10:
            return [f"{_joined(thousands)}tausend"]
        return [*self.below_thousand(thousands, BEFORE_MORE), "tausend"]

    def groups(self, digits: str) -> list[str]:
        """Numbers are read in pairs."""
        return grouped(digits, size=2)

    def time_of_day(self, at: time) -> list[str]:
        """ "um vierzehn Uhr dreißig", "um ein Uhr", "um Mitternacht"."""
        if at.hour == at.minute == 0:
            return ["um Mitternacht"]
        return [f"um {_joined(at.hour)} Uhr", *([_small(at.minute)] if at.minute else [])]

    def date(self, day: date, *, year: bool) -> list[str]:
        said = [f"am {_ordinal(day.day)}", MONTHS[day.month - 1]]
        return [*said, *self._year(day.year)] if year else said

    def _year(self, year: int) -> list[str]:
        """ "neunzehnhundertneunzig", but "zweitausendfünfundzwanzig"."""
        century, rest = divmod(year, 100)
        if not 11 <= century <= 19:
            return self.number(year)
        return [f"{_small(century)}hundert", *([_small(rest)] if rest else [])]


def _joined(value: int) -> str:
    return "ein" if value == 1 else _small(value)


def _small(value: int) -> str:
    if value < 20:
        return SMALL[value]
    tens, ones = divmod(value, 10)
    return (f"{_joined(ones)}und" if ones else "") + TENS[tens - 2]


def _ordinal(day: int) -> str:
    """The day of a month in the dative: "ersten", "zwanzigsten"."""
    return ORDINALS[day - 1] if day < 10 else f"{_small(day)}{'sten' if day >= 20 else 'ten'}"


LANGUAGE: Final = German()

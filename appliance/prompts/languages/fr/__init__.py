"""French of France. Zero takes the singular. Hours, minutes and seconds are feminine, the minutes of a time as well."""

from __future__ import annotations

from datetime import date, time
from typing import Final

from appliance.prompts.composed import ComposedLanguage, Noun, grouped, words
from appliance.prompts.languages.fr.catalogue import CATALOGUE

FEMININE: Final = "feminine"
BEFORE_MORE: Final = "before more"
SMALL: Final = words(
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf"
)
TENS: Final = words("vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt")
"""Seventy and ninety are counted on from sixty and eighty."""
MONTHS: Final = words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre")
SIGNS: Final = {"*": "étoile", "#": "dièse", "+": "plus"}
VERSION_MARKS: Final = {".": "point", "a": "alpha", "b": "bêta", "rc": "candidate"}


class French(ComposedLanguage):
    code = "fr"
    espeak = "fr-fr"
    catalogue = CATALOGUE
    genders = ("", FEMININE)
    small_digits = SMALL[:10]
    signs = SIGNS
    version_marks = VERSION_MARKS
    today = "aujourd'hui"
    yesterday = "hier"
    tomorrow = "demain"
    weekdays = words("lundi mardi mercredi jeudi vendredi samedi dimanche")
    hour = Noun(FEMININE, "une heure", {"one": "heure", "other": "heures"})
    minute = Noun(FEMININE, "une minute", {"one": "minute", "other": "minutes"})
    second = Noun(FEMININE, "une seconde", {"one": "seconde", "other": "secondes"})
    joint = "et"
    spellings = (
        (r"\bM\. (?=[A-ZÀ-Ý])", "monsieur "),
        (r"\bMme\.? (?=[A-ZÀ-Ý])", "madame "),
        (r"\bMlle\.? (?=[A-ZÀ-Ý])", "mademoiselle "),
        (r"\bDr\.? (?=[A-ZÀ-Ý])", "docteur "),
    )

    def form(self, count: int) -> str:
        return "one" if count < 2 else "other"

    def small(self, value: int, gender: str) -> list[str]:
        text = _small(value)
        if gender == FEMININE and value % 10 == 1 and text.endswith("un"):
            return [f"{text}e"]
        return [f"{text}s" if value == 80 and gender != BEFORE_MORE else text]

    def hundreds(self, hundreds: int, gender: str, *, more: bool) -> list[str]:
        return ["cent" if hundreds == 1 else f"{SMALL[hundreds]} cent{'' if more else 's'}"]

    def thousands(self, thousands: int) -> list[str]:
        return ["mille"] if thousands == 1 else [*self.below_thousand(thousands, BEFORE_MORE, more=True), "mille"]

    def groups(self, digits: str) -> list[str]:
        """Numbers are read in pairs; an extension of three digits stays whole."""
        return grouped(digits, size=2, whole=3, single_first=True)

    def group(self, digits: str) -> list[str]:
        """A pair is a number from 10 to 99, otherwise "zéro un"."""
        if len(digits) == 2 and digits[0] != "0":
            return self.small(int(digits), "")
        return super().group(digits)

    def time_of_day(self, at: time) -> list[str]:
        """ "à quatorze heures trente", "à une heure", "à midi", "à minuit"."""
        if at.minute == 0 and at.hour % 12 == 0:
            return ["à midi" if at.hour else "à minuit"]
        (hour,) = self.small(at.hour, FEMININE)
        return [
            f"à {hour} heure{'s' if at.hour > 1 else ''}",
            *(self.small(at.minute, FEMININE) if at.minute else []),
        ]

    def date(self, day: date, *, year: bool) -> list[str]:
        said = [f"le {'premier' if day.day == 1 else _small(day.day)}", MONTHS[day.month - 1]]
        return [*said, *self.number(day.year)] if year else said


def _small(value: int) -> str:
    if value < 20:
        return SMALL[value]
    tens, ones = divmod(value, 10)
    if tens in (7, 9):
        ones += 10
    joint = " et " if ones in (1, 11) and tens < 8 else "-"
    return TENS[tens - 2] + (joint + SMALL[ones] if ones else "")


LANGUAGE: Final = French()

"""What Polish and Russian have in common: a form of the noun for few, and dates that are declined."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from appliance.prompts.composed import ComposedLanguage

FEMININE = "feminine"
NEUTER = "neuter"


class SlavicLanguage(ComposedLanguage):
    """`one`, `few` and `many`: one message, two messages, five messages."""

    plurals = ("one", "few", "many")

    small_numbers: tuple[str, ...]
    """Zero to nineteen."""

    tens: tuple[str, ...]
    """Twenty to ninety."""

    hundred_numbers: tuple[str, ...]

    ordinals: tuple[str, ...]
    """First to nineteenth, in the genitive."""

    tenth_ordinals: tuple[str, ...]
    """Twentieth to ninetieth, in the genitive."""

    declined_tens: bool
    """Whether "twenty" in "twenty-first" is an ordinal, too."""

    months: tuple[str, ...]
    """In the genitive."""

    years: tuple[str, ...]
    """The words for 1900 and 2000 in a date, and for "year" behind every year."""

    def hundreds(self, hundreds: int, gender: str, *, more: bool) -> list[str]:
        return [self.hundred_numbers[hundreds - 1]]

    def basic(self, value: int) -> str:
        """A number below 100, as it is counted on."""
        if value < 20:
            return self.small_numbers[value]
        tens, ones = divmod(value, 10)
        return self.tens[tens - 2] + (f" {self.small_numbers[ones]}" if ones else "")

    def ordinal(self, value: int) -> str:
        """First to ninety-ninth, in the genitive."""
        if value < 20:
            return self.ordinals[value - 1]
        tens, ones = divmod(value, 10)
        if not ones:
            return self.tenth_ordinals[tens - 2]
        return f"{(self.tenth_ordinals if self.declined_tens else self.tens)[tens - 2]} {self.ordinals[ones - 1]}"

    def date(self, day: date, *, year: bool) -> list[str]:
        said = [self.ordinal(day.day), self.months[day.month - 1]]
        return [*said, *self._year(day.year), self.years[2]] if year else said

    def _year(self, year: int) -> Sequence[str]:
        century, rest = divmod(year, 100)
        if rest:
            return [*self.number(century * 100), self.ordinal(rest)] if century else [self.ordinal(rest)]
        return [self.years[century - 19]] if century in (19, 20) else self.number(year)

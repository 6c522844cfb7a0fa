"""Polish. Only "jeden" and "dwa" change with the gender of what is counted, "jeden" by itself alone: 21 is as it is."""

from __future__ import annotations

from datetime import time
from typing import Final

from appliance.prompts.composed import Noun, grouped, words
from appliance.prompts.languages.pl.catalogue import CATALOGUE
from appliance.prompts.languages.slavic import FEMININE, SlavicLanguage

HOURS: Final = words(
    "pierwszej drugiej trzeciej czwartej piątej szóstej siódmej ósmej dziewiątej dziesiątej jedenastej dwunastej "
    "trzynastej czternastej piętnastej szesnastej siedemnastej osiemnastej dziewiętnastej dwudziestej"
)
"""At one to at twenty o'clock: ordinals in the locative."""
SIGNS: Final = {"*": "gwiazdka", "#": "krzyżyk", "+": "plus"}
VERSION_MARKS: Final = {".": "kropka", "a": "alfa", "b": "beta", "rc": "kandydat"}


class Polish(SlavicLanguage):
    code = "pl"
    espeak = "pl"
    catalogue = CATALOGUE
    genders = ("", FEMININE)
    small_numbers = words(
        "zero jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście trzynaście "
        "czternaście piętnaście szesnaście siedemnaście osiemnaście dziewiętnaście"
    )
    tens = words(
        "dwadzieścia trzydzieści czterdzieści pięćdziesiąt sześćdziesiąt siedemdziesiąt osiemdziesiąt dziewięćdziesiąt"
    )
    hundred_numbers = words("sto dwieście trzysta czterysta pięćset sześćset siedemset osiemset dziewięćset")
    small_digits = small_numbers[:10]
    signs = SIGNS
    version_marks = VERSION_MARKS
    today = "dzisiaj"
    yesterday = "wczoraj"
    tomorrow = "jutro"
    weekdays = ("w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę", "w niedzielę")
    hour = Noun(FEMININE, "jedna godzina", {"few": "godziny", "many": "godzin"})
    minute = Noun(FEMININE, "jedna minuta", {"few": "minuty", "many": "minut"})
    second = Noun(FEMININE, "jedna sekunda", {"few": "sekundy", "many": "sekund"})
    ordinals = words(
        "pierwszego drugiego trzeciego czwartego piątego szóstego siódmego ósmego dziewiątego dziesiątego jedenastego "
        "dwunastego trzynastego czternastego piętnastego szesnastego siedemnastego osiemnastego dziewiętnastego"
    )
    tenth_ordinals = words(
        "dwudziestego trzydziestego czterdziestego pięćdziesiątego sześćdziesiątego siedemdziesiątego "
        "osiemdziesiątego dziewięćdziesiątego"
    )
    declined_tens = True
    months = words("stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia")
    years = ("tysiąc dziewięćsetnego", "dwutysięcznego", "roku")
    spellings = ((r"\bPIN\b", "pin"), (r"\bdr (?=\w)", "doktor "), (r"\bul\. (?=\w)", "ulica "))

    def form(self, count: int) -> str:
        if count == 1:
            return "one"
        return "few" if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else "many"

    def number(self, value: int, gender: str = "") -> list[str]:
        return ["jedna"] if value == 1 and gender == FEMININE else super().number(value, gender)

    def small(self, value: int, gender: str) -> list[str]:
        text = self.basic(value)
        return [f"{text.removesuffix('dwa')}dwie" if gender == FEMININE and text.endswith("dwa") else text]

    def thousands(self, thousands: int) -> list[str]:
        noun = {"one": "tysiąc", "few": "tysiące", "many": "tysięcy"}[self.form(thousands)]
        return [noun] if thousands == 1 else [*self.below_thousand(thousands, ""), noun]

    def groups(self, digits: str) -> list[str]:
        """Nine digits are read in threes, seven with two pairs at the end: 601 234 567, 123 45 67."""
        return grouped(digits, (2, 2) if len(digits) == 7 else ())

    def time_of_day(self, at: time) -> list[str]:
        """ "o czternastej trzydzieści", "o czternastej zero pięć", "o północy", "o godzinie zero trzydzieści"."""
        if at.hour == at.minute == 0:
            return ["o północy"]
        hour = f"o {HOURS[at.hour - 1] if at.hour <= 20 else f'dwudziestej {HOURS[at.hour - 21]}'}"
        minute = f"zero {self.basic(at.minute)}" if at.minute < 10 else self.basic(at.minute)
        return [hour if at.hour else "o godzinie zero", *([minute] if at.minute else [])]


LANGUAGE: Final = Polish()

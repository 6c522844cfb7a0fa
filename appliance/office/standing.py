"""Whether an office is open at a moment, and until when, by the hours of its days and by closures."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import Enum
from itertools import pairwise

from appliance.office.span import Span
from appliance.office.walltime import day_at, midnight, moment_of

LOOK_AHEAD = timedelta(weeks=9)
"""How far ahead the next change is looked for. The longest holidays of schools take some seven weeks."""


class When(Enum):
    """What an office's hours say of a moment."""

    OPEN = "open"
    BREAK = "break"
    """Between two spans of one day."""
    CLOSED = "closed"
    HOLIDAY = "holiday"
    """Closed for a reason that has a name: a public holiday, a date of the document, or a closure."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with an office at a moment.

    name: of the holiday or closure. until: the moment at which it will stand otherwise, on the office's own clock;
    None where that is not within `LOOK_AHEAD`.
    """

    what: When
    name: str = ""
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Closure:
    """A time at which the office is closed, whatever its hours say: from one moment to another, both with a zone."""

    start: datetime
    end: datetime
    name: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """What the hours say of one day. holiday: why it is closed, where it is one; its name may be left empty."""

    spans: tuple[Span, ...] = ()
    holiday: str | None = None


def standing_at(day: Callable[[date], Day], local: datetime, closures: Sequence[Closure]) -> Standing:
    """How it stands at this moment. day: what the hours say of a day; local: the moment on the office's own clock."""
    zone = local.tzinfo
    assert zone is not None
    now = local.astimezone(UTC)
    near = (closure for closure in closures if closure.end > now and closure.start < now + LOOK_AHEAD)
    in_utc = [Closure(one.start.astimezone(UTC), one.end.astimezone(UTC), one.name) for one in near]
    hours = _Hours(day, zone, in_utc)
    what, name = hours.state(now)
    until = next((moment for moment in hours.changes(now) if hours.state(moment) != (what, name)), None)
    return Standing(what, name, until and until.astimezone(zone))


class _Hours:
    """The moments at which an office opens and closes."""

    def __init__(self, day: Callable[[date], Day], zone: tzinfo, closures: Sequence[Closure]) -> None:
        self._day = day
        self._zone = zone
        self._closures = closures
        self._days: dict[date, tuple[Day, list[tuple[datetime, datetime]]]] = {}

    def state(self, moment: datetime) -> tuple[When, str]:
        for closure in self._closures:
            if closure.start <= moment < closure.end:
                return When.HOLIDAY, closure.name
        today = day_at(moment, self._zone)
        yesterday = today - timedelta(days=1)
        day, spans = self._of(today)
        if any(start <= moment < end for start, end in (*self._of(yesterday)[1], *spans)):
            return When.OPEN, ""
        if day.holiday is not None:
            return When.HOLIDAY, day.holiday
        if any(end <= moment < start for (_, end), (start, _) in pairwise(spans)):
            return When.BREAK, ""
        return When.CLOSED, ""

    def changes(self, now: datetime) -> Iterator[datetime]:
        """Every moment behind this one at which it may begin to stand otherwise, the earliest first."""
        edges = sorted(edge for closure in self._closures for edge in (closure.start, closure.end))
        today, last = day_at(now, self._zone), now + LOOK_AHEAD
        begins = midnight(today, self._zone)
        while begins <= last:
            tomorrow = today + timedelta(days=1)
            ends = midnight(tomorrow, self._zone)
            spans = (*self._of(today - timedelta(days=1))[1], *self._of(today)[1])
            of_day = {begins, *(moment for span in spans for moment in span)}
            of_day.update(edges[bisect_left(edges, begins) : bisect_left(edges, ends)])
            yield from sorted(moment for moment in of_day if begins <= moment < ends and now < moment <= last)
            today, begins = tomorrow, ends

    def _of(self, day: date) -> tuple[Day, list[tuple[datetime, datetime]]]:
        """What the hours say of a day, and the moments at which its spans begin and end."""
        if day not in self._days:
            said = self._day(day)
            ends = [(moment_of(day, one.start, self._zone), moment_of(day, one.end, self._zone)) for one in said.spans]
            self._days[day] = said, ends
        return self._days[day]

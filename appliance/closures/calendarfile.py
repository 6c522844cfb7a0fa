"""A process of its own that reads a calendar (iCalendar) and tells when something is in it.

    python -m appliance.closures.calendarfile ZONE FROM UNTIL < calendar.ics

A file can be made so that working out its repetitions takes for ever, or all memory. Here that ends a process with
limits of its own, instead of the telephone system; and the libraries, 5 MB, are gone when it has been read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from appliance.besidecalls import stay_beside_calls
from appliance.office.standing import Closure
from hw.said import Said, counted, said, wording

MOST_CPU_SECONDS = 30
MOST_MEMORY = 1 << 28
"""Bytes. The largest file that is read took 4 s and 180 MB on a 2-core x86 machine."""

MOST_CLOSURES = 2000
MOST_FAULTS = 5
LONGEST_NAME = 60
EVERY_HOUR_OR_MORE = {"HOURLY", "MINUTELY", "SECONDLY"}
WHEN = {"DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"}
"""What of an event tells when it is."""


class NoCalendar(ValueError):
    """The text is no calendar at all."""


def closures_in(raw: bytes, zone: ZoneInfo, since: datetime, until: datetime) -> tuple[list[Closure], list[str]]:
    """What is in a calendar between two moments, and for people what had to be left out. Raises `NoCalendar`.

    zone: of the office, in which are the days and times that name no zone of their own.
    """
    from icalendar import Calendar

    try:
        calendars = [one for one in Calendar.from_ical(raw, multiple=True) if one.name == "VCALENDAR"]
    except Exception as error:  # Whatever the parser stumbles over.
        raise NoCalendar from error
    if not calendars:
        raise NoCalendar
    found: list[Closure] = []
    faults: list[str] = []
    for calendar in calendars:
        faults += _leave_out(calendar)
        try:
            found += _closures(calendar, zone, since, until)
        except MemoryError:
            raise
        except Exception:  # The libraries take much for granted. Which entry it is shows when each is read alone.
            for event in _each_alone(calendar):
                try:
                    found += _closures(calendar, zone, since, until)
                except Exception:
                    faults.append(_unreadable(event))
    joined = _joined(found)
    if len(joined) > MOST_CLOSURES:
        faults.append(
            said(
                "it has %(entries)s entries until %(day)s; the first %(most)s are used",
                entries=len(joined),
                day=f"{until:%Y-%m-%d}",
                most=MOST_CLOSURES,
            )
        )
    return joined[:MOST_CLOSURES], _few(list(dict.fromkeys(faults)))


def _leave_out(calendar: Any) -> Iterator[str]:
    """Take out what cannot be used, and say why."""
    for component in calendar.walk():
        kept = []
        for inside in component.subcomponents:
            fault = _fault(inside) if inside.name == "VEVENT" else None
            if fault:
                yield fault
            else:
                kept.append(inside)
        component.subcomponents = kept


def _fault(event: Any) -> Said | None:
    """What is wrong with an event. Nobody closes every hour, and to work that out has no end."""
    rules = event.get("RRULE", [])
    rules = rules if isinstance(rules, list) else [rules]
    if "DTSTART" not in event or {name for name, _ in event.errors} & WHEN:
        return _unreadable(event)
    if not all(isinstance(rule, dict) and all(step > 0 for step in rule.get("INTERVAL", [1])) for rule in rules):
        return _unreadable(event)
    if {str(word).upper() for rule in rules for word in rule.get("FREQ", [])} & EVERY_HOUR_OR_MORE:
        return said(
            "what is called '%(name)s' is repeated more often than once a day, and is left out", name=_name(event)
        )
    return None


def _unreadable(event: Any) -> Said:
    return said(
        "what is called '%(name)s' has a date or a repetition that cannot be read, and is left out", name=_name(event)
    )


def _each_alone(calendar: Any) -> Iterator[Any]:
    """The first event of each series, with the calendar holding no other series meanwhile."""
    others = [inside for inside in calendar.subcomponents if inside.name != "VEVENT"]
    series: dict[str, list[Any]] = {}
    for event in calendar.walk("VEVENT"):
        series.setdefault(str(event.get("UID", "")), []).append(event)
    for events in series.values():
        calendar.subcomponents = [*others, *events]
        yield events[0]


def _closures(calendar: Any, zone: ZoneInfo, since: datetime, until: datetime) -> list[Closure]:
    """When something is in a calendar, but for what was called off, or takes no time."""
    from recurring_ical_events import of

    found = []
    for event in of(calendar, skip_bad_series=True).between(since.astimezone(zone), until.astimezone(zone)):
        start, end = _moment(event.start, zone), _moment(event.end, zone)
        if end > start and str(event.get("STATUS", "")).upper() != "CANCELLED":
            found.append(Closure(start, end, _name(event)))
    return found


def _moment(at: date, zone: ZoneInfo) -> datetime:
    if not isinstance(at, datetime):
        at = datetime.combine(at, time(), zone)
    return (at if at.tzinfo is not None else at.replace(tzinfo=zone)).astimezone(UTC)


def _name(event: Any) -> str:
    name = "".join(char if char.isprintable() else " " for char in str(event.get("SUMMARY", "")))
    return " ".join(name.split())[:LONGEST_NAME].rstrip()


def _joined(closures: list[Closure]) -> list[Closure]:
    """The same in order, those of one name that meet made one."""
    last: dict[str, Closure] = {}
    found: list[Closure] = []
    for closure in sorted(closures, key=lambda one: one.start):
        before = last.get(closure.name)
        if before is not None and closure.start <= before.end:
            last[closure.name] = Closure(before.start, max(before.end, closure.end), closure.name)
        else:
            found += [before] if before is not None else []
            last[closure.name] = closure
    return sorted([*found, *last.values()], key=lambda one: (one.start, one.end, one.name))


def _few(faults: list[str]) -> list[str]:
    """Nobody reads a thousand."""
    more = len(faults) - MOST_FAULTS
    return (
        [
            *faults[:MOST_FAULTS],
            counted("there is %(num)s more fault of this kind", "there are %(num)s more faults of this kind", more),
        ]
        if more > 0
        else faults
    )


def main(zone: str, since: str, until: str) -> None:
    """What is found goes to standard output as one JSON object; nothing does where there is no calendar."""
    stay_beside_calls(memory=MOST_MEMORY, cpu_seconds=MOST_CPU_SECONDS)
    raw = sys.stdin.buffer.read()
    moments = datetime.fromisoformat(since), datetime.fromisoformat(until)
    try:
        closures, faults = closures_in(raw, ZoneInfo(zone), *moments)
    except NoCalendar:
        return
    except ImportError as error:
        closures, faults = [], [said("the Python package %(name)s is missing", name=str(error.name))]
    told = [(one.start.isoformat(), one.end.isoformat(), one.name) for one in closures]
    print(json.dumps({"closures": told, "faults": [wording(fault) for fault in faults]}))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""What must hold of opening hours, and what is allowed there and probably not meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

from appliance.office import publicholidays
from appliance.office.dayrule import WEEKDAYS, Once, Unreadable, day_rule
from appliance.office.draft import Draft
from appliance.office.hours import MAIN, Hours
from appliance.office.leading import Known, known_id
from appliance.office.problem import Problem
from appliance.office.span import MINUTES_A_DAY, PATTERN, Span
from hw.said import said

LONGEST_NIGHT_HOURS = 12
"""A span that would last longer over midnight is taken for one that is written the wrong way round."""

SHORTEST_BREAK_MINUTES = 10

LATE_IN_THE_YEAR = timedelta(days=60)
"""So long before the next year its dates are asked for."""

PlacedSpan = tuple[str, Span]


def rules(office: Draft) -> Iterator[Problem]:
    """Spans are in order and apart, dates exist and are given once, holidays are known, the calendar is a file."""
    known = Known.of(office)
    for hours in office.group("hours").groups():
        for name in ("closed", "lunch", "holiday"):
            yield from known.rules(hours.group(name))
        yield from _week(hours.group("week"))
        yield from _dates(hours)
        yield from publicholidays.rules(hours.group("holidays"))
        calendar = hours.text("calendar")
        if "://" in calendar:
            yield Problem(hours.at("calendar"), said("is an address; the calendar must be a file on this unit"))
        elif calendar and not calendar.startswith("/"):
            yield Problem(hours.at("calendar"), said("must be a whole path, such as /srv/calendars/closures.ics"))
    ids = [MAIN, *office.group("hours").fields]
    people, departments = office.entries("people"), office.entries("departments")
    users = [*office.entries("trunks"), *office.entries("companies"), *office.entries("operators")]
    users += [one.group("forwarding") for one in (*people, *departments)]
    users += [step for person in people for step in person.entries("follow_me")]
    users += [member for department in departments for member in department.entries("members")]
    for user in users:
        yield from known_id(user.at("hours"), user.text("hours"), ids, "hours")


def _spans(day: Draft, name: str) -> list[PlacedSpan]:
    """The spans of a day that can be read, with their places."""
    return [
        (path, Span.read(text)) for path, text in day.items(name) if isinstance(text, str) and re.search(PATTERN, text)
    ]


def _week(week: Draft) -> Iterator[Problem]:
    days = [_spans(week, name) for name in WEEKDAYS]
    for spans in days:
        yield from _one_day(spans)
    for today, tomorrow in zip(days, [*days[1:], days[0]], strict=True):
        first = tomorrow[0][1] if tomorrow else None
        for path, span in today:
            if first is not None and span.end > MINUTES_A_DAY + first.start:
                yield Problem(
                    path,
                    said(
                        "%(span)s is not over when the next day begins with %(first)s", span=str(span), first=str(first)
                    ),
                )


def _one_day(spans: Sequence[PlacedSpan]) -> Iterator[Problem]:
    for path, span in spans:
        if span.hours == 24 and span.start:
            yield Problem(path, said("%(span)s ends when it begins; the whole day is 00:00-24:00", span=str(span)))
        elif span.crosses_midnight and span.hours > LONGEST_NIGHT_HOURS:
            reason = said(
                "%(span)s would last over midnight, for %(hours)s hours; at most %(most)s may be",
                span=str(span),
                hours=f"{span.hours:g}",
                most=LONGEST_NIGHT_HOURS,
            )
            start, _, end = str(span).partition("-")
            yield Problem(path, reason, f"{end}-{start}")
    for (_, before), (path, span) in pairwise(spans):
        if span.end <= before.start:
            yield Problem(
                path,
                said(
                    "%(span)s is earlier in the day than %(before)s, and must stand before it",
                    span=str(span),
                    before=str(before),
                ),
            )
        elif span.start < before.end:
            yield Problem(path, said("%(span)s begins before %(before)s is over", span=str(span), before=str(before)))


def _dates(hours: Draft) -> Iterator[Problem]:
    first: dict[object, str] = {}
    for special in hours.entries("dates"):
        yield from _one_day(_spans(special, "open"))
        if not special.text("on"):
            continue
        try:
            rule = day_rule(special.text("on"))
        except Unreadable as error:
            yield Problem(special.at("on"), error.reason, error.suggestion)
            continue
        if first.setdefault(rule, special.path) != special.path:
            yield Problem(
                special.at("on"),
                said("%(date)s is already given at %(first)s", date=special.text("on"), first=first[rule]),
            )


def warnings(hours: Mapping[str, Hours]) -> Iterator[Problem]:
    if hours and MAIN not in hours:
        yield Problem("hours", said("none of these are called %(main)s, as those of the office itself are", main=MAIN))
    for id, these in hours.items():
        week = [(name, getattr(these.week, name)) for name in WEEKDAYS]
        if not any(spans for _, spans in week):
            yield Problem(f"hours.{id}.week", said("is closed on every day of the week"))
        places = [(f"hours.{id}.week.{name}", spans) for name, spans in week]
        places += [(f"hours.{id}.dates[{place}].open", special.open) for place, special in enumerate(these.dates)]
        for path, spans in places:
            for place, (before, span) in enumerate(pairwise(spans), start=1):
                minutes = span.start - before.end
                if 0 < minutes < SHORTEST_BREAK_MINUTES:
                    yield Problem(
                        f"{path}[{place}]",
                        said(
                            "begins %(minutes)s minutes after %(before)s: hardly a break",
                            minutes=minutes,
                            before=str(before),
                        ),
                    )


def outdated(hours: Mapping[str, Hours], today: date) -> Iterator[Problem]:
    """Dates of single years that are over, or of which none is given yet for a year that is near."""
    for id, these in hours.items():
        lasts = [special.on.last for special in these.dates if isinstance(special.on, Once)]
        if not lasts:
            continue
        path, newest = f"hours.{id}.dates", max(lasts)
        soon = (today + LATE_IN_THE_YEAR).year
        if newest < today:
            yield Problem(path, said("every date with a year is over: the last was %(newest)s", newest=str(newest)))
        elif newest.year < soon:
            yield Problem(
                path, said("no date is given for %(soon)s yet: the last is %(newest)s", soon=soon, newest=str(newest))
            )

"""Who answers callers that want the operator: several people in order, each in hours of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from appliance.office.dayrule import WEEKDAY_NAMES, WEEKDAYS
from appliance.office.draft import Draft
from appliance.office.field import Id, Limits
from appliance.office.hours import MAIN, Hours
from appliance.office.people import by_id, named
from appliance.office.problem import Problem
from appliance.office.span import MINUTES_A_DAY, Span
from hw.said import said

MOST_OPERATORS = 10


@dataclass(frozen=True, slots=True)
class OperatorTurn:
    """One of those who answer 0."""

    person: Annotated[Id, "The id of the person."]
    hours: Annotated[Id | None, "The id of the hours in which the person answers. Without it, at all hours."] = None
    seconds: Annotated[float, Limits(5, 60), "How long the person is looked for before the next one, in seconds."] = (
        20.0
    )


def rules(office: Draft) -> Iterator[Problem]:
    """Whoever answers is there."""
    people = by_id(office)
    for path, person in office.texts("operators", "person"):
        yield from named(path, person, people)


def warnings(operators: Sequence[OperatorTurn], hours: Mapping[str, Hours]) -> Iterator[Problem]:
    """Hours of a week in which the office is open and nobody answers 0."""
    if not operators or any(turn.hours is None for turn in operators):
        return
    answered = [span for id in {turn.hours or "" for turn in operators} for span in _week(hours.get(id))]
    for opened in _week(hours.get(MAIN)):
        missing = _uncovered(opened, answered)
        if missing is not None:
            day, minute = divmod(missing, MINUTES_A_DAY)
            reason = said(
                "nobody answers 0 on %(day)s at %(time)s, while the office is open: callers who need help meet a"
                " mailbox",
                day=WEEKDAY_NAMES[WEEKDAYS[day % len(WEEKDAYS)]],
                time=f"{minute // 60:02}:{minute % 60:02}",
            )
            yield Problem(
                "operators", reason, mend=said("Name somebody for these hours, or as the last one without hours.")
            )
            return


def _week(hours: Hours | None) -> list[Span]:
    """All spans of a week, in minutes since its Monday began; without hours, all of it."""
    if hours is None:
        return [Span(0, len(WEEKDAYS) * MINUTES_A_DAY)]
    days = [(day * MINUTES_A_DAY, span) for day, name in enumerate(WEEKDAYS) for span in getattr(hours.week, name)]
    return [Span(midnight + span.start, midnight + span.end) for midnight, span in days]


def _uncovered(span: Span, by: Sequence[Span]) -> int | None:
    """The first minute of a span in which none of the others is."""
    minute = span.start
    for other in sorted(by):
        if other.start <= minute < other.end:
            minute = other.end
    return minute if minute < span.end else None

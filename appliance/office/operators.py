"""Who answers callers that want the operator: several people in order, each in hours of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from appliance.office.draft import Draft
from appliance.office.field import Id, Limits
from appliance.office.people import by_id, named
from appliance.office.problem import Problem

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

"""What happens in the office when somebody calls for help: who is told, and what helpers are told of the place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from appliance.office.draft import Draft
from appliance.office.field import Id, Limits
from appliance.office.people import by_id, named
from appliance.office.problem import Problem

MOST_TOLD = 8


@dataclass(frozen=True, slots=True)
class Emergency:
    """What happens in the office when somebody calls for help."""

    place: Annotated[
        str,
        Limits(0, 120),
        "Where the office is, as those who are told hear it: street, number, floor.",
    ] = ""
    told: Annotated[
        tuple[Id, ...],
        Limits(0, MOST_TOLD),
        "The ids of the people whose telephones ring, and who are written to, when somebody calls for help. Without "
        "it, nobody is told.",
    ] = ()


def rules(office: Draft) -> Iterator[Problem]:
    """Whoever is told is there."""
    people = by_id(office)
    for path, person in office.group("emergency").items("told"):
        if isinstance(person, str):
            yield from named(path, person, people)

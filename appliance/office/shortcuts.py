"""What the telephones of the office have in common to be quicker: speed numbers, and groups that are paged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated

from appliance.office.destination import Destination, ToFeature
from appliance.office.draft import Draft
from appliance.office.feature import Feature
from appliance.office.field import Limits, Name, TextPattern
from appliance.office.lines import MOST_STATIONS
from appliance.office.numbers import AsDialled
from appliance.office.problem import Problem
from hw.nearest import nearest
from hw.said import said

SpeedKey = Annotated[str, TextPattern("^[1-9][0-9]$", "a speed number of two digits, 10 to 99")]
PageGroup = Annotated[str, TextPattern("^[1-9]$", "the number of a group, 1 to 9")]

MOST_SPEED, MOST_GROUPS = 90, 9
EVERYBODY = "0"
"""Dialled in place of a group's number, it pages all telephones."""
DIALS_ON = (Feature.SPEED, Feature.WITHOUT_WAITING, Feature.ACCOUNT)
"""Codes behind which anything can be dialled."""


@dataclass(frozen=True, slots=True)
class Shortcuts:
    """The speed numbers of the office, and the groups of telephones that can be paged."""

    speed: Annotated[
        dict[SpeedKey, AsDialled],
        Limits(0, MOST_SPEED),
        "The speed numbers of the office, 10 to 99, each with the number that is dialled for it.",
    ] = field(default_factory=dict)
    page_groups: Annotated[
        dict[PageGroup, Annotated[tuple[Name, ...], Limits(1, MOST_STATIONS)]],
        Limits(0, MOST_GROUPS),
        "The groups that can be paged, 1 to 9, each with the names of its telephones.",
    ] = field(default_factory=dict)


def speed_switch(person: str, key: str) -> str:
    """The switch that stands at this person's own speed number, as it is dialed on a telephone of the office."""
    return f"speed/{person}/{key}"


def leads_in_circles(destination: Destination) -> bool:
    """Whether a speed number that leads there may lead to a speed number again, and so for ever."""
    return isinstance(destination, ToFeature) and destination.feature in DIALS_ON


def rules(office: Draft) -> Iterator[Problem]:
    """The telephones of a group that is paged exist."""
    stations = {name for _, name in office.texts("stations", "name")}
    groups = office.group("shortcuts").group("page_groups")
    for number in groups.fields:
        for path, name in groups.items(number):
            if isinstance(name, str) and name not in stations:
                yield Problem(path, said("there is no station called %(name)s", name=name), nearest(name, stations))

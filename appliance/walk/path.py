"""The paths that are walked: to each key of each menu one, in each menu waiting, a wrong key, and an extension, and to
each department one on which nobody answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from appliance.office.callflow import UNANSWERED, WAITING, CallFlow, Edge, Entrance
from appliance.office.destination import Destination, Nowhere, ToDepartment, ToMenu, ToPerson
from appliance.office.model import Menu, Office, Person
from appliance.office.numbers import OPERATOR_KEY


class PathKind(Enum):
    """What a path tries in its last menu."""

    KEY = "key"
    WAITING = "waiting"
    WRONG_KEY = "wrong key"
    EXTENSION = "extension"
    UNANSWERED = "nobody answers"

    @property
    def was_ringing(self) -> bool:
        """Whether telephones ring already before the last choice of the path."""
        return self is PathKind.UNANSWERED


@dataclass(frozen=True, slots=True)
class WalkPath:
    """One path."""

    entrance: Entrance
    """Where it begins: of those that lead to the same menu of the same company in one language the first."""
    way: tuple[Edge, ...]
    """What leads to its last menu."""
    menu: str
    """The id of that menu."""
    kind: PathKind
    """What is tried there."""
    pressed: str
    """What is pressed there; empty: nothing."""
    target: Destination
    """Where it should lead."""
    path: str
    """Where it stands in the document."""
    says: str = ""
    """What callers hear about it."""

    @property
    def keys(self) -> str:
        """Everything that is pressed, as people write it: `4 1`; `…` where the caller waits."""
        return " ".join(
            [*("…" if edge.by in (WAITING, UNANSWERED) else edge.by for edge in self.way), self.pressed or "…"]
        )


def paths(flow: CallFlow) -> list[WalkPath]:
    """Every path of an office, in the order of entrances and menus."""
    return [path for entrances in flow.groups for path in _from(flow, entrances[0])]


def _from(flow: CallFlow, entrance: Entrance) -> Iterator[WalkPath]:
    ways = flow.reached([entrance]) | flow.reached([entrance], waiting=False)
    for place, (id, menu) in enumerate(flow.menus.items()):
        if ToMenu(id) not in ways:
            continue
        way = ways[ToMenu(id)][1:]
        for edge in flow.edges[ToMenu(id)]:
            kind, pressed = (PathKind.WAITING, "") if edge.by == WAITING else (PathKind.KEY, edge.by)
            yield WalkPath(entrance, way, id, kind, pressed, edge.target, edge.path, edge.says)
        path = flow.edges[ToMenu(id)][-1].path.removesuffix(".waits")
        if wrong := _wrong_key(flow.office, menu):
            yield WalkPath(entrance, way, id, PathKind.WRONG_KEY, wrong, Nowhere(), path)
        if people := _by_extension(flow.office, menu, entrance.company):
            person = people[place % len(people)]
            yield WalkPath(entrance, way, id, PathKind.EXTENSION, person.extension, ToPerson(person.id), path)

    for department in flow.office.departments:
        node = ToDepartment(department.id)
        if node in ways and department.otherwise is not None:
            way = ways[node][1:]
            last = next((edge.source.menu for edge in reversed(way) if isinstance(edge.source, ToMenu)), entrance.menu)
            (edge,) = flow.edges[node]
            yield WalkPath(entrance, way, last, PathKind.UNANSWERED, "", edge.target, edge.path)


def _wrong_key(office: Office, menu: Menu) -> str:
    """A key that does nothing here, if there is one; rather one that no extension begins with."""
    free = [key for key in "987654321*#" if key not in menu.keys and key != OPERATOR_KEY]
    begin = {extension[0] for extension in office.extensions_for("")} if menu.extensions else set()
    return min(free, key=lambda key: key in begin, default="")


def _by_extension(office: Office, menu: Menu, company: str) -> list[Person]:
    """Who can be reached by extension here, those with a telephone if there are any."""
    found = [person for person in office.people if menu.extensions and (not company or person.works_for(company))]
    return [person for person in found if person.station is not None] or found

"""The office's call flow as a graph: where callers come in, and where keys, waiting, and departments lead them.

The checks of a document, the walk and the picture of the call flow all go by it. A node is an entrance or a
destination; what is beyond a destination that is no menu, such as a mailbox behind a telephone, is not part of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from appliance.office.arrival import Circumstances, arrival
from appliance.office.destination import (
    MAIN_MENU,
    Destination,
    EndCall,
    MenuBefore,
    Nowhere,
    RepeatMenu,
    ToDepartment,
    ToGeneralMailbox,
    ToInformation,
    ToMailbox,
    ToMenu,
    ToOperator,
)
from appliance.office.hours import MAIN
from appliance.office.model import Menu, Office, Trunk
from appliance.office.numbers import OPERATOR_KEY

ENTERING = ""
WAITING = "waiting"
CLOSED, LUNCH, HOLIDAY = "closed", "lunch", "holiday"
RANKED = "rank"
ANNOUNCED = "announcement"
UNANSWERED = "unanswered"
"""What leads along an edge, besides a key. The hours of the line, the rank of who calls, and the announcement lead on
from entrances; from a department what is said of callers whom nobody answers.
"""

BY_HOURS = (ENTERING, CLOSED, LUNCH, HOLIDAY, RANKED)
"""What the hours decide about, where there are any: while it is open the first or the last, else one of the others."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """Where callers come in: a line, or a company whose number the lines tell."""

    name: str
    """Of the line, or of the company."""
    path: str
    """Where it stands in the document."""
    menu: str
    """The menu that callers meet, by its id; empty where they meet none."""
    company: str
    """Whose callers they are, by its id; empty: the office's own."""
    language: str
    """What they are spoken to in."""
    number: str = ""
    """What they call."""
    hours: str = MAIN
    """The id of the hours that decide what they get."""


Node = Entrance | Destination


@dataclass(frozen=True, slots=True)
class Edge:
    """One way on. by: a key, `ENTERING` or `WAITING`. says: what callers hear about it. path: where it stands."""

    source: Node
    by: str
    target: Destination
    path: str
    says: str = ""


def menu_path(id: str) -> str:
    """Where this menu stands in the document."""
    return "menu" if id == MAIN_MENU else f"menus.{id}"


def box(node: Node) -> str:
    """What the box of a node is called, where the call flow is drawn or told."""
    if isinstance(node, Entrance):
        return f"line {node.path}"
    return f"{type(node).__name__} {node}"


def hours_box(entrance: Entrance) -> str:
    """What the box of the hours is called that decide for the callers of this entrance."""
    return f"hours {entrance.path}"


def to_hours(entrance: Entrance) -> str:
    """The place in the document of what leads from an entrance to its hours."""
    return f"{entrance.path}.hours"


class CallFlow:
    """The graph of one office: as it ever is, or as it is at one moment.

    at: on the office's own clock. The hours decide then where each entrance leads, and it leads there alone.
    """

    def __init__(self, office: Office, at: datetime | None = None) -> None:
        self.office = office
        self.menus: dict[str, Menu] = {MAIN_MENU: office.menu, **office.menus}
        entrances = _entrances(office)
        if at is None:
            self.edges: dict[Node, tuple[Edge, ...]] = {one: tuple(_from_entrance(office, one)) for one in entrances}
        else:
            now = Circumstances(at)
            led = [(entrance, arrival(office, trunk, "", now).destination) for entrance, trunk in entrances.items()]
            self.edges = {
                (found := replace(one, menu=to.menu if isinstance(to, ToMenu) else "")): (
                    Edge(found, ENTERING, to, one.path),
                )
                for one, to in led
            }
        self.entrances = tuple(one for one in self.edges if isinstance(one, Entrance))
        self.edges |= {ToMenu(id): tuple(_edges(id, menu)) for id, menu in self.menus.items()}
        self.edges |= {edge.source: (edge,) for edge in _unanswered(office)}

    def keys(self, menu: str) -> Iterator[Edge]:
        """What the keys of a menu do, 0 included."""
        return (edge for edge in self.edges[ToMenu(menu)] if edge.by != WAITING)

    def waiting(self, menu: str) -> Edge:
        """Where a caller goes who presses nothing."""
        return next(edge for edge in self.edges[ToMenu(menu)] if edge.by == WAITING)

    def next_menus(self, edge: Edge) -> tuple[str, ...]:
        """The menus in which a caller may be behind this edge; none where it leads out of the menus."""
        match edge.source, edge.target:
            case _, ToMenu(id):
                return (id,)
            case ToMenu(id), RepeatMenu() | ToInformation():
                return (id,)
            case ToMenu(id), MenuBefore():
                return self._came_from.get(id) or (id,)
            case _:
                return ()

    def reached(self, starts: Iterable[Node], *, waiting: bool = True) -> dict[Node, tuple[Edge, ...]]:
        """Everything that callers reach from these, each with a shortest way to it. waiting: by waiting, too."""
        found: dict[Node, tuple[Edge, ...]] = dict.fromkeys(starts, ())
        coming = deque(found)
        while coming:
            node = coming.popleft()
            for edge in self.edges.get(node, ()):
                if edge.target not in found and (waiting or edge.by != WAITING):
                    found[edge.target] = (*found[node], edge)
                    coming.append(edge.target)
        return found

    def dialled(self, company: str, reached: Iterable[Node]) -> list[Node]:
        """The departments that callers of a company reach by extension, in one of the menus that they reach.

        company: its id; empty for callers of no company, who reach all.
        """
        if not any(isinstance(node, ToMenu) and self.menus[node.menu].extensions for node in reached):
            return []
        departments = self.office.departments
        return [ToDepartment(one.id) for one in departments if not company or one.works_for(company)]

    @cached_property
    def groups(self) -> list[list[Entrance]]:
        """The entrances, those together behind which callers hear and reach the very same."""
        found: dict[tuple[str, str, str, str], list[Entrance]] = {}
        for entrance in self.entrances:
            together = (entrance.menu, entrance.company, entrance.language, entrance.hours)
            found.setdefault(together, []).append(entrance)
        return list(found.values())

    @cached_property
    def companies_at(self) -> dict[Node, frozenset[str]]:
        """For each node that callers reach the ids of the companies whose callers they are."""
        companies: dict[Node, set[str]] = {}
        for company in {entrance.company for entrance in self.entrances}:
            theirs = [entrance for entrance in self.entrances if entrance.company == company]
            reached = self.reached(theirs)
            for node in {**reached, **self.reached(self.dialled(company, reached))}:
                companies.setdefault(node, set()).add(company)
        return {node: frozenset(found) for node, found in companies.items()}

    @cached_property
    def _came_from(self) -> dict[str, tuple[str, ...]]:
        """For each menu those that lead to it."""
        found: dict[str, dict[str, None]] = {}
        for source, edges in self.edges.items():
            for edge in edges:
                if isinstance(source, ToMenu) and isinstance(edge.target, ToMenu) and edge.target != source:
                    found.setdefault(edge.target.menu, {})[source.menu] = None
        return {id: tuple(sources) for id, sources in found.items()}


def leads_on(target: Destination) -> bool:
    """Whether a caller who comes here is helped: by anything but a menu, something told, or a goodbye."""
    return not isinstance(target, ToMenu | RepeatMenu | MenuBefore | ToInformation | EndCall | Nowhere)


def _edges(id: str, menu: Menu) -> Iterator[Edge]:
    node, path = ToMenu(id), menu_path(id)
    for digit, key in menu.keys.items():
        yield Edge(node, digit, key.destination, f"{path}.keys.{digit}", key.says)
    if OPERATOR_KEY not in menu.keys:
        yield Edge(node, OPERATOR_KEY, ToOperator(), f"{path}.keys")
    yield Edge(node, WAITING, menu.waits, f"{path}.waits")


def _unanswered(office: Office) -> Iterator[Edge]:
    """Where callers get whom nobody answers in a department."""
    for place, department in enumerate(office.departments):
        message = ToMailbox(department.id) if department.mailbox else ToGeneralMailbox()
        path = f"departments[{place}].otherwise"
        yield Edge(ToDepartment(department.id), UNANSWERED, department.otherwise or message, path)


def _from_entrance(office: Office, entrance: Entrance) -> Iterator[Edge]:
    """Where callers get who come in here: while it is open, and when it is not."""
    yield Edge(entrance, ENTERING, ToMenu(entrance.menu), entrance.path)
    if office.callers.ranked is not None:
        yield Edge(entrance, RANKED, office.callers.ranked, "callers.ranked")
    if office.announcement.then != ToGeneralMailbox():
        yield Edge(entrance, ANNOUNCED, office.announcement.then, "announcement.then")
    if (hours := office.hours.get(entrance.hours)) is not None:
        for by, target in ((CLOSED, hours.closed), (LUNCH, hours.lunch), (HOLIDAY, hours.holiday)):
            if target is not None:
                yield Edge(entrance, by, target, f"hours.{entrance.hours}.{by}")


def _entrances(office: Office) -> dict[Entrance, Trunk]:
    """Every line; then each company that has no line of its own, only numbers that the lines tell."""
    found: dict[Entrance, Trunk] = {}
    with_lines: set[str] = set()
    for place, trunk in enumerate(office.trunks):
        company = office.company_called(trunk, "")
        with_lines.add(company.id)
        language = trunk.language or company.language or office.language
        menu, hours = trunk.menu or company.menu, trunk.hours or company.hours or MAIN
        found[Entrance(trunk.name, f"trunks[{place}]", menu, company.id, language, trunk.number, hours)] = trunk
    for place, company in enumerate(office.companies):
        if company.id not in with_lines and company.numbers:
            language = company.language or office.language
            number, hours = min(company.numbers), company.hours or MAIN
            entrance = Entrance(company.name, f"companies[{place}]", company.menu, company.id, language, number, hours)
            found[entrance] = Trunk(company.name, company.id, number, company=company.id)
    return found

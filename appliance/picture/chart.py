"""The whole call flow as boxes and arrows: lines, menus, and whom the keys lead to.

What nearly every menu has stands in its box, so that the arrows show what is the office's own: 0 and waiting where they
lead to the operator, ways back, extensions.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from textwrap import wrap

from appliance.office.callflow import (
    ANNOUNCED,
    BY_HOURS,
    ENTERING,
    LUNCH,
    RANKED,
    UNANSWERED,
    WAITING,
    CallFlow,
    Edge,
    Entrance,
    Node,
    box,
    hours_box,
    menu_path,
    to_hours,
)
from appliance.office.daypart import Part
from appliance.office.departments import Strategy
from appliance.office.destination import (
    MAIN_MENU,
    Destination,
    MenuBefore,
    RepeatMenu,
    ToDepartment,
    ToInformation,
    ToMailbox,
    ToMenu,
    ToOperator,
    ToOutside,
    ToPerson,
)
from appliance.picture.openinghours import hours_lines
from appliance.picture.words import ENGLISH, PictureWords

WIDEST = 26
LONGEST = 90
"""Characters of a line in a box or on an arrow, and of all that is said there."""

WITHOUT_A_KEY = {WAITING: "waits", UNANSWERED: "nobody answers"}
"""What stands on the dashed arrows."""

BY_THE_OFFICE = {LUNCH: "break", RANKED: "important callers", ANNOUNCED: "announcement"}
"""What stands on others that no key leads along, where it is not what leads along them."""

OPEN = "open"
"""What leads from the hours to what callers get while it is open."""

STRATEGIES = {
    Strategy.ALL: "all at once",
    Strategy.IN_TURN: "one after the other",
    Strategy.ESCALATING: "one more each time",
    Strategy.ROUND_ROBIN: "another one first each time",
    Strategy.LONGEST_IDLE: "longest without a call first",
}


@dataclass(frozen=True, slots=True)
class ChartBox:
    """What stands in the picture for a node."""

    name: str
    """By which arrows know it; see `callflow.box`."""
    kind: str
    """`line`, `hours`, `menu`, `person`, `department`, `operator`, `mailbox`, `told` or `other`."""
    lines: tuple[str, ...]
    """What is written in it; the first is its title."""
    path: str
    """Where what it stands for is in the document; empty where it has no place there."""
    names: tuple[str, ...] = ()
    """Of all nodes it stands for: several lines may have one box."""
    wrong: bool = False
    """There is a finding about it."""


@dataclass(frozen=True, slots=True)
class ChartArrow:
    """One way from a box to another."""

    source: str
    """The name of the box it begins at."""
    target: str
    """The name of the box it ends at."""
    by: str
    """What leads along it, as an edge of the call flow has it."""
    says: str
    """What callers hear about it."""
    path: str
    """Where it stands in the document."""
    called: str
    """What it is in the words of the picture: `by`, or what stands for it."""
    wrong: bool = False
    """There is a finding about it."""

    @property
    def label(self) -> str:
        said = "\n".join(wrap(_cut(self.says), WIDEST))
        return f"{self.called}: {said}" if said and not self.dashed else self.called

    @property
    def dashed(self) -> bool:
        return self.by in WITHOUT_A_KEY


@dataclass(frozen=True, slots=True)
class Chart:
    """title: the office's name. Each box is there once; the lines come first."""

    title: str
    boxes: tuple[ChartBox, ...]
    arrows: tuple[ChartArrow, ...]


def chart(
    flow: CallFlow, wrong: Collection[str] = (), *, all_menus: bool = False, words: PictureWords = ENGLISH
) -> Chart:
    """wrong: the places in the document with a finding. all_menus: those to which nothing leads, too."""
    reached = flow.reached([*flow.entrances, ToMenu(MAIN_MENU)])
    boxes: list[ChartBox] = []
    decide: list[ChartBox] = []
    arrows: list[ChartArrow] = []
    drawn: dict[Destination, None] = {}
    for lines in flow.groups:
        title = tuple(f"{line.name} {line.number}".strip() for line in lines)
        names = tuple(box(line) for line in lines)
        boxes.append(ChartBox(names[0], "line", title, lines[0].path, names, _any_in(wrong, lines)))
        hours = flow.office.hours.get(lines[0].hours)
        if hours is not None:
            path = f"hours.{lines[0].hours}"
            found = any(place == path or place.startswith(f"{path}.") for place in wrong)
            told = tuple(hours_lines(lines[0].hours, hours, words))
            decide.append(ChartBox(hours_box(lines[0]), "hours", told, path, (hours_box(lines[0]),), found))
            arrows.append(ChartArrow(names[0], decide[-1].name, "", "", to_hours(lines[0]), ""))
        for edge in flow.edges[lines[0]]:
            drawn[edge.target] = None
            arrow = _arrow(edge, wrong, words)
            arrows.append(_from_hours(arrow, decide[-1].name, words) if hours and edge.by in BY_HOURS else arrow)
    boxes += decide
    for id in flow.menus:
        if ToMenu(id) not in reached and not all_menus:
            continue
        drawn[ToMenu(id)] = None
        for edge in flow.edges[ToMenu(id)]:
            if not _in_the_box(edge):
                drawn[edge.target] = None
                arrows.append(_arrow(edge, wrong, words))
    for node in _with_departments(flow, drawn):
        if isinstance(node, ToDepartment):
            arrows += [_arrow(edge, wrong, words) for edge in flow.edges.get(node, ())]
        boxes.append(_box(flow, node, wrong, words))
    return Chart(flow.office.name, tuple(boxes), tuple(arrows))


def lines_and_menus(drawn: Chart) -> Chart:
    """The same without whom the keys lead to."""
    kept = tuple(box for box in drawn.boxes if box.kind in ("line", "hours", "menu"))
    names = {box.name for box in kept}
    arrows = tuple(arrow for arrow in drawn.arrows if arrow.source in names and arrow.target in names)
    return Chart(drawn.title, kept, arrows)


def _any_in(wrong: Collection[str], lines: Sequence[Entrance]) -> bool:
    return any(place == line.path or place.startswith(f"{line.path}.") for line in lines for place in wrong)


def _with_departments(flow: CallFlow, drawn: Iterable[Destination]) -> list[Destination]:
    """These nodes, and those to which departments among them lead on."""
    found = list(drawn)
    for node in found:  # Grows meanwhile.
        if isinstance(node, ToDepartment):
            found += [edge.target for edge in flow.edges.get(node, ()) if edge.target not in found]
    return found


def _in_the_box(edge: Edge) -> bool:
    """Whether this is told in the menu's box, in place of an arrow."""
    assert isinstance(edge.source, ToMenu)
    path = menu_path(edge.source.menu)
    usual = isinstance(edge.target, ToOperator) and (edge.by == WAITING or edge.path == f"{path}.keys")
    return usual or isinstance(edge.target, MenuBefore | RepeatMenu) or edge.target == edge.source


def _arrow(edge: Edge, wrong: Collection[str], words: PictureWords) -> ChartArrow:
    places = (edge.path, f"{edge.path}.says")
    called = words((WITHOUT_A_KEY | BY_THE_OFFICE).get(edge.by, edge.by))
    found = any(place in wrong for place in places)
    return ChartArrow(box(edge.source), box(edge.target), edge.by, edge.says, edge.path, called, found)


def _from_hours(arrow: ChartArrow, hours: str, words: PictureWords) -> ChartArrow:
    """The same arrow, begun at the box of the hours that decide whether a call goes along it."""
    if arrow.by != ENTERING:
        return replace(arrow, source=hours)
    return replace(arrow, source=hours, by=OPEN, called=words(OPEN))


def _box(flow: CallFlow, node: Destination, wrong: Collection[str], words: PictureWords) -> ChartBox:
    kind, lines, path = _told(flow, node, words)
    places = {path}
    match node:
        case ToMenu():
            places |= {edge.path for edge in flow.edges[node] if _in_the_box(edge)}
            places |= {f"{path}.greeting", *(f"{path}.greetings.{part.value}" for part in Part)}
        case ToInformation():
            places.add(f"{path}.says")
        case ToPerson() | ToDepartment():
            places |= {place for place in wrong if place.startswith(f"{path}.")}
        case ToMailbox():
            places.clear()  # What is wrong with a person stands at the person's own box.
    name = box(node)
    return ChartBox(name, kind, tuple(lines), path, (name,), any(place in wrong for place in places))


def _told(flow: CallFlow, node: Node, words: PictureWords) -> tuple[str, Iterable[str], str]:
    """The kind of a node's box, what stands in it, and its place in the document."""
    office = flow.office
    people = {person.id: f"people[{place}]" for place, person in enumerate(office.people)}
    departments = {one.id: f"departments[{place}]" for place, one in enumerate(office.departments)}
    match node:
        case ToMenu(id):
            return "menu", _of_menu(flow, id, words), menu_path(id)
        case ToPerson(id):
            person = office.person(id)
            name, extension, station = (person.name, person.extension, person.station) if person else (id, "", None)
            return "person", (name, f"{extension}, {station or words('mailbox')}"), people.get(id, "")
        case ToDepartment(id) if (department := office.department(id)) is not None:
            members = [one.number or _name(flow, one.person or "") for one in department.members]
            told = wrap(_cut(", ".join(members)), WIDEST)
            how = f"{department.extension}, {words(STRATEGIES[department.strategy])}"
            return "department", (department.name, how, *told), departments[id]
        case ToOperator():
            person = office.person(office.operator)
            same = all(company.operator == office.operator for company in office.everybody_called)
            name = f": {person.name}" if person is not None and same else ""
            return "operator", (f"{words('Operator')}{name}",), "operator"
        case ToMailbox(id):
            return "mailbox", (words("Message for"), _name(flow, id)), people.get(id) or departments.get(id, "")
        case ToInformation(id):
            return "told", (id, *wrap(_cut(office.information[id].says), WIDEST)), f"information.{id}"
        case ToOutside(number):
            return "other", (f"{words('dials')} {number}",), ""
        case _:
            return "other", (words(str(node).removeprefix("to ")),), ""


def _of_menu(flow: CallFlow, id: str, words: PictureWords) -> Iterator[str]:
    menu = flow.menus[id]
    yield f"{words('Menu')} {id}"
    yield from wrap(_cut(menu.greets(Part.MORNING)), WIDEST)
    for edge in flow.edges[ToMenu(id)]:
        if _in_the_box(edge):
            does = {ToOperator(): "operator", MenuBefore(): "back"}.get(edge.target, "once more")
            yield f"{words('waits') if edge.by == WAITING else edge.by}: {words(does)}"
    if menu.extensions:
        yield words("extensions")


def _name(flow: CallFlow, id: str) -> str:
    """Of a person or a department."""
    found = flow.office.person(id) or flow.office.department(id)
    return found.name if found is not None else id


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"

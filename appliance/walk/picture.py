"""The whole call flow as a picture: lines, menus, and whom the keys lead to. Graphviz lays it out.

What nearly every menu has stands in its box, so that the arrows show what is the office's own: 0 and waiting where they
lead to the operator, ways back, extensions.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Collection, Iterable, Iterator, Sequence
from textwrap import wrap

from appliance.office.callflow import UNANSWERED, WAITING, CallFlow, Edge, Entrance, menu_path
from appliance.office.daypart import Part
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
    ToPerson,
)

GRAPHVIZ = "dot"
WIDEST = 26
LONGEST = 90
"""Characters of a line in a box or on an arrow, and of all that is said there."""

WITHOUT_A_KEY = {WAITING: "waits", UNANSWERED: "nobody answers"}
"""What stands on the dashed arrows."""

MENU, LINE, PERSON, MAILBOX, TOLD, OTHER = "#dceefb", "#eeeeee", "#dff3df", "#fff3cd", "#f3e8fb", "#ffffff"
RED = ', color="#c0392b", penwidth=2'
"""How an arrow or a box is drawn that has a finding."""


class NoGraphviz(RuntimeError):
    """The program that lays the picture out is not installed, or failed."""


def need_graphviz() -> None:
    """Raises `NoGraphviz` where it is not installed."""
    if shutil.which(GRAPHVIZ) is None:
        raise NoGraphviz("the picture needs Graphviz: sudo apt-get install graphviz")


def svg(flow: CallFlow, wrong: Collection[str] = ()) -> str:
    """The picture as SVG. wrong: the places in the document that are drawn in red. Raises `NoGraphviz`."""
    need_graphviz()
    drawn = subprocess.run([GRAPHVIZ, "-Tsvg"], input=dot(flow, wrong), capture_output=True, text=True, check=False)
    if drawn.returncode:
        raise NoGraphviz(f"Graphviz could not draw the picture: {drawn.stderr.strip()}")
    return drawn.stdout


def dot(flow: CallFlow, wrong: Collection[str] = ()) -> str:
    """The picture in Graphviz's own language."""
    return "\n".join(_lines(flow, wrong)) + "\n"


def _lines(flow: CallFlow, wrong: Collection[str]) -> Iterator[str]:
    yield "digraph office {"
    title = _quoted(flow.office.name)
    yield f"  graph [rankdir=LR, nodesep=0.25, ranksep=0.9, fontname=sans, label={title}, labelloc=t];"
    yield '  node [shape=box, style="filled,rounded", fontname=sans, fontsize=11, fillcolor=white];'
    yield "  edge [fontname=sans, fontsize=10];"
    reached = flow.reached([*flow.entrances, ToMenu(MAIN_MENU)])
    drawn: dict[Destination, None] = {}
    for number, lines in enumerate(flow.groups):
        yield f"  line{number} [label={_quoted(_of_lines(lines))}, fillcolor={_quoted(LINE)}, style=filled];"
        for edge in flow.edges[lines[0]]:
            drawn[edge.target] = None
            label = f" [label={_quoted(edge.by)}]" if edge.by else ""
            yield f"  line{number} -> {_node(edge.target)}{label};"
    for id in flow.menus:
        if ToMenu(id) not in reached:
            continue
        drawn[ToMenu(id)] = None
        for edge in flow.edges[ToMenu(id)]:
            if not _in_the_box(edge):
                drawn[edge.target] = None
                yield f"  {_node(ToMenu(id))} -> {_node(edge.target)} [{_arrow(edge, wrong)}];"
    for node in _with_departments(flow, drawn):
        for edge in flow.edges[node] if isinstance(node, ToDepartment) and node in flow.edges else ():
            yield f"  {_node(node)} -> {_node(edge.target)} [{_arrow(edge, wrong)}];"
        label, colour, shape = _box(flow, node)
        places: list[str] = []
        if isinstance(node, ToMenu):
            places = [*(edge.path for edge in flow.edges[node] if _in_the_box(edge)), menu_path(node.menu)]
        red = RED if any(place in wrong for place in places) else ""
        yield f"  {_node(node)} [label={_quoted(label)}, fillcolor={_quoted(colour)}, shape={shape}{red}];"
    yield "}"


def _with_departments(flow: CallFlow, drawn: Iterable[Destination]) -> list[Destination]:
    """These nodes, and those to which departments among them lead on."""
    found = list(drawn)
    for node in found:  # Grows meanwhile.
        if isinstance(node, ToDepartment):
            found += [edge.target for edge in flow.edges.get(node, ()) if edge.target not in found]
    return found


def _in_the_box(edge: Edge) -> bool:
    """Whether this is told in the menu's box, in place of an arrow."""
    usual = isinstance(edge.target, ToOperator) and (edge.by == WAITING or edge.path == f"{_menu_path(edge)}.keys")
    return usual or isinstance(edge.target, MenuBefore | RepeatMenu) or edge.target == edge.source


def _menu_path(edge: Edge) -> str:
    assert isinstance(edge.source, ToMenu)
    return menu_path(edge.source.menu)


def _arrow(edge: Edge, wrong: Collection[str]) -> str:
    said = "\n".join(wrap(_cut(edge.says), WIDEST))
    label = WITHOUT_A_KEY.get(edge.by) or (f"{edge.by}: {said}" if said else edge.by)
    dashed = ", style=dashed" if edge.by in WITHOUT_A_KEY else ""
    return f"label={_quoted(label)}{dashed}{RED if edge.path in wrong else ''}"


def _box(flow: CallFlow, node: Destination) -> tuple[str, str, str]:
    """What stands in a node's box, its colour and its shape."""
    office = flow.office
    match node:
        case ToMenu(id):
            return _of_menu(flow, id), MENU, "box"
        case ToPerson(id):
            person = office.person(id)
            name, extension, station = (person.name, person.extension, person.station) if person else (id, "", None)
            return f"{name}\n{extension}, {station or 'mailbox'}", PERSON, "box"
        case ToDepartment(id) if (department := office.department(id)) is not None:
            members = [one.number or _name(flow, one.person or "") for one in department.members]
            told = "\n".join(wrap(_cut(", ".join(members)), WIDEST))
            return f"{department.name}\n{department.extension}, {department.strategy.value}\n{told}", PERSON, "box"
        case ToOperator():
            person = office.person(office.operator)
            same = all(company.operator == office.operator for company in flow.office.everybody_called)
            return f"Operator{f': {person.name}' if person is not None and same else ''}", PERSON, "box"
        case ToMailbox(id):
            return f"Message for\n{_name(flow, id)}", MAILBOX, "note"
        case ToInformation(id):
            return "\n".join([id, *wrap(_cut(office.information[id].says), WIDEST)]), TOLD, "note"
        case _:
            return str(node).removeprefix("to "), OTHER, "box"


def _of_menu(flow: CallFlow, id: str) -> str:
    menu = flow.menus[id]
    lines = [f"Menu {id}", *wrap(_cut(menu.greets(Part.MORNING)), WIDEST)]
    for edge in flow.edges[ToMenu(id)]:
        if _in_the_box(edge):
            does = {ToOperator(): "operator", MenuBefore(): "back"}.get(edge.target, "again")
            lines.append(f"{'waits' if edge.by == WAITING else edge.by}: {does}")
    return "\n".join([*lines, *(["extensions"] if menu.extensions else [])])


def _name(flow: CallFlow, id: str) -> str:
    """Of a person or a department."""
    found = flow.office.person(id) or flow.office.department(id)
    return found.name if found is not None else id


def _of_lines(lines: Sequence[Entrance]) -> str:
    return "\n".join(f"{line.name} {line.number}".strip() for line in lines)


def _node(node: Destination) -> str:
    """What Graphviz calls it: destinations are told from one another by their texts."""
    return _quoted(f"{type(node).__name__} {node}")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'

"""The call flow drawn: Graphviz lays it out."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Collection, Iterator

from appliance.office.callflow import CallFlow
from appliance.picture.chart import Chart, chart
from hw.said import said

GRAPHVIZ = "dot"
SLOWEST_SECONDS = 30.0
"""An office of 200 menus took 3 s on a 2-core x86 machine."""

COLOURS = {
    "line": "#eeeeee",
    "hours": "#eeeeee",
    "menu": "#dceefb",
    "mailbox": "#fff3cd",
    "told": "#f3e8fb",
    "other": "#ffffff",
}
PEOPLE = "#dff3df"
SHAPES = {"mailbox": "note", "told": "note"}
RED = ', color="#c0392b", penwidth=2'
"""How an arrow or a box is drawn that has a finding."""


class NoGraphviz(RuntimeError):
    """The program that lays the picture out is not installed, or failed."""


def need_graphviz() -> None:
    """Raises `NoGraphviz` where it is not installed."""
    if shutil.which(GRAPHVIZ) is None:
        raise NoGraphviz(said("the picture needs Graphviz: sudo apt-get install graphviz"))


def svg(flow: CallFlow, wrong: Collection[str] = ()) -> str:
    """The picture as SVG. wrong: the places in the document that are drawn in red. Raises `NoGraphviz`. Blocking."""
    return laid_out(dot(flow, wrong))


def laid_out(written: str) -> str:
    """What Graphviz makes of a picture in its own language. Raises `NoGraphviz`. Blocking."""
    need_graphviz()
    try:
        drawn = subprocess.run(
            [GRAPHVIZ, "-Tsvg"], input=written, capture_output=True, text=True, check=False, timeout=SLOWEST_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise NoGraphviz(said("Graphviz took too long to draw the picture")) from None
    if drawn.returncode:
        raise NoGraphviz(said("Graphviz could not draw the picture: %(stderr)s", stderr=drawn.stderr.strip()))
    return drawn.stdout


def dot(flow: CallFlow, wrong: Collection[str] = ()) -> str:
    """The picture in Graphviz's own language."""
    return chart_dot(chart(flow, wrong))


def chart_dot(drawn: Chart) -> str:
    """The same of a chart. The ids are `b0`, `b1`, … for its boxes, and `a0`, `a1`, … for its arrows."""
    return "\n".join(_lines(drawn)) + "\n"


def _lines(drawn: Chart) -> Iterator[str]:
    yield "digraph office {"
    title = _quoted(drawn.title)
    yield f"  graph [rankdir=LR, nodesep=0.25, ranksep=0.9, fontname=sans, label={title}, labelloc=t];"
    yield '  node [shape=box, style="filled,rounded", fontname=sans, fontsize=11, fillcolor=white];'
    yield "  edge [fontname=sans, fontsize=10];"
    for number, box in enumerate(drawn.boxes):
        colour, shape = COLOURS.get(box.kind, PEOPLE), SHAPES.get(box.kind, "box")
        square = ", style=filled" if box.kind == "line" else ""
        facts = f"label={_quoted(chr(10).join(box.lines))}, fillcolor={_quoted(colour)}, shape={shape}{square}"
        yield f"  {_quoted(box.name)} [id=b{number}, {facts}{RED if box.wrong else ''}];"
    for number, arrow in enumerate(drawn.arrows):
        dashed = ", style=dashed" if arrow.dashed else ""
        facts = f"label={_quoted(arrow.label)}{dashed}{RED if arrow.wrong else ''}"
        yield f"  {_quoted(arrow.source)} -> {_quoted(arrow.target)} [id=a{number}, {facts}];"
    yield "}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'

"""The picture as it stands on a page: boxes are links, and colours are the page's own, by classes."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote
from xml.etree import ElementTree

from appliance.picture.chart import Chart
from appliance.picture.drawing import chart_dot, laid_out

SVG = "http://www.w3.org/2000/svg"
DRAWN = ("fill", "stroke", "stroke-dasharray", "stroke-width", "font-family")
"""What Graphviz writes of colours and pens; a page's style sheet says it in its place."""

LINK = "?at="
"""What a box links to, behind it the place in the document: the page itself, with the box opened."""


def inline(drawn: Chart) -> str:
    """The SVG element of a chart. Raises `NoGraphviz`. Blocking.

    A box is a link with the classes `box` and its kind, an arrow a group with the class `arrow`; `wrong` and `dashed`
    come with them. `data-box` and `data-path` tell which they are.
    """
    ElementTree.register_namespace("", SVG)
    picture = ElementTree.fromstring(laid_out(chart_dot(drawn)))
    for group in picture.iter(f"{{{SVG}}}g"):
        match group.get("class"):
            case "node":
                _to_box(group, drawn)
            case "edge":
                _to_arrow(group, drawn)
            case "graph":
                _plain(group)
    pixels = [_pixels(picture.get(name, "")) for name in ("width", "height")]
    picture.attrib = {
        "viewBox": picture.get("viewBox", ""),
        "width": f"{pixels[0]:.0f}",
        "height": f"{pixels[1]:.0f}",
        "class": "flow",
        "role": "group",
    }
    return ElementTree.tostring(picture, encoding="unicode")


def _to_box(group: ElementTree.Element, drawn: Chart) -> None:
    box = drawn.boxes[int(group.get("id", "b0")[1:])]
    group.tag = f"{{{SVG}}}a" if box.path else f"{{{SVG}}}g"
    group.attrib = {
        "class": f"box {box.kind}{' wrong' if box.wrong else ''}",
        "data-box": " | ".join(box.names),
        "data-path": box.path,
    }
    if box.path:
        group.attrib |= {"href": f"{LINK}{quote(box.path)}", "aria-label": ", ".join(box.lines)}
    _strip(group)


def _to_arrow(group: ElementTree.Element, drawn: Chart) -> None:
    arrow = drawn.arrows[int(group.get("id", "a0")[1:])]
    classes = ["arrow", *(["dashed"] if arrow.dashed else []), *(["wrong"] if arrow.wrong else [])]
    group.attrib = {"class": " ".join(classes), "data-path": arrow.path}
    _strip(group)


def _plain(graph: ElementTree.Element) -> None:
    """Without the background and the office's name: the page has both."""
    graph.attrib = {"transform": graph.get("transform", "")}
    for name in ("title", "polygon", "text"):
        for child in graph.findall(f"{{{SVG}}}{name}"):
            graph.remove(child)


def _strip(group: ElementTree.Element) -> None:
    for title in group.findall(f"{{{SVG}}}title"):
        group.remove(title)
    for part in _parts(group):
        for name in DRAWN:
            part.attrib.pop(name, None)


def _parts(group: ElementTree.Element) -> Iterator[ElementTree.Element]:
    return (part for part in group.iter() if part is not group)


def _pixels(length: str) -> float:
    """A length that Graphviz gives in points, in pixels."""
    return float(length.removesuffix("pt") or 0) * 4 / 3

"""Plots as SVG, made by pygal: without scripts, in our own colours, light or dark as the reader's system is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

import pygal
from flask import Response
from pygal.style import Style

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""A plot has its own style within it, and nothing else. As a picture in a page it could run no script anyway."""

_SVG = "{http://www.w3.org/2000/svg}"
WIDTH, HEIGHT = 500, 250
"""About as large as a plot is shown where two stand beside each other: its letters are then as large as they say."""
NARROW = 340
"""The width of a phone, on which letters of a plot that is shrunk could not be read."""

_STYLE = """
.background { fill: none }
text { fill: #5c5750; stroke: none; font: 14px system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif }
.axis.x text { text-anchor: middle }
.axis.y text { text-anchor: end }
.axis.x text[transform] { text-anchor: start }
.axis .line { stroke: #dcd7d0; fill: none }
.vertical .axis.x .guide.line, .horizontal .axis.y .guide.line { opacity: 0 }
.tooltip, .text-overlay, .title { display: none }
.no_data { text-anchor: middle }
.nofill { fill: none }
.color-0 { fill: #9a4a22; stroke: #9a4a22 }
.color-1 { fill: #8a8178; stroke: #8a8178 }
.color-2 { fill: #1f6b3a; stroke: #1f6b3a }
@media (prefers-color-scheme: dark) {
  text { fill: #b5aea6 }
  .axis .line { stroke: #423e3a }
  .color-0 { fill: #eb9a6b; stroke: #eb9a6b }
  .color-1 { fill: #8f8880; stroke: #8f8880 }
  .color-2 { fill: #7fd49a; stroke: #7fd49a }
}
"""
"""The colours are those of static/style.css."""

_LETTER_WIDTH = 8
"""Of the letters of 14 pixels, on average and with some room to spare."""

_SIZES = Style(label_font_size=14, major_label_font_size=14, legend_font_size=14, font_family="sans-serif")
"""By which pygal leaves room for what is written; the looks are `_STYLE`'s."""


@dataclass(frozen=True, slots=True)
class PlotSeries:
    """One kind of bar: its name and its values, one for each label of the plot."""

    name: str
    values: Sequence[float]


def bars(labels: Sequence[str], series: Sequence[PlotSeries], width: int = WIDTH) -> bytes:
    """Bars upright, for what has an order, such as hours and days. Not every label is written where they are many."""
    chart = pygal.Bar(**_config(len(series), width))
    room = width // (_LETTER_WIDTH * (max(map(len, labels), default=0) + 2))
    every = max(1, -(-len(labels) // max(1, room)))
    chart.x_labels = list(labels)
    chart.x_labels_major = list(labels[::every])
    chart.show_minor_x_labels = False
    return _drawn(chart, series)


def lying_bars(labels: Sequence[str], values: Sequence[float], width: int = WIDTH) -> bytes:
    """Bars that lie, with their names in front: for what has words. The first is on top."""
    config = _config(1, width) | {"height": max(120, 34 * len(labels) + 60)}
    chart = pygal.HorizontalBar(**(config | {"truncate_label": width // (2 * _LETTER_WIDTH)}))
    chart.x_labels = list(reversed(labels))
    return _drawn(chart, [PlotSeries("", list(reversed(values)))])


def picture(svg: bytes) -> Response:
    """The answer with a plot."""
    answer = Response(svg, mimetype="image/svg+xml")
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def _config(series: int, width: int) -> dict[str, object]:
    return {
        "js": [],
        "css": [],
        "explicit_size": True,
        "width": width,
        "height": HEIGHT,
        "margin": 8,
        "show_legend": series > 1,
        "legend_at_bottom": True,
        "legend_box_size": 12,
        "min_scale": 2,
        "max_scale": 6,
        "style": _SIZES,
        "truncate_label": -1,
        "truncate_legend": -1,
        "include_x_axis": True,
        "no_data_text": "–",
        "value_formatter": _number,
    }


def _number(value: float) -> str:
    return f"{value:g}"


def _drawn(chart: pygal.graph.graph.Graph, series: Sequence[PlotSeries]) -> bytes:
    for one in series:
        chart.add(one.name, list(one.values))
    root = chart.render_tree()
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{_SVG}script", "script"):
                parent.remove(child)
    style = next(iter(root.iter("style")), None)
    if style is None:
        style = ElementTree.SubElement(root, "style")
    style.text = _STYLE
    ElementTree.register_namespace("", "http://www.w3.org/2000/svg")
    return bytes(ElementTree.tostring(root, encoding="utf-8"))

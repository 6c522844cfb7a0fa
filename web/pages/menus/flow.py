"""The picture on the page: the way of a call lit up in it, and the same told as a nested list."""

from __future__ import annotations

import html
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

MARKED = re.compile(r'class="(box|arrow)([^"]*)" data-(?:box|path)="([^"]*)"')


def lit(svg: str, boxes: Collection[str], arrows: Collection[str]) -> Markup:
    """The picture, as the daemon draws it, with these boxes and arrows marked."""

    def mark(found: re.Match[str]) -> str:
        names = html.unescape(found[3]).split(" | ")
        wanted = boxes if found[1] == "box" else arrows
        if not any(name in wanted for name in names):
            return found[0]
        return found[0].replace(f'class="{found[1]}', f'class="{found[1]} lit', 1)

    return Markup(MARKED.sub(mark, svg))  # The daemon makes it of our own elements, with every text escaped.


DEEPEST = 12
"""Levels of the list: what is further behind begins anew, as a list within lists without end is no help."""


@dataclass(slots=True)
class Told:
    """A box in the list. by, says: what leads to it. again: it is told in full elsewhere. leads: what is behind it."""

    box: dict[str, Any]
    by: str
    says: str
    again: bool = False
    leads: list[Told] = field(default_factory=list)


def outline(picture: dict[str, Any]) -> list[Told]:
    """Lines with all that is behind them, each box in full once; then what is too far behind, or led to by nothing."""
    boxes = picture["boxes"]
    arrows: dict[int, list[dict[str, Any]]] = {}
    for arrow in picture["arrows"]:
        arrows.setdefault(arrow["source"], []).append(arrow)
    seen: set[int] = set()

    def told(place: int, by: str = "", says: str = "", depth: int = 0) -> Told:
        elsewhere = place in seen or depth > DEEPEST
        one = Told(boxes[place], by, says, elsewhere and place in arrows)
        if not elsewhere:
            seen.add(place)
            further = arrows.get(place, [])
            one.leads = [told(arrow["target"], arrow["by"], arrow["says"], depth + 1) for arrow in further]
        return one

    starts = [told(place) for place, box in enumerate(boxes) if box["kind"] == "line"]
    for place in range(len(boxes)):
        if place not in seen:
            starts.append(told(place))
    return starts

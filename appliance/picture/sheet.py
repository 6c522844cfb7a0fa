"""The picture of a document with its findings, worked out in a process of its own: it needs what checks a document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from appliance.office.callflow import CallFlow
from appliance.office.lint import lint
from appliance.office.problem import Problem
from appliance.officeparsing import parsed
from appliance.picture.chart import Chart, chart, lines_and_menus
from appliance.picture.drawing import NoGraphviz
from appliance.picture.inline import inline
from appliance.picture.words import LARGE, PictureWords
from appliance.shortprocess import in_a_process
from hw.said import told_by

MOST_DRAWN = 200
"""Boxes. With more, the picture has lines and menus alone: 700 boxes took 15 s and 1.3 MB on a 2-core x86 machine."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """chart: all of it. svg: its picture; empty where Graphviz is missing or failed. fault: why it is not all drawn."""

    chart: Chart
    warnings: tuple[Problem, ...]
    svg: str
    fault: str = ""


def sheet_of(document: object, today: date, own: Mapping[str, str] | None = None) -> Sheet:
    """today: on the office's own clock. own: words in place of WORDS. Raises OfficeErrors, ProcessFailed. Blocking."""
    return in_a_process(_drawn, document, today, dict(own or {}))


def _drawn(document: object, today: date, own: dict[str, str]) -> Sheet:
    words = PictureWords(own)
    office = parsed(document)
    warnings = tuple(lint(office, today))
    drawn = chart(CallFlow(office), {problem.path for problem in warnings}, all_menus=True, words=words)
    large = len(drawn.boxes) > MOST_DRAWN
    try:
        return Sheet(drawn, warnings, inline(lines_and_menus(drawn) if large else drawn), words(LARGE) if large else "")
    except NoGraphviz as error:
        return Sheet(drawn, warnings, "", told_by(error))

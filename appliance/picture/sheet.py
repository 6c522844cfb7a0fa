"""The picture of a document with its findings, worked out in a process of its own: it needs what checks a document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from appliance.office.callflow import CallFlow
from appliance.office.lint import lint
from appliance.office.problem import Problem
from appliance.officeparsing import parsed
from appliance.picture.chart import Chart, chart
from appliance.picture.drawing import NoGraphviz
from appliance.picture.inline import inline
from appliance.shortprocess import in_a_process


@dataclass(frozen=True, slots=True)
class Sheet:
    """svg: empty where Graphviz is missing or failed; then `fault` says so."""

    chart: Chart
    warnings: tuple[Problem, ...]
    svg: str
    fault: str = ""


def sheet_of(document: object, today: date) -> Sheet:
    """today: on the office's own clock. Raises OfficeErrors and ProcessFailed. Blocking."""
    return in_a_process(_drawn, document, today)


def _drawn(document: object, today: date) -> Sheet:
    office = parsed(document)
    warnings = tuple(lint(office, today))
    drawn = chart(CallFlow(office), {problem.path for problem in warnings}, all_menus=True)
    try:
        return Sheet(drawn, warnings, inline(drawn))
    except NoGraphviz as error:
        return Sheet(drawn, warnings, "", str(error))

"""What a walk found, as a table for people, as JSON, and as findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from appliance.ear.heard import Heard, Kind
from appliance.office.callflow import CallFlow
from appliance.office.problem import Problem
from appliance.walk.judging import Judge
from appliance.walk.path import paths
from appliance.walk.team import Told, UnitFaults
from appliance.walk.walker import Walked
from hw.said import fixed

HEAD = ("line", "keys", "what callers hear of it", "reaches", "s", "heard there")
WIDEST_TEXT = 44
"""Characters of a text in the table; the whole of it is in the JSON."""


@dataclass(frozen=True, slots=True)
class WalkReport:
    """Of a walk that was walked to its end. at: on the office's clock. paths: in the order of the document."""

    at: datetime
    paths: tuple[Walked, ...]
    findings: tuple[Problem, ...]
    judge: Judge

    def rows(self) -> list[Sequence[object]]:
        """The table, its head first."""
        return [HEAD, *(self._row(walked) for walked in self.paths)]

    def as_json(self) -> dict[str, Any]:
        return {
            "at": self.at.isoformat(),
            "paths": [self._as_json(walked) for walked in self.paths],
            "findings": [asdict(problem) for problem in self.findings],
        }

    def _row(self, walked: Walked) -> Sequence[object]:
        path = walked.path
        says = path.says or f"({path.kind.value})"
        heard = " ".join(one.text if one.kind is Kind.WORDS else f"({one.text})" for one in walked.heard)
        seconds = f"{walked.seconds:.1f}"
        return path.entrance.name, path.keys, _short(says), self.judge.reached(walked), seconds, _short(heard)

    def _as_json(self, walked: Walked) -> dict[str, Any]:
        path = walked.path
        return {
            "line": path.entrance.name,
            "company": path.entrance.company,
            "keys": path.keys.split(),
            "kind": path.kind.value,
            "menu": path.menu,
            "says": path.says,
            "leads": str(path.target),
            "answered": walked.answered,
            "reaches": self.judge.reached(walked),
            "rang": list(walked.rang),
            "steps": list(walked.steps),
            "outcome": walked.outcome,
            "fault": walked.fault,
            "seconds": round(walked.seconds, 2),
            "read": _heard(walked.read),
            "heard": _heard(walked.heard),
        }


def report(flow: CallFlow, judge: Judge, at: datetime, told: Sequence[Told]) -> WalkReport:
    """Put together what the walkers told of every path."""
    order = {path: place for place, path in enumerate(paths(flow))}
    walked = sorted((one for one in told if not isinstance(one, UnitFaults)), key=lambda one: order[one.path])
    faults = dict.fromkeys(fault for one in told if isinstance(one, UnitFaults) for fault in one.faults)
    findings = [finding for one in walked if (finding := judge.finding(one)) is not None]
    findings += [Problem("", fixed(f"the unit reports: {fault}")) for fault in faults]
    return WalkReport(at, tuple(walked), tuple(findings), judge)


def _heard(heard: Sequence[Heard]) -> list[str]:
    return [str(one) for one in heard]


def _short(text: str) -> str:
    return text if len(text) <= WIDEST_TEXT else f"{text[: WIDEST_TEXT - 1].rstrip()}…"

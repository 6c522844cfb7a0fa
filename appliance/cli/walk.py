"""`copperdesk office walk`: a built-in caller walks every path of an office, and tells what each of them reaches."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from appliance.cli.table import columns
from appliance.clock import RealClock, run_virtual
from appliance.manyatonce import ProcessEnded
from appliance.office.callflow import CallFlow
from appliance.office.description import leads
from appliance.office.hours import MAIN
from appliance.office.model import Office
from appliance.office.standing import When
from appliance.officewords import office_languages, office_words
from appliance.picture.drawing import NoGraphviz, need_graphviz, svg
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.prompts.synthesis import SynthesisFailed
from appliance.walk.judging import Judge
from appliance.walk.path import paths
from appliance.walk.report import WalkReport, report
from appliance.walk.team import Told, UnitFaults, walk
from appliance.wav.target import cannot_write

MOMENT = "%Y-%m-%d %H:%M"
A_MOMENT = timedelta(minutes=1)
MOST_CHANGES = 100
"""Of the hours: enough for several weeks."""


def walk_office(office: Office, at: datetime | None, *, as_json: bool, picture: Path | None) -> int:
    """Walk it, tell, and draw the picture. Exit status 1 where there is a finding, or something could not be done.

    at: None: now, and the next moment at which the office is closed, or open.
    """
    if picture is not None and (refused := cannot_write(picture)):
        return _wrong(refused)
    try:
        if picture is not None:
            need_graphviz()
        reports = [_walked(office, moment) for moment in _moments(office, at)]
        if picture is not None:
            wrong = {problem.path for found in reports for problem in found.findings}
            picture.write_text(svg(CallFlow(office), wrong), encoding="utf-8")
    except (NoGraphviz, SynthesisFailed, ProcessEnded) as error:
        return _wrong(str(error))
    if as_json:
        shown = [found.as_json() for found in reports]
        print(json.dumps(shown if len(shown) > 1 else shown[0], indent=2, ensure_ascii=False))
    else:
        for found in reports:
            _tell(office, found)
    if picture is not None:
        print(f"{picture}: the call flow", file=sys.stderr)
    return 1 if any(found.findings for found in reports) else 0


def _moments(office: Office, at: datetime | None) -> list[datetime]:
    """The moment asked for; else now, and the next one at which the office is closed, or open, by its own hours."""
    now = at or RealClock().now()
    hours = office.hours.get(MAIN)
    if at is not None or hours is None:
        return [now]
    standing = hours.at(office.local(now))
    found, other = [now], standing
    for _ in range(MOST_CHANGES):
        if other.until is None:
            break
        moment, other = other.until, hours.at(other.until)
        if (other.what is When.OPEN) != (standing.what is When.OPEN):
            found.append(moment.astimezone(UTC) + A_MOMENT)
            break
    return found


def _tell(office: Office, found: WalkReport) -> None:
    """The table, the findings, and what callers get who meet no menu then."""
    if found.paths:
        print(*columns(found.rows()), sep="\n")
    for problem in found.findings:
        print(f"finding: {problem}", *([f"    {problem.mend}"] if problem.mend else []), sep="\n", file=sys.stderr)
    flow = CallFlow(office, found.at)
    for entrance in flow.entrances:
        if not entrance.menu:
            (edge,) = flow.edges[entrance]
            print(f"{entrance.name}: {leads(office, edge.target, office.company(entrance.company))}")
    print(_summary(found))


def _walked(office: Office, moment: datetime) -> WalkReport:
    local, languages = office.local(moment), office_languages(office)
    flow = CallFlow(office, local)
    prompts = PromptLibrary(default_cache())
    run_virtual(lambda: prompts.prepare(office_words(office), languages, _speaking))
    told: list[Told] = []
    done, total = 0, len(paths(flow))
    with closing(walk(office, prompts, moment)) as walking:
        for one in walking:
            told.append(one)
            if not isinstance(one, UnitFaults):
                done += 1
                _progress(f"walking: {done} of {total} paths", last=done == total)
    return report(flow, Judge(flow, languages, local), local, told)


def moment_of(office: Office, text: str) -> datetime:
    """The moment that the office's own clock shows so. Raises ValueError."""
    return datetime.strptime(text, MOMENT).replace(tzinfo=office.time_zone).astimezone(UTC)


def _summary(found: WalkReport) -> str:
    counted = f"{len(found.paths)} path{'s' if len(found.paths) != 1 else ''}"
    when = f"as it is on {found.at:%A} {found.at:{MOMENT}}"
    if not found.findings:
        return f"{counted} walked, {when}: each leads where it should."
    return f"{counted} walked, {when}: {len(found.findings)} finding{'s' if len(found.findings) != 1 else ''}."


def _speaking(done: int, total: int, _text: str) -> None:
    _progress(f"speaking prompts: {done} of {total}", last=done == total)


def _progress(text: str, *, last: bool) -> None:
    if sys.stderr.isatty():
        print(f"\r  {text}", end="\n" if last else "", file=sys.stderr, flush=True)


def _wrong(message: str) -> int:
    print(f"copperdesk: {message}", file=sys.stderr)
    return 1

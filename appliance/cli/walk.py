"""`copperdesk office walk`: a built-in caller walks every path of an office, and tells what each of them reaches."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from appliance.cli.table import columns
from appliance.clock import RealClock, run_virtual
from appliance.office.callflow import CallFlow
from appliance.office.model import Office
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.prompts.synthesis import SynthesisFailed
from appliance.unit import office_languages, office_words
from appliance.walk.judging import Judge
from appliance.walk.path import paths
from appliance.walk.picture import NoGraphviz, need_graphviz, svg
from appliance.walk.report import Report, report
from appliance.walk.team import Told, UnitFaults, WalkFailed, walk
from appliance.wav.target import cannot_write

MOMENT = "%Y-%m-%d %H:%M"


def walk_office(office: Office, at: datetime | None, *, as_json: bool, picture: Path | None) -> int:
    """Walk it, tell, and draw the picture. Exit status 1 where there is a finding, or something could not be done.

    at: None: now.
    """
    if picture is not None and (refused := cannot_write(picture)):
        return _wrong(refused)
    flow = CallFlow(office)
    try:
        if picture is not None:
            need_graphviz()
        found = _walked(office, at)
        if picture is not None:
            picture.write_text(svg(flow, {problem.path for problem in found.findings}), encoding="utf-8")
    except (NoGraphviz, SynthesisFailed, WalkFailed) as error:
        return _wrong(str(error))
    if as_json:
        print(json.dumps(found.as_json(), indent=2, ensure_ascii=False))
    else:
        print(*columns(found.rows()), sep="\n")
        for problem in found.findings:
            print(f"finding: {problem}", *([f"    {problem.mend}"] if problem.mend else []), sep="\n", file=sys.stderr)
        print(_summary(found))
    if picture is not None:
        print(f"{picture}: the call flow", file=sys.stderr)
    return 1 if found.findings else 0


def _walked(office: Office, at: datetime | None) -> Report:
    flow, languages = CallFlow(office), office_languages(office)
    moment = at or RealClock().now()
    local = office.local(moment)
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


def _summary(found: Report) -> str:
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

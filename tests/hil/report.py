"""The report: one HTML file with all figures and pictures, and the recorded calls beside it as WAV files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

import numpy as np

from appliance.wav.clip import write_stereo
from hw.audio import seconds_of
from tests.hil.figures import Figure, Figures, Recording
from tests.hil.plots import waves
from tests.hil.stamp import Stamp

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"

STYLE = """
body { font: 15px/1.45 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; color: #222 }
table { border-collapse: collapse; margin: .6em 0 }
td, th { text-align: left; padding: .2em .9em .2em 0; border-bottom: 1px solid #ddd; vertical-align: top }
td.number { text-align: right; white-space: nowrap }
.passed { color: #24722f } .failed { color: #b3261e; font-weight: bold } .skipped { color: #777 }
h2 { margin: 2em 0 .3em; border-top: 2px solid #222; padding-top: .4em } h3 { margin: 1em 0 .2em; font-size: 1em }
pre { background: #f5f5f2; padding: .8em; overflow: auto; white-space: pre-wrap } svg { max-width: 100%; height: auto }
figure { margin: .8em 0 } figcaption { color: #555 } audio { vertical-align: middle; height: 2em }
"""


@dataclass(frozen=True, slots=True)
class Case:
    """One case, as the report tells it."""

    name: str
    """The name of the case."""
    shows: str
    """What it shows, in a sentence."""
    outcome: str
    """`passed`, `failed` or `skipped`."""
    reason: str
    """Why it failed or was skipped."""
    seconds: float
    """How long it took."""
    found: Figures
    """What it has measured."""


def write_report(folder: Path, stamp: Stamp, cases: Sequence[Case]) -> Path:
    """report.html in this folder, and its recordings. The files of an earlier report are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.wav"):
        old.unlink()
    parts = [_head(stamp, cases), _summary(cases)]
    for number, case in enumerate(cases, start=1):
        parts.append(_section(folder, number, case))
    parts.append(f"<h2>Configuration</h2><pre>{escape(stamp.configuration)}</pre></body></html>\n")
    page = folder / "report.html"
    page.write_text("\n".join(parts), encoding="utf-8")
    return page


def write_wav(path: Path, recording: Recording) -> None:
    """Write a recording as a stereo WAV file: what was said on the left, what was heard on the right."""
    length = min(len(recording.said), len(recording.heard))
    write_stereo(path, np.stack([recording.said[:length], recording.heard[:length]], axis=1).reshape(-1))


def verdict(cases: Sequence[Case]) -> str:
    """The outcome of all cases in one line."""
    counts = {outcome: sum(case.outcome == outcome for case in cases) for outcome in (PASSED, FAILED, SKIPPED)}
    return ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count) or "no case was run"


def figure_cells(figure: Figure) -> tuple[str, str, str, str]:
    """Name, value, limit and verdict of a figure, as in every table of them."""
    met = {True: "met", False: "NOT MET", None: ""}[figure.met]
    return figure.name, figure.shown, str(figure.limit or ""), met


def _head(stamp: Stamp, cases: Sequence[Case]) -> str:
    facts = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in stamp.facts.items())
    failed = any(case.outcome == FAILED for case in cases)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(stamp.title)}</title>'
        f"<style>{STYLE}</style></head><body><h1>{escape(stamp.title)}</h1>"
        f'<p class="{FAILED if failed else PASSED}">{escape(verdict(cases))}</p><table>{facts}</table>'
    )


def _summary(cases: Sequence[Case]) -> str:
    rows = []
    for number, case in enumerate(cases, start=1):
        held = [figure for figure in case.found.figures if figure.met is not None]
        limits = f"{sum(bool(figure.met) for figure in held)} of {len(held)}" if held else ""
        rows.append(
            f'<tr><td><a href="#case-{number}">{escape(case.name)}</a></td>'
            f'<td class="{case.outcome}">{case.outcome}</td>'
            f'<td class="number">{limits}</td><td class="number">{case.seconds:.1f} s</td></tr>'
        )
    return f"<table><tr><th>case</th><th></th><th>limits met</th><th>took</th></tr>{''.join(rows)}</table>"


def _section(folder: Path, number: int, case: Case) -> str:
    found = case.found
    parts = [
        f'<h2 id="case-{number}">{escape(case.name)}: <span class="{case.outcome}">{case.outcome}</span></h2>',
        f"<p>{escape(case.shows)}</p>",
        f"<pre>{escape(case.reason)}</pre>" if case.reason else "",
        _table(found.figures) if found.figures else "",
    ]
    parts += [f"<figure><figcaption>{escape(title)}</figcaption>{svg}</figure>" for title, svg in found.plots.items()]
    for recording in found.recordings:
        name = f"{number:02}-{re.sub(r'[^a-z0-9]+', '-', f'{case.name} {recording.name}'.lower()).strip('-')}.wav"
        write_wav(folder / name, recording)
        parts.append(
            f"<figure><figcaption>{escape(recording.name)}, {seconds_of(recording.heard):.1f} s: said (left) and "
            f'heard (right). <audio controls preload="none" src="{name}"></audio> <a href="{name}">{name}</a>'
            f"</figcaption>{waves({'said': recording.said, 'heard': recording.heard})}</figure>"
        )
    return "\n".join(filter(None, parts))


def _table(figures: Sequence[Figure]) -> str:
    rows = []
    for figure in figures:
        name, shown, limit, met = figure_cells(figure)
        source = figure.limit.source if figure.limit else ""
        kind = {True: PASSED, False: FAILED, None: ""}[figure.met]
        rows.append(
            f'<tr><td>{escape(name)}</td><td class="number">{escape(shown)}</td><td>{escape(limit)}</td>'
            f'<td class="{kind}">{met}</td><td>{escape(source)}</td></tr>'
        )
    head = "<tr><th>figure</th><th></th><th>limit</th><th></th><th>why this limit</th></tr>"
    return f"<table>{head}{''.join(rows)}</table>"

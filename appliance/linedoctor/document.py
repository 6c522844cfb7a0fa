"""The report of a line test: one HTML page that has everything in it, its pictures and sounds too."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from datetime import datetime
from html import escape

from appliance.linedoctor.findings import LineFinding
from appliance.linedoctor.measured import LineMeasured
from appliance.linedoctor.plots import STYLE as PLOT_STYLE
from appliance.linedoctor.plots import frequencies, loudness
from appliance.linedoctor.proposals import LineProposal
from appliance.wav.clip import written_clip
from hw.audio import Samples

STYLE = """
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5b6775; --paper: #fff; --line: #d5dbe2; --bad: #b3261e;
        --good: #1f7a3d; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf0; --soft: #9aa7b5; --paper: #14181d; --line: #303943; --bad: #ff8a80; --good: #7bd69a; }
}
body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); margin: 2rem auto;
       max-width: 46rem; padding: 0 1rem; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; } .soft { color: var(--soft); }
dl { display: grid; grid-template-columns: minmax(8rem, 12rem) 1fr; gap: .5rem 1rem; }
dt { font-weight: 600; } dd { margin: 0; } .trouble { color: var(--bad); } .sure { color: var(--soft); }
@media (max-width: 30rem) { dl { grid-template-columns: 1fr; } dd { margin-bottom: .5rem; } }
figure { margin: 1.5rem 0; border-top: 1px solid var(--line); padding-top: 1rem; }
figcaption { font-weight: 600; } audio, svg { width: 100%; display: block; margin: .5rem 0; }
code { font-size: .95em; }
"""


def document(
    found: LineMeasured, findings: Sequence[LineFinding], proposals: Sequence[LineProposal], when: datetime
) -> str:
    """The page. when: of the test, on the office's clock."""
    troubles = [finding for finding in findings if finding.trouble]
    verdict = "The line is well." if not troubles else f"{len(troubles)} of these need a look."
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Line test: {escape(found.line)}</title><style>{STYLE}{PLOT_STYLE}</style></head><body>
<h1>Line test: {escape(found.line)}</h1>
<p class="soft">{when:%Y-%m-%d %H:%M}. Levels are in dBm0, frequencies in Hz.</p>
<p>{verdict}</p>
<h2>What was found</h2>
<dl>{"".join(_finding(finding) for finding in findings)}</dl>
{_proposed(proposals)}
<h2>What was heard</h2>
{"".join(_recording(name, samples) for name, samples in found.recordings.items())}
</body></html>
"""


def _finding(finding: LineFinding) -> str:
    told = f'<span class="trouble">{escape(finding.told)}</span>' if finding.trouble else escape(finding.told)
    return f'<dt>{escape(finding.heading)}</dt><dd>{told} <span class="sure">{sure(finding.confidence)}</span></dd>'


def sure(confidence: float) -> str:
    """How sure a finding is, in a word."""
    if confidence >= 0.85:
        return "(sure)"
    return "(likely)" if confidence >= 0.5 else "(a guess)"


def _proposed(proposals: Sequence[LineProposal]) -> str:
    if not proposals:
        return "<h2>What should be set</h2><p>Nothing: the line is set up as it is.</p>"
    rows = (
        f"<dt><code>{escape(one.field)}</code></dt><dd><code>{escape(one.written)}</code>: {escape(one.why)}.</dd>"
        for one in proposals
    )
    return f"<h2>What should be set</h2><dl>{''.join(rows)}</dl>"


def _recording(name: str, samples: Samples) -> str:
    sound = base64.b64encode(written_clip(samples)).decode("ascii")
    return (
        f"<figure><figcaption>{escape(name[0].upper() + name[1:])}</figcaption>"
        f'<audio controls preload="none" src="data:audio/wav;base64,{sound}"></audio>'
        f"{loudness(samples)}{frequencies(samples)}</figure>"
    )

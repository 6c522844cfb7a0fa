"""The report of a line test: one HTML page that has everything in it, its pictures and sounds too."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from datetime import datetime
from html import escape

from appliance.linedoctor.findings import LineFinding
from appliance.linedoctor.measured import LineMeasured
from appliance.linedoctor.plots import STYLE as PLOT_STYLE
from appliance.linedoctor.plots import frequencies, loudness
from appliance.linedoctor.proposals import LineProposal
from appliance.wav.clip import written_clip
from hw.audio import Samples
from hw.said import counted, said

UNITS = said("Levels are in dBm0, frequencies in Hz.")
HEARD = said("What was heard")
LOUDNESS, FREQUENCIES = said("Level over time"), said("Frequencies")

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


TellIn = Callable[[str], str]
"""A text in the language of the page."""


def document(
    found: LineMeasured,
    findings: Sequence[LineFinding],
    proposals: Sequence[LineProposal],
    when: datetime,
    say: TellIn = str,
    language: str = "en",
) -> str:
    """The page. when: of the test, on the office's clock. say: tells its texts in this language."""
    title = escape(say(said("Line test: %(line)s", line=found.line)))
    return f"""<!doctype html>
<html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{STYLE}{PLOT_STYLE}</style></head><body>
<h1>{title}</h1>
<p class="soft">{when:%Y-%m-%d %H:%M}. {escape(say(UNITS))}</p>
{_results(findings, proposals, say)}
<h2>{escape(say(HEARD))}</h2>
{"".join(_recording(name, samples, say) for name, samples in found.recordings.items())}
</body></html>
"""


def texts(found: LineMeasured, findings: Sequence[LineFinding], proposals: Sequence[LineProposal]) -> list[str]:
    """All that `document` has told, each once."""
    asked: list[str] = [said("Line test: %(line)s", line=found.line), UNITS, HEARD, LOUDNESS, FREQUENCIES]

    def note(text: str) -> str:
        asked.append(text)
        return text

    _results(findings, proposals, note)
    for name in found.recordings:
        note(name)
    return list(dict.fromkeys(asked))


def _results(findings: Sequence[LineFinding], proposals: Sequence[LineProposal], say: TellIn) -> str:
    troubles = sum(finding.trouble for finding in findings)
    verdict = said("The line is well.")
    if troubles:
        verdict = counted("%(num)s of these needs a look.", "%(num)s of these need a look.", troubles)
    return f"""<p>{escape(say(verdict))}</p>
<h2>{escape(say(said("What was found")))}</h2>
<dl>{"".join(_finding(finding, say) for finding in findings)}</dl>
<h2>{escape(say(said("What should be set")))}</h2>
{_proposed(proposals, say)}"""


def _finding(finding: LineFinding, say: TellIn) -> str:
    told = escape(say(finding.told))
    told = f'<span class="trouble">{told}</span>' if finding.trouble else told
    confidence = escape(say(sure(finding.confidence)))
    return f'<dt>{escape(say(finding.heading))}</dt><dd>{told} <span class="sure">{confidence}</span></dd>'


def sure(confidence: float) -> str:
    """How sure a finding is, in a word."""
    if confidence >= 0.85:
        return "(sure)"
    return "(likely)" if confidence >= 0.5 else "(a guess)"


def _proposed(proposals: Sequence[LineProposal], say: TellIn) -> str:
    if not proposals:
        return f"<p>{escape(say(said('Nothing: the line is set up as it is.')))}</p>"
    rows = (
        f"<dt>{escape(say(one.field))}</dt><dd>{escape(say(one.written))}: {escape(say(one.why))}.</dd>"
        for one in proposals
    )
    return f"<dl>{''.join(rows)}</dl>"


def _recording(name: str, samples: Samples, say: TellIn) -> str:
    sound = base64.b64encode(written_clip(samples)).decode("ascii")
    title, told = say(name), (say(LOUDNESS), say(FREQUENCIES))
    return (
        f"<figure><figcaption>{escape(title[0].upper() + title[1:])}</figcaption>"
        f'<audio controls preload="none" src="data:audio/wav;base64,{sound}"></audio>'
        f"{loudness(samples, title=escape(told[0]))}{frequencies(samples, title=escape(told[1]))}</figure>"
    )

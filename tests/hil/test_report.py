"""The report: whole HTML with every figure in it, pictures that are SVG, and recordings that can be played."""

from __future__ import annotations

import math
import wave
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.hil.benchfile import load_bench
from tests.hil.figures import Figures, Recording
from tests.hil.limits import LIMITS
from tests.hil.plots import bars, curves, waves
from tests.hil.report import Case, verdict, write_report
from tests.hil.signals import noise, tone
from tests.hil.stamp import stamp_of

VOID = {"meta", "br", "img", "circle", "path", "polyline", "rect"}


class Page(HTMLParser):
    """Whether all elements are closed, what stands in them, and what they refer to."""

    def __init__(self, text):
        super().__init__()
        self.open, self.refers, self.words = [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.refers |= {value for name, value in attributes if name in ("src", "href") and not value.startswith("#")}
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        pass

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.append(data)


def found():
    figures = Figures(LIMITS)
    figures.add("first ring to answer", 3.25, limit="answer_seconds")
    figures.add("echo", 12.5, limit="echo_return_loss_db")
    figures.add("calls", 4, "calls")
    figures.plots["Ring to answer"] = curves({"fxo-1": [(1, 3.2), (2, 3.3)]}, "call", "s", limit=8)
    figures.recordings.append(Recording("1: trunk fxo-1", tone(0.5), noise(0.5)))
    return figures


CASES = [
    Case("answer", "Every line is answered.", "passed", "", 4.2, found()),
    Case("keys", "Keys < & >.", "failed", "not met: <script>alert(1)</script>", 9.0, Figures(LIMITS)),
    Case("flash", "A flash.", "skipped", "the bench file names no station", 0.0, Figures(LIMITS)),
]


def report(folder):
    bench = load_bench(Path(__file__).parent / "bench.toml")
    stamp = stamp_of(bench, simulated=False, short=False, now=datetime(2026, 3, 4, 9, 30, tzinfo=UTC))
    return write_report(folder, stamp, CASES).read_text("utf-8")


def test_a_report_is_whole_and_stamped_with_what_was_tried(tmp_path):
    text = report(tmp_path)
    page = Page(text)
    assert page.open == []
    words = " ".join(page.words)
    for wanted in (
        "2026-03-04 09:30:00",
        "Grandstream HT813",
        "V1.1A",
        "1.0.17.5",
        "Raspberry Pi 4B, line card A400",
        "soak_minutes = 60",
        "1 passed, 1 failed, 1 skipped",
        "3.25 s",
        "at most 8 s",
        "NOT MET",
        "the bench file names no station",
    ):
        assert wanted in words
    assert "<script>" not in text


def test_a_report_refers_to_nothing_but_its_own_recordings(tmp_path):
    page = Page(report(tmp_path))
    assert page.refers == {"01-answer-1-trunk-fxo-1.wav"}
    with wave.open(str(tmp_path / "01-answer-1-trunk-fxo-1.wav")) as file:
        assert file.getparams()[:4] == (2, 2, 8000, 4000)
        both = np.frombuffer(file.readframes(4000), "<i2").reshape(-1, 2)
    assert np.array_equal(both[:, 0], tone(0.5))
    assert np.array_equal(both[:, 1], noise(0.5))


def test_a_new_report_leaves_no_recording_of_the_last(tmp_path):
    (tmp_path / "07-old.wav").write_bytes(b"")
    (tmp_path / "notes.txt").write_text("mine")
    report(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "01-answer-1-trunk-fxo-1.wav",
        "notes.txt",
        "report.html",
    ]


def test_a_figure_is_held_against_its_limit():
    figures = found()
    assert [figure.met for figure in figures.figures] == [True, False, None]
    assert [figure.name for figure in figures.missed] == ["echo"]
    assert [figure.shown for figure in figures.figures] == ["3.25 s", "12.5 dB", "4 calls"]
    assert verdict([]) == "no case was run"


@pytest.mark.parametrize(
    "svg",
    [
        curves({"a": [(0, 1), (1, math.inf), (2, 3)], "b": [(0, 2), (2, 2)]}, "s", "dB", limit=2.5, points=True),
        curves({"one": [(1, 5)]}, "s", "<&>"),
        curves({"level": [(0, 0), (1, 0)]}, "s", ""),
        bars({"1": 5, "2": 0, "<3>": 4}, "times", limit=5),
        waves({"said": tone(1.0), "heard": noise(2.0)}),
        waves({"nothing": np.zeros(100, np.int16)}),
    ],
)
def test_pictures_are_svg_with_all_points_inside(svg):
    root = ElementTree.fromstring(svg)
    assert root.tag.endswith("svg")
    for circle in root.iter("{http://www.w3.org/2000/svg}circle"):
        assert 0 <= float(circle.get("cx")) <= 720
        assert 0 <= float(circle.get("cy")) <= 220


def test_of_nothing_there_is_no_picture():
    assert curves({"a": []}, "s", "dB") == ""
    assert bars({}, "times") == ""
    assert waves({}) == ""

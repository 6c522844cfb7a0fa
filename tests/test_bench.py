"""The benchmark's table and its file."""

import json

import numpy as np
import pytest

import tests.bench.__main__ as bench
from tests.bench.figure import Figure


def test_figures_become_a_table_and_a_file_whatever_numbers_they_hold(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    figure = Figure("delay", np.float64(39.5), "ms", "<= 40", np.bool_(True))
    monkeypatch.setattr(bench, "figures_of", lambda name: [figure])
    assert bench.main(["call"]) == 0
    assert "1 of 1 targets met" in capsys.readouterr().out
    written = json.loads((tmp_path / "bench.json").read_text())
    assert written["figures"] == {
        "call": [{"name": "delay", "value": 39.5, "unit": "ms", "target": "<= 40", "met": True}]
    }


def test_a_benchmark_that_cannot_be_measured_is_named_and_the_others_go_on(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def figures(name: str) -> list[Figure]:
        if name == "echo":
            raise RuntimeError("no library")
        return [Figure("speed", 1.0, "x")]

    monkeypatch.setattr(bench, "figures_of", figures)
    assert bench.main(["echo", "tones"]) == 1
    assert "echo could not be measured: RuntimeError: no library" in capsys.readouterr().err
    assert json.loads((tmp_path / "bench.json").read_text())["failed"] == {"echo": "RuntimeError: no library"}


@pytest.mark.parametrize("wanted", ["nonsense", "figure"])
def test_a_benchmark_there_is_not_is_refused_with_those_there_are(wanted, capsys):
    assert bench.main([wanted]) == 2
    assert "there are: call, callerid, daemon, dtmf, echo, media, sip, tones" in capsys.readouterr().err

"""The kit as it is used: the short selection in simulation, in real time, and what is said where it cannot run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from appliance.cli import hil
from appliance.cli.main import main

HERE = Path(__file__).parent
SIMULATED = str(HERE / "simulated.toml")


def test_the_short_selection_in_simulation(tmp_path):
    command = [sys.executable, "-m", "appliance.cli", "hil", SIMULATED, "--simulated", "--short", "--report"]
    done = subprocess.run([*command, str(tmp_path)], capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "[1/2] answer: Every line rings" in done.stdout
    assert "2 passed" in done.stdout
    cases = list(ElementTree.parse(tmp_path / "junit.xml").iter("testcase"))
    assert len(cases) == 2
    names = [one.get("name") for case in cases for one in case.iter("property")]
    assert "line to telephone: loss" in names
    page = (tmp_path / "report.html").read_text("utf-8")
    recordings = sorted(path.name for path in tmp_path.glob("*.wav"))
    assert len(recordings) == 3
    assert all(f'src="{name}"' in page for name in recordings)


def test_without_a_bench_file_it_says_where_one_is(capsys):
    assert main(["hil", "nowhere.toml"]) == 1
    assert "nowhere.toml is not there; tests/hil/bench.toml is one to begin your own from" in capsys.readouterr().err


def test_an_unknown_case_is_told_with_those_there_are(capsys):
    assert main(["hil", SIMULATED, "--only", "keyz"]) == 1
    said = capsys.readouterr().err
    assert "no case 'keyz'" in said
    assert "answer, audio, callerid" in said


def test_without_the_source_tree_it_says_what_is_missing(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(hil, "ROOT", tmp_path)
    assert main(["hil", SIMULATED]) == 1
    assert "They are part of the source tree" in capsys.readouterr().err


def test_without_pytest_it_says_how_to_install_it(monkeypatch, capsys):
    monkeypatch.setattr(hil.importlib.util, "find_spec", lambda _name: None)
    assert main(["hil", SIMULATED]) == 1
    assert "make setup" in capsys.readouterr().err


@pytest.mark.parametrize("name", hil.cases(HERE))
def test_every_case_stands_in_the_documents(name):
    assert f"| `{name}` |" in (HERE.parents[1] / "docs/hil.md").read_text("utf-8")

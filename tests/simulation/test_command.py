"""The command: what it prints, what it writes, and its exit status. Its units are processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.cli import simulate
from appliance.cli.main import main
from appliance.scenario import actions as act
from appliance.scenario import environment
from appliance.simulation import words
from appliance.simulation.office import setting_of
from appliance.simulation.promises import Violation
from appliance.simulation.running import FIRST_DAY, Finding
from appliance.simulation.team import DayPassed
from appliance.simulation.trace import Done
from hw.panel.led import LedPattern
from hw.sim.led import SimLed

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "offices" / "ridge-contracting.json"


class BrokenLed(SimLed):
    """An LED that stays dark, whatever it is told."""

    def show(self, pattern: LedPattern) -> None:
        super().show(LedPattern.OFF)


def test_a_day_without_a_violation_ends_with_0_and_is_counted(capsys, tmp_path):
    options = ["--days", "1", "--calls", "2", "--units", "1", "--office", str(EXAMPLE), "--out", str(tmp_path)]
    assert main(["simulate", *options]) == 0
    told = capsys.readouterr()
    assert "2 days, " in told.out  # One of them with whole prompts.
    assert ", 0 violations, in " in told.out
    assert "day 2 of 2: " in told.err
    assert list(tmp_path.iterdir()) == []


LEAVES_A_MESSAGE = (
    Done(2.0, act.Lifts("David")),
    Done(2.8, act.Presses("David", "5550103")),
    Done(9.7, act.Presses("David", "3")),
    Done(13.1, act.Says("David", words.MESSAGE)),
    Done(17.0, act.HangsUp("David")),
)


def test_a_violation_ends_with_1_and_is_written_as_a_scenario(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "SimLed", BrokenLed)
    dark = Violation("a lamp is wrong", "the LED", 40.0, "led is lit within 2s")
    day = DayPassed(0, 1, 1, 80_000_000, [Finding(dark, LEAVES_A_MESSAGE, FIRST_DAY, setting_of(None, 0.4))])
    monkeypatch.setattr(simulate, "simulate_at_once", lambda *_: (one for one in [day]))
    assert main(["simulate", "--days", "1", "--out", str(tmp_path)]) == 1
    assert "day 1, 00:00  a lamp is wrong: the LED" in capsys.readouterr().out
    (written,) = tmp_path.iterdir()
    assert written.name == "a-lamp-is-wrong-1.scenario"
    assert main(["play", str(written)]) == 1
    assert "not met: led is lit within 2s" in capsys.readouterr().out


def test_a_unit_that_needs_more_and_more_memory_ends_with_1(capsys, monkeypatch, tmp_path):
    days = [DayPassed(0, day + 1, 1, 80_000_000 + 100_000 * day) for day in range(90)]
    monkeypatch.setattr(simulate, "simulate_at_once", lambda *_: (one for one in days))
    assert main(["simulate", "--days", "90", "--out", str(tmp_path)]) == 1
    assert "unit 1: 82.9 MB in the first month, 88.9 MB in the last" in capsys.readouterr().out


@pytest.mark.parametrize("options", [["--days", "0"], ["--units", "0"], ["--calls", "0"]])
def test_nothing_to_simulate_is_told(capsys, options):
    assert main(["simulate", *options]) == 1
    assert "there must be a day, a unit and a call at least" in capsys.readouterr().err


def test_an_office_that_cannot_be_used_is_told(capsys, tmp_path):
    assert main(["simulate", "--office", str(tmp_path / "none.json"), "--out", str(tmp_path)]) == 1
    assert "there is no office 'none.json'" in capsys.readouterr().err

"""A week at an office, and what is told where something is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.clock import run_virtual
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.scenario import environment
from appliance.scenario.environment import fixed_clips, speak
from appliance.scenario.officefile import office_reader
from appliance.scenario.parser import parse
from appliance.scenario.runner import play
from appliance.simulation.office import setting_of
from appliance.simulation.population import Population
from appliance.simulation.running import Passed, simulate
from appliance.simulation.shrinking import scenario_of
from hw.panel.led import LedPattern
from hw.sim.led import SimLed

CUT_OFF_S = 0.4
USUAL = setting_of(None, CUT_OFF_S)


class LyingLed(SimLed):
    """An LED that stays dark, whatever it is told."""

    def show(self, pattern: LedPattern) -> None:
        super().show(LedPattern.OFF)


@pytest.fixture(scope="module")
def prompts() -> PromptLibrary:
    return PromptLibrary(default_cache())


def passed(prompts: PromptLibrary, folder: Path, *, days: int, calls: float, seed: int) -> Passed:
    population = Population().scaled(calls)
    return run_virtual(lambda: simulate(USUAL, population, prompts, folder, first=0, days=days, seed=seed))


def test_in_a_week_no_promise_is_broken(prompts, tmp_path):
    week = passed(prompts, tmp_path, days=7, calls=3.0, seed=2)
    assert [(one.violation.kind, one.violation.what) for one in week.findings] == []
    assert week.days == 7
    assert week.calls > 20
    assert len(week.habits) > 12


def test_a_lamp_that_lies_is_shown_by_the_shortest_scenario(prompts, tmp_path, monkeypatch):
    monkeypatch.setattr(environment, "SimLed", LyingLed)
    day = passed(prompts, tmp_path, days=1, calls=2.0, seed=10)
    text = scenario_of(day.findings[0], prompts)
    scenario = parse(text, "lamp.scenario", office_reader(Path()))
    acts = [step.text for step in scenario.steps if not step.text.startswith("wait ")]
    caller = acts[0].split()[0]
    assert acts[0] == f"{caller} lifts"
    assert len(acts) <= 6
    assert acts[-1] == "led is lit within 2s"
    run_virtual(lambda: speak([scenario], prompts))
    told = play(scenario, prompts, fixed_clips(prompts), Path()).failure
    assert told is not None
    assert (told.text, told.instead) == ("led is lit within 2s", "it is dark")
    monkeypatch.undo()
    assert play(scenario, prompts, fixed_clips(prompts), Path()).failure is None


def test_the_same_seed_gives_the_same_day(prompts, tmp_path):
    once, again = (passed(prompts, tmp_path / name, days=1, calls=1.0, seed=9).habits for name in ("once", "again"))
    assert once == again

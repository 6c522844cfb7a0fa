"""The shortest list of acts that shows a violation, and the scenario that is written of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appliance.scenario import actions as act
from appliance.scenario.officefile import office_reader
from appliance.scenario.parser import parse
from appliance.simulation.office import cast, setting_of
from appliance.simulation.promises import Violation
from appliance.simulation.running import FIRST_DAY
from appliance.simulation.shrinking import BEGINS_S, LONGEST_PAUSE_S, drawn_together, shrunk, written
from appliance.simulation.trace import Done, steps

SEEN = Violation("a lamp is wrong", "the LED", 9.0, "led is lit within 2s")


def lifts(at_s: float, who: str = "Alice") -> Done:
    return Done(at_s, act.Lifts(who))


@given(st.sets(st.integers(0, 59), min_size=1), st.integers(60, 80))
def test_what_is_needed_is_kept_and_nothing_else(needed: set[int], size: int) -> None:
    done = [lifts(float(at)) for at in range(size)]

    def shows(chosen):
        return SEEN if needed <= {int(one.at_s) for one in chosen} else None

    assert [int(one.at_s) for one in shrunk(done, shows)] == sorted(needed)


@given(st.lists(st.booleans(), min_size=4, max_size=16))
def test_without_any_single_act_of_the_shortest_list_nothing_is_seen(odd: list[bool]) -> None:
    done = [lifts(float(at)) for at in range(len(odd))]

    def shows(chosen):  # Acts that need each other in pairs, as lifting and hanging up do.
        return SEEN if len(chosen) >= 2 and sum(odd[int(one.at_s)] for one in chosen) % 2 == sum(odd) % 2 else None

    shortest = shrunk(done, shows)
    assert shows(shortest) is not None
    assert all(shows(shortest[:at] + shortest[at + 1 :]) is None for at in range(len(shortest)))


def test_long_pauses_are_shortened_and_short_ones_kept():
    done = [lifts(5000.0), lifts(5001.25), lifts(9000.0)]
    assert [one.at_s for one in drawn_together(done)] == pytest.approx([BEGINS_S, 3.25, 3.25 + LONGEST_PAUSE_S])


DONE = [
    Done(2.0, act.Lifts("Alice")),
    Done(2.8, act.Presses("Alice", "5550100", 50, 50)),
    Done(9.13, act.Presses("Alice", "3", 300, 600)),
    Done(9.13, act.Fault("line 2", "cut")),
    Done(12.0, act.Says("Alice", "Please call me back.")),
    Done(13.0, act.Circuits("4075550150", busy=True)),
    Done(14.0, act.SendsFaxTone("Alice", 12.0)),
    Done(20.0, act.PowerFails(7.0)),
    Done(30.0, act.Flashes("front desk", None)),
    Done(31.0, act.HangsUp("Alice")),
]


def test_a_scenario_does_the_same_at_the_same_times():
    setting = setting_of(None, 0.4)
    text = written(cast(setting, FIRST_DAY), DONE, Violation(SEEN.kind, SEEN.what, 40.0, SEEN.proof))
    scenario = parse(text, "it", office_reader(Path()))
    now_s, done = 0.0, []
    for step in scenario.steps:
        if isinstance(step.action, act.Waits):
            now_s += step.action.seconds
        else:
            done.append((round(now_s, 2), step.action))
    assert done == [*((one.at_s, one.action) for one in DONE), (40.0, act.LedIs(True, 2.0))]
    assert "Boris" not in scenario.setup.outsiders
    assert scenario.setup.longest_prompt_s == 0.4


def test_what_takes_time_does_not_delay_what_comes_behind():
    assert steps([Done(1.0, act.Says("Alice", "Hello?")), Done(1.5, act.HangsUp("Alice"))]) == [
        "wait 1000ms",
        'meanwhile Alice says "Hello?"',
        "wait 500ms",
        "Alice hangs up",
    ]

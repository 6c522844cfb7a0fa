"""Every scenario in this folder, played in virtual time."""

from __future__ import annotations

from pathlib import Path

import pytest

from appliance.scenario.play import read_scenario, told
from appliance.scenario.runner import play
from appliance.scenario.settings import BEHAVIOURS
from appliance.scenario.verbs import VERBS
from tests.onloop import behind_real_time

SCENARIOS = sorted(Path(__file__).parent.glob("*.scenario"))
ENDINGS = ("loop-break", "polarity", "busy", "reorder", "silence")
PLACES = ("in-the-menu", "while-ringing", "in-a-conversation", "while-recording")


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_scenario(path, spoken, spoken_base):
    with behind_real_time():
        played = play(read_scenario(path), spoken, spoken_base, path.parent)
    assert played.failure is None, "\n" + told(played)


def test_every_ending_is_played_in_every_place():
    names = {path.stem for path in SCENARIOS}
    assert {f"ending-{ending}-{place}" for ending in ENDINGS for place in PLACES} - names == set()


def test_every_verb_and_every_behaviour_is_used():
    written = "\n".join(path.read_text(encoding="utf-8") for path in SCENARIOS)
    assert [words for words in (*(verb.words for verb in VERBS), *BEHAVIOURS) if words not in written] == []


def test_every_scenario_has_a_title_and_none_twice():
    titles = [read_scenario(path).setup.title for path in SCENARIOS]
    assert all(titles)
    assert sorted(titles) == sorted(set(titles))


def test_the_page_on_how_people_are_found_shows_and_names_scenarios_that_are_here():
    page = (Path(__file__).parents[2] / "docs" / "finding.md").read_text(encoding="utf-8")
    section = page.split("## To see and to hear it", 1)[1]
    shown = next(path for path in SCENARIOS if f"{path.name}`:" in section)
    assert section.split("```")[1].lstrip() == shown.read_text(encoding="utf-8")
    rows = [line.split("|")[2] for line in section.splitlines() if line.startswith("| ") and "`" in line]
    named = [name.strip(" `") for row in rows for name in row.split(",")]
    assert set(named) - {path.stem for path in SCENARIOS} == set()
    assert len(named) > len(rows)

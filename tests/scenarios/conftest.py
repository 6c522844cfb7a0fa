"""What the scenarios share: every word spoken once, in one process, whichever test asks first."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from appliance.clock import run_virtual
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.prompts.voice import best_voice
from appliance.scenario.clipbook import ClipBook
from appliance.scenario.play import read_scenario
from appliance.scenario.stage import fixed_clips, sayables

SCENARIOS = sorted(Path(__file__).parent.glob("*.scenario"))


@pytest.fixture(scope="session")
def prompts() -> PromptLibrary:
    """Every fixed clip, and every word of every scenario. Test processes wait for one another at the cache's door."""
    library = PromptLibrary(default_cache(), best_voice())
    said = [sayable for path in SCENARIOS for sayable in sayables(read_scenario(path))]
    default_cache().mkdir(parents=True, exist_ok=True)
    with (default_cache() / "scenarios.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        run_virtual(lambda: library.prepare(said))
    return library


@pytest.fixture(scope="session")
def base(prompts: PromptLibrary) -> ClipBook:
    return fixed_clips(prompts)

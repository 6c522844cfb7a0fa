"""The clips every test of the prompts shares: spoken once, kept in the user's cache between runs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from appliance.clock import run_virtual
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary, default_cache
from appliance.prompts.voice import Voice, best_voice

ENGLISH = language("en")


@pytest.fixture(scope="session")
def voice() -> Voice:
    return best_voice(ENGLISH)


@pytest.fixture(scope="session")
def library(voice: Voice) -> PromptLibrary:
    """Every fixed clip in English, and nothing else."""
    prompts = PromptLibrary(default_cache(), lambda _: voice)
    run_virtual(lambda: prompts.prepare([], [ENGLISH]))
    return prompts


@pytest.fixture
def full_cache(library: PromptLibrary, tmp_path: Path) -> Path:
    """A copy of the cache with every fixed clip, to be broken at will."""
    folder = tmp_path / "cache"
    folder.mkdir()
    for text in library.texts(ENGLISH):
        shutil.copy(library.path(ENGLISH, text), folder)
    return folder

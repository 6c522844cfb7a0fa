"""What the tests of the walk share: every word of the offices walked, spoken once."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from typing import Any

import pytest

from appliance.clock import run_virtual
from appliance.office.document import parse_office
from appliance.office.model import Office
from appliance.officewords import office_languages, office_words
from appliance.prompts.library import PromptLibrary, default_cache

Prepared = Callable[[dict[str, Any]], tuple[Office, PromptLibrary]]


@pytest.fixture(scope="session")
def prepared() -> Prepared:
    """The office of a document with all it says spoken. Test processes wait for one another at the cache's door."""
    prompts = PromptLibrary(default_cache())

    def prepare(document: dict[str, Any]) -> tuple[Office, PromptLibrary]:
        office = parse_office(document)
        default_cache().mkdir(parents=True, exist_ok=True)
        with (default_cache() / "walk.lock").open("w") as door:
            fcntl.flock(door, fcntl.LOCK_EX)
            run_virtual(lambda: prompts.prepare(office_words(office), office_languages(office)))
        return office, prompts

    return prepare

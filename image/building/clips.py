"""The prompts of every language, spoken beforehand by the voice of this machine, as a new unit has them."""

from __future__ import annotations

import shutil
from pathlib import Path

from appliance.assembly import DEFAULT_COUNTRY
from appliance.clock import run_virtual
from appliance.office.builtin import builtin_office
from appliance.office.languages import DEFAULT_LANGUAGE, LANGUAGES
from appliance.office.phrase import Sayable
from appliance.officewords import office_words
from appliance.prompts.languages import language
from appliance.prompts.library import PromptLibrary
from appliance.prompts.wording import fixed_texts, free_texts
from image.building.steps import BuildSteps

PROMPTS = "opt/copperdesk/prompts"
PORTS = 8
"""A unit that nobody has set up yet says the names of its telephones: of so many they are spoken beforehand."""


def put_prompts(root: Path, cache: Path, steps: BuildSteps) -> None:
    """Speak what the cache lacks, and copy what a unit can say in any office.

    A clip is named by its text and voice, so those of an earlier build, and of the tests, serve as well.
    """
    place = root / PROMPTS
    place.mkdir(parents=True)
    cache.mkdir(parents=True, exist_ok=True)
    library = PromptLibrary(cache)
    with steps.step("the prompts (an hour, if none is spoken yet)"):
        for code in sorted(LANGUAGES):
            spoken = language(code)
            names = words_of_a_new_unit() if code == DEFAULT_LANGUAGE else []
            run_virtual(lambda spoken=spoken, names=names: library.prepare(names, [spoken]))
            for text in dict.fromkeys([*fixed_texts(spoken), *free_texts(names)]):
                clip = library.path(spoken, text)
                shutil.copyfile(clip, place / clip.name)


def words_of_a_new_unit() -> list[Sayable]:
    """What a unit without an office says, beside what every one does."""
    return office_words(builtin_office([], [f"fxs-{number}" for number in range(1, PORTS + 1)], DEFAULT_COUNTRY))

"""The prompts of every language, spoken beforehand by the voice of this machine, as a new unit has them."""

from __future__ import annotations

import os
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
USED = "var/cache/copperdesk"
"""Where the telephone system looks for clips and keeps those it speaks itself. It lies below the overlay: what is in
the image takes no memory, and what is added later does."""
PORTS = 8
"""A unit that nobody has set up yet says the names of its telephones: of so many they are spoken beforehand."""
OWNER = "copperdesk"
"""systemd gives the folder, with all in it, to the account of the daemon where it is not that account's already. Below
the overlay this copies every clip into memory, 156 MB at each start."""


def put_prompts(root: Path, cache: Path, steps: BuildSteps) -> None:
    """Speak what the cache lacks, and copy what a unit can say in any office.

    A clip is named by its text and voice, so those of an earlier build, and of the tests, serve as well.
    """
    place = root / PROMPTS
    place.mkdir(parents=True)
    used = root / USED
    used.mkdir(parents=True, exist_ok=True)
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
                (used / clip.name).hardlink_to(place / clip.name)
    used.chmod(0o750)
    os.chown(used, *account(root, OWNER))


def words_of_a_new_unit() -> list[Sayable]:
    """What a unit without an office says, beside what every one does."""
    return office_words(builtin_office([], [f"fxs-{number}" for number in range(1, PORTS + 1)], DEFAULT_COUNTRY))


def account(root: Path, name: str) -> tuple[int, int]:
    """The numbers of an account of this root folder, and of its group."""
    fields = next(
        line.split(":") for line in (root / "etc/passwd").read_text().splitlines() if line.startswith(f"{name}:")
    )
    return int(fields[2]), int(fields[3])

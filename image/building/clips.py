"""The prompts of every language, spoken beforehand by the voice of this machine, as a new unit has them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from appliance.clock import run_virtual
from appliance.prompts.languages import LANGUAGES, language
from appliance.prompts.library import PromptLibrary
from appliance.prompts.wording import fixed_texts
from image.building.steps import BuildSteps

PROMPTS = "opt/copperdesk/prompts"
USED = "var/cache/copperdesk"
"""Where the telephone system looks for clips and keeps those it speaks itself. It lies below the overlay: what is in
the image takes no memory, and what is added later does."""
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
            run_virtual(lambda spoken=spoken: library.prepare([], [spoken]))
            for text in dict.fromkeys(fixed_texts(spoken)):
                clip = library.path(spoken, text)
                shutil.copyfile(clip, place / clip.name)
                (used / clip.name).hardlink_to(place / clip.name)
    used.chmod(0o750)
    os.chown(used, *account(root, OWNER))


def account(root: Path, name: str) -> tuple[int, int]:
    """The numbers of an account of this root folder, and of its group."""
    fields = next(
        line.split(":") for line in (root / "etc/passwd").read_text().splitlines() if line.startswith(f"{name}:")
    )
    return int(fields[2]), int(fields[3])

"""The example office in a guest."""

from __future__ import annotations

import base64
import io
import json
import tarfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from appliance.clock import run_virtual
from appliance.officeparsing import office_of
from appliance.officewords import office_languages, office_words
from appliance.prompts.library import PromptLibrary
from appliance.prompts.wording import free_texts
from tests.image.guest import DATA, UNIT_DATA, Guest

OFFICE = Path(__file__).parents[2] / "examples" / "offices" / "riverside-dental.json"
MAILBOX = "office"
"""The mailbox that its menu's key 3 leads to."""
LINES = ("fxo-1", "fxo-2", "fxo-3", "fxo-4")
CLIPS = f"{UNIT_DATA}/clips"
CACHE = Path(__file__).parents[2] / "build" / "cache"
"""Where the tests keep what they have spoken."""


def have_office(guest: Guest) -> None:
    """Give the unit the example office, whose lines are on the built-in exchange, where it has none yet.

    What that office says is spoken on this computer and put among the clips that the unit keeps: an emulated processor
    speaks a sentence in half a minute, and a unit gives its voice five seconds.
    """
    guest.await_lines()
    guest.must("mountpoint", "--quiet", UNIT_DATA)  # Without it a unit answers calls all the same, and keeps nothing.
    if guest.run("test", "-e", f"{DATA}/office.json").code == 0:
        return
    clips = base64.b64encode(packed(clips_of_office())).decode("ascii")
    guest.must("runuser", "-u", "copperdesk", "--", "sh", "-c", f"base64 -d | tar -x -C {CLIPS}", given=clips)
    file = "/run/copperdesk-test/office.json"
    guest.write(file, json.dumps(office_document()))
    guest.copperdesk("office", "load", file, seconds=120.0)


def office_document() -> dict[str, Any]:
    """The example office, in whose mailboxes all messages of a trial fit."""
    document: dict[str, Any] = json.loads(OFFICE.read_text(encoding="utf-8"))
    return document | {"messages_per_mailbox": 1000}


def clips_of_office() -> dict[str, str]:
    """The files of what only this office says, spoken on this computer, and their texts."""
    office = office_of(office_document())
    CACHE.mkdir(parents=True, exist_ok=True)
    library, words = PromptLibrary(CACHE), office_words(office)
    files = {}
    for spoken in office_languages(office):
        run_virtual(partial(library.prepare, words, [spoken]))
        files |= {str(library.path(spoken, text)): text for text in free_texts(words)}
    return files


def packed(files: Iterable[str]) -> bytes:
    """A tar file with these, without their folders."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        for file in files:
            tar.add(file, Path(file).name)
    return archive.getvalue()

"""docs/telephones.md and docs/codes.md against the codes that an office has."""

from __future__ import annotations

import re
from pathlib import Path

from appliance.office.codes import Codes
from appliance.office.destination import ToAnnouncement, ToNightMode, ToPromptRecording

DOCS = Path(__file__).parents[2] / "docs"
GUIDE = "".join((DOCS / name).read_text(encoding="utf-8") for name in ("telephones.md", "codes.md"))
FOR_ALL_CALLERS = (ToNightMode, ToPromptRecording, ToAnnouncement)
"""What only managers change; docs/hours.md and docs/sounds.md tell of it."""


def test_it_tells_of_every_code_that_changes_something_of_whoever_dials_it():
    codes = Codes().destinations()
    with_star = {code: destination for code, destination in codes.items() if code.startswith("*")}
    own = [code for code, destination in with_star.items() if not isinstance(destination, FOR_ALL_CALLERS)]
    assert sorted({*re.findall(r"^\| `([*]+\d+)` \|", GUIDE, re.MULTILINE)}) == sorted(own)


def test_it_says_which_can_be_dialled_from_outside():
    outside = re.findall(r"^\| `([*]+\d+)` \|.*\| yes \|$", GUIDE, re.MULTILINE)
    assert sorted(outside) == sorted(Codes().of_a_person())

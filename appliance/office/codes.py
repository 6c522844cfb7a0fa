"""What is dialled on a telephone of the office to change something, instead of to call somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Annotated

from appliance.office.destination import (
    Destination,
    ToAnnouncement,
    ToBlockLast,
    ToNightMode,
    ToPromptRecording,
)
from appliance.office.draft import Draft, given_twice
from appliance.office.field import TextPattern
from appliance.office.problem import Problem

Code = Annotated[str, TextPattern("^[*][0-9]{2,4}$", "a star and 2 to 4 digits, such as *81")]


@dataclass(frozen=True, slots=True)
class Codes:
    """What is dialled on a telephone of the office to change something."""

    night_mode: Annotated[Code, "Closes or opens the office by hand, or lets its hours decide again."] = "*81"

    record_prompts: Annotated[Code, "Records what callers hear, or brings the version before back."] = "*82"
    announcement: Annotated[
        Code,
        "Records the announcement that every caller hears first, and switches it on and off. It can be dialled in a "
        "menu, too, by a manager who calls from outside.",
    ] = "*83"

    block_last: Annotated[Code, "Blocks whoever reached the owner of the telephone last."] = "*60"

    def destinations(self) -> dict[str, Destination]:
        """What each code leads to."""
        return {
            self.night_mode: ToNightMode(),
            self.record_prompts: ToPromptRecording(),
            self.announcement: ToAnnouncement(),
            self.block_last: ToBlockLast(),
        }

    def from_outside(self) -> dict[str, Destination]:
        """The same for those that callers may dial in a menu, too."""
        return {self.announcement: ToAnnouncement()}


def rules(office: Draft) -> Iterator[Problem]:
    """No two codes are the same, and none is the beginning of another."""
    codes = office.group("codes")
    given = [(codes.at(field.name), code) for field in fields(Codes) if (code := codes.text(field.name))]
    yield from given_twice(given, "code")
    for path, code in given:
        for other_path, other in given:
            if other != code and other.startswith(code):
                yield Problem(path, f"{code} is the beginning of {other}, the code at {other_path}")

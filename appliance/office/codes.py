"""What is dialled on a telephone of the office to change something, instead of to call somebody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Annotated

from appliance.office.destination import (
    Destination,
    ToAnnouncement,
    ToBlockLast,
    ToDoNotDisturb,
    ToForwarding,
    ToMembership,
    ToNightMode,
    ToPresence,
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

    do_not_disturb: Annotated[
        Code, "The telephone does not ring; callers hear the unavailable greeting. It can be dialled in a menu, too."
    ] = "*78"
    disturb: Annotated[Code, "The telephone rings again. It can be dialled in a menu, too."] = "*79"
    forward: Annotated[
        Code, "Forwards the calls of the owner to a number that is asked for. It can be dialled in a menu, too."
    ] = "*72"
    forward_no_more: Annotated[Code, "Ends that. It can be dialled in a menu, too."] = "*73"
    come: Annotated[Code, "The owner of the telephone is at the office."] = "*85"
    leave: Annotated[Code, "The owner of the telephone is away."] = "*86"
    departments: Annotated[
        Code, "Logs the owner of the telephone in to a department, or out, so that its calls ring there or not."
    ] = "*84"
    block_last: Annotated[Code, "Blocks whoever reached the owner of the telephone last."] = "*60"

    def destinations(self) -> dict[str, Destination]:
        """What each code leads to."""
        return {
            self.night_mode: ToNightMode(),
            self.record_prompts: ToPromptRecording(),
            self.announcement: ToAnnouncement(),
            self.block_last: ToBlockLast(),
            self.come: ToPresence(here=True),
            self.leave: ToPresence(here=False),
            self.departments: ToMembership(),
            **self.of_a_person(),
        }

    def of_a_person(self) -> dict[str, Destination]:
        """The same for those that everybody may dial in a menu, too, and give the PIN there."""
        return {
            self.do_not_disturb: ToDoNotDisturb(on=True),
            self.disturb: ToDoNotDisturb(on=False),
            self.forward: ToForwarding(on=True),
            self.forward_no_more: ToForwarding(on=False),
        }

    def from_outside(self) -> dict[str, Destination]:
        """The same for those that managers may dial in a menu, too."""
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

"""The announcement that overrides all: switched on by a manager, heard by every caller before anything else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Annotated, Final

from appliance.office.destination import Destination, ToGeneralMailbox
from appliance.office.draft import Draft
from appliance.office.field import Limits, WrittenAs
from appliance.office.information import LONGEST_TOLD
from appliance.office.languages import LanguageCode
from appliance.office.leading import DestinationForm, Known
from appliance.office.problem import Problem

ANNOUNCEMENT: Final = "announcement"
"""The name of its switch, and its place in the office document."""

ON: Final = "on"
"""The word the switch stands at while callers hear it."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What every caller from outside hears first while a manager has switched it on."""

    says: Annotated[
        str, Limits(0, LONGEST_TOLD), "What is told, where no manager has recorded anything. It may be left empty."
    ] = ""
    language: Annotated[LanguageCode | None, "The language it is written in. Without it, the office's."] = None
    then: Annotated[
        Destination,
        WrittenAs(DestinationForm, DestinationForm.destination),
        "Where callers go who have heard it. Without it, they can leave a message for the office.",
    ] = field(default_factory=ToGeneralMailbox)


def rules(office: Draft) -> Iterator[Problem]:
    """Callers who have heard it are sent where there is somebody or something."""
    yield from Known.of(office).rules(office.group("announcement").group("then"))

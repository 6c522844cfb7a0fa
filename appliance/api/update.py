"""Which program the unit runs, for the page that tells how it is updated: the method `update.get`."""

from __future__ import annotations

from typing import Any, TypedDict

from appliance.control.local import Offers
from appliance.machine.program import InstalledProgram, ProgramHistory


class ProgramFacts(TypedDict):
    """The program that runs."""

    version: str
    revision: str
    """Of its source, and the day of that; empty: nobody knows."""
    folder: str
    """Of the checkout that it runs from; empty: it runs from none."""
    since: str
    """When it was first started on this unit, in ISO 8601 in UTC."""
    before: str
    """What ran before: version and revision; empty: nothing did, as far as is known."""


def offer_update(control: Offers, program: InstalledProgram, history: ProgramHistory) -> None:
    """Put the method on the socket."""

    async def get(_params: dict[str, Any]) -> ProgramFacts:
        return ProgramFacts(
            version=program.version,
            revision=program.revision,
            folder=program.folder,
            since=history.since,
            before=history.before,
        )

    control.method("update.get", get)

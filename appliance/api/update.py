"""Which program the unit runs, and how its last update went: the methods `update.get` and `update.moment`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypedDict

from appliance.calls.guard import standing_now
from appliance.clock import off_loop
from appliance.control.local import Offers
from appliance.machine.program import InstalledProgram, ProgramHistory
from appliance.office.standing import When
from appliance.unit import Unit
from appliance.updating.state import read_state


class LastUpdate(TypedDict):
    """How the last update went."""

    phase: str
    """A word of `Phase`."""
    version: str
    """Of the program that was installed."""
    reason: str
    """Why it was taken back; empty: it was not."""


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
    update: LastUpdate | None
    """None: there was none, or nothing is known of it."""


class UpdateMoment(TypedDict):
    """Whether this is a moment for an update."""

    calls: int
    """So many go on now."""
    open: bool
    """The office is open, or has a break."""


def offer_update(
    control: Offers, program: InstalledProgram, history: ProgramHistory, programs: Path, unit: Callable[[], Unit]
) -> None:
    """Put the methods on the socket. programs: the folder of the versions that came by update. unit: the one now."""

    async def get(_params: dict[str, Any]) -> ProgramFacts:
        return ProgramFacts(
            version=program.version,
            revision=program.revision,
            folder=program.folder,
            since=history.since,
            before=history.before,
            update=await off_loop(_last_update, programs),
        )

    async def moment(_params: dict[str, Any]) -> UpdateMoment:
        now = unit()
        standing = standing_now(now.services, now.office)
        return UpdateMoment(calls=len(now.switchboard.ongoing), open=standing.what in (When.OPEN, When.BREAK))

    control.method("update.get", get)
    control.method("update.moment", moment)


def _last_update(programs: Path) -> LastUpdate | None:
    try:
        state = read_state(programs)
    except (OSError, ValueError):
        return None
    return state and LastUpdate(phase=state.phase.value, version=state.version, reason=state.reason)

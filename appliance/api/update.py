"""Which program the unit runs, how its last update went, and another one: the methods `update.…`."""

from __future__ import annotations

import base64
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypedDict

from appliance.calls.guard import open_for_anybody
from appliance.clock import off_loop
from appliance.control.errors import ControlError
from appliance.control.local import Offers
from appliance.control.params import Param
from appliance.machine.program import ROOT, InstalledProgram, ProgramHistory
from appliance.machine.takenback import in_words
from appliance.unit import Unit
from appliance.updating.handover import (
    BUNDLE,
    SIGNATURE,
    UpdateRequest,
    add_piece,
    forget_half_an_upload,
    hand_over,
    handover_folder,
    read_answer,
)
from appliance.updating.onsticks import bring_from_stick, bundles_on_sticks, sticks_folder
from appliance.updating.refusal import UpdateRefused
from appliance.updating.state import state_or_none
from hw.said import Wording, said, told_by, wording

LARGEST_BUNDLE = 512 * 1024 * 1024
"""Bytes."""
LARGEST_SIGNATURE = 4096
"""Bytes."""


class LastUpdate(TypedDict):
    """How the last update went."""

    phase: str
    """A word of `Phase`."""
    version: str
    """Of the program that was installed."""
    reason: Wording | None
    """Why it was taken back; None: it was not."""


class ProgramFacts(TypedDict):
    """The program that runs."""

    version: str
    """Such as `1.1`."""
    revision: str
    """Of its source, and the day of that; empty: nobody knows."""
    folder: str
    """Of the checkout that it runs from; empty: it runs from none."""
    packages: str
    """The folder of its packages, such as `/opt/copperdesk/lib`."""
    since: str
    """When it was first started on this unit, in ISO 8601 in UTC."""
    before: str
    """What ran before: version and revision; empty: nothing did, as far as is known."""
    last: LastUpdate | None
    """None: there was none, or nothing is known of it."""
    refused: Wording | None
    """Why what was brought to the page was not installed; None: it was, or nothing was brought."""
    found: list[str]
    """New versions on USB sticks, as `update.bring` takes them."""
    takes: bool
    """A new version can be brought to the page: this is a unit of which root installs what is handed over."""


class UpdateMoment(TypedDict):
    """Whether this is a moment for an update."""

    calls: int
    """So many go on now."""
    open: bool
    """The office is open, or has a break, for one of its lines at least."""


async def offer_update(
    control: Offers,
    program: InstalledProgram,
    history: ProgramHistory,
    programs: Path,
    unit: Callable[[], Unit],
    leave: Callable[[], None],
) -> None:
    """Put the methods on the socket. programs: the folder of the versions that came by update. unit: the one now.
    leave: has the daemon end as soon as no call is on any line."""
    folder = handover_folder()
    await off_loop(forget_half_an_upload, folder)

    async def get(_params: dict[str, Any]) -> ProgramFacts:
        return ProgramFacts(
            version=program.version,
            revision=program.revision,
            folder=program.folder,
            packages=str(ROOT),
            since=history.since,
            before=history.before,
            last=await off_loop(_last_update, programs),
            refused=_worded(await off_loop(read_answer, programs)),
            found=await off_loop(bundles_on_sticks, sticks_folder()),
            takes=await off_loop(folder.is_dir),
        )

    async def upload(params: dict[str, Any]) -> dict[str, int]:
        """Take a piece of the bundle or the signature. at: where it belongs; 0 begins anew. How much there is."""
        largest = LARGEST_SIGNATURE if params["signature"] else LARGEST_BUNDLE
        try:
            content = base64.b64decode(params["piece"], validate=True)
            if not 0 <= params["at"] <= largest - len(content):
                raise ControlError("file-too-large", said("this is larger than a new version can be"))
            file = folder / (SIGNATURE if params["signature"] else BUNDLE)
            return {"there": await off_loop(add_piece, file, params["at"], content)}
        except ValueError as error:
            raise ControlError("not-in-order", said("a piece is missing; begin anew")) from error
        except OSError as error:
            raise ControlError("disk-failed", said("it cannot be stored: %(why)s", why=told_by(error))) from error

    async def bring(params: dict[str, Any]) -> None:
        """Take a version from a USB stick, as one that is uploaded is taken. file: as `update.get` told it."""
        try:
            await off_loop(bring_from_stick, sticks_folder(), params["file"], LARGEST_BUNDLE, folder)
        except KeyError as error:
            raise ControlError("not-on-stick", said("it is on no stick any more")) from error
        except UpdateRefused as error:
            raise ControlError("file-too-large", told_by(error)) from error
        except OSError as error:
            raise ControlError("disk-failed", said("it cannot be copied: %(why)s", why=told_by(error))) from error

    async def request(params: dict[str, Any]) -> None:
        """Have root install what was brought."""
        try:
            await off_loop(hand_over, folder, UpdateRequest(now=params["now"]))
        except OSError as error:
            raise ControlError("disk-failed", said("it cannot be stored: %(why)s", why=told_by(error))) from error

    async def moment(_params: dict[str, Any]) -> UpdateMoment:
        now = unit()
        clock = now.services.clock
        may_be_open = open_for_anybody(now.services, now.office) or not clock.is_sure(clock.now())
        return UpdateMoment(calls=len(now.switchboard.ongoing), open=may_be_open)

    async def end(_params: dict[str, Any]) -> None:
        """Have the daemon end as soon as no call is on any line; systemd starts the version that is chosen then."""
        if "NOTIFY_SOCKET" not in os.environ:
            raise ControlError("not-a-service", said("nothing would start Copperdesk again"))
        leave()

    control.method("update.get", get)
    control.method("update.leave", end)
    control.method("update.moment", moment)
    control.method("update.bring", bring, {"file": Param(str)})
    control.method("update.upload", upload, {"signature": Param(bool), "at": Param(int), "piece": Param(str)})
    control.method("update.request", request, {"now": Param(bool, False)})


def _last_update(programs: Path) -> LastUpdate | None:
    state = state_or_none(programs)
    if state is None:
        return None
    return LastUpdate(phase=state.phase.value, version=state.version, reason=_worded(in_words(state.reason)))


def _worded(why: str) -> Wording | None:
    return wording(why) if why else None

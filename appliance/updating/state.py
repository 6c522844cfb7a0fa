"""How far an update has come, in one small file that is replaced in one step, so that it is known after a power cut."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path

from appliance.machine.takenback import RunningVersion, TakenBack
from appliance.updating.disk import put_file

STATE = "state.json"
CURRENT = "current"
"""The link to the folder of the chosen version. None: the program of the image is chosen."""


def programs_folder() -> Path:
    """Where a unit has the versions that came by update. COPPERDESK_PROGRAMS names another place."""
    return Path(os.environ.get("COPPERDESK_PROGRAMS", "/var/lib/copperdesk/programs"))


class Phase(StrEnum):
    """Each is written before what it announces is done, so that it can be done to its end after a power cut."""

    PENDING = "pending"
    """It is on disk and chosen, or about to be; it was not started yet."""
    TRYING = "trying"
    """It was started, and must take a call."""
    CONFIRMED = "confirmed"
    """It took one."""
    RETURNING = "returning"
    """The one before is to be put back, with its data, before anything is started."""
    REJECTED = "rejected"
    """The one before was put back."""


@dataclass(frozen=True, slots=True)
class UpdateState:
    """The last update."""

    phase: Phase
    """How far it has come."""
    version: str
    """Of the new program."""
    before: str = ""
    """The folder of the version that ran; empty: the image's program did."""
    reason: str = ""
    """Why it was put back, a word of `TakenBack`, or a sentence of an older version; empty: it was not."""
    tries: int = 0
    """How often it was started on trial."""
    boot: str = ""
    """The kernel's id of the boot in which the trial began."""
    aside: bool = False
    """Data was copied aside for the way back."""

    def back(self, reason: TakenBack) -> UpdateState:
        return replace(self, phase=Phase.RETURNING, reason=reason.value)


def read_state(programs: Path) -> UpdateState | None:
    """The last update; None where there was none. Raises ValueError where the file is damaged.

    What another version has added to the file is passed over.
    """
    try:
        told = json.loads((programs / STATE).read_bytes())
    except FileNotFoundError:
        return None
    except RecursionError as error:
        raise ValueError(f"{STATE} is not understood") from error
    try:
        known = {field.name: told[field.name] for field in fields(UpdateState) if field.name in told}
        return UpdateState(**{**known, "phase": Phase(told["phase"])})
    except (TypeError, KeyError) as error:
        raise ValueError(f"{STATE} is not understood") from error


def state_or_none(programs: Path) -> UpdateState | None:
    """The last update; None also where nothing can be known of it."""
    try:
        return read_state(programs)
    except (OSError, ValueError):
        return None


def write_state(programs: Path, state: UpdateState) -> None:
    put_file(programs / STATE, json.dumps(asdict(state), indent=1).encode() + b"\n")


def running_version(programs: Path) -> RunningVersion:
    """Which version this is, and which one did not stay. Blocking."""
    runs, state = version("copperdesk"), state_or_none(programs)
    if state is None or state.phase is not Phase.REJECTED:
        return RunningVersion(runs)
    return RunningVersion(runs, state.version, state.reason)

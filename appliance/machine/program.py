"""Which Copperdesk this machine runs, and since when. Blocking."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

from appliance.faultlog import kind_and_place
from appliance.machine.programs import MachineRefused, run
from appliance.store.atomic import AtomicFile
from appliance.store.changelog import ChangeStore, NotedChange
from appliance.store.disk import StoreFull

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
"""The folder that the program runs from: that of its packages, or of a checkout."""

UPDATED = "update"
"""What a change of the program is called among the changes."""


@dataclass(frozen=True, slots=True)
class InstalledProgram:
    """revision: of its source, and the day of that; empty: nobody knows. folder: of the checkout; or empty."""

    version: str
    revision: str = ""
    folder: str = ""

    @property
    def name(self) -> str:
        """Such as `0.1.0 (1a2b3c4 of 2026-03-03)`."""
        return f"{self.version} ({self.revision})" if self.revision else self.version


@dataclass(frozen=True, slots=True)
class ProgramHistory:
    """since: when it was first started here (ISO 8601, UTC). before: the name of what ran before; or empty."""

    name: str
    since: str
    before: str = ""


def installed_program() -> InstalledProgram:
    """The one that runs."""
    folder = str(ROOT) if (ROOT / ".git").exists() else ""
    try:
        revision = run("git", "-C", str(ROOT), "log", "-1", "--format=%h of %cs").strip() if folder else ""
    except MachineRefused:
        revision = ""
    return InstalledProgram(version("copperdesk"), revision, folder)


def noted_program(file: AtomicFile, changes: ChangeStore, name: str, now: datetime) -> ProgramHistory:
    """Since when a program of this name runs here. A new one is noted in the log of changes."""
    known = _known(file)
    if known is not None and known.name == name:
        return known
    history = ProgramHistory(name, now.isoformat(), known.name if known is not None else "")
    try:
        file.write(json.dumps({"name": name, "since": history.since, "before": history.before}).encode())
        if history.before:
            change = NotedChange(now, "", UPDATED, (history.before, name))
            changes.add(change, may_forget=False)  # The clock may not be set yet.
    except (OSError, StoreFull) as error:
        log.error("that the program was updated was not noted: %s", kind_and_place(error))
    return history


def _known(file: AtomicFile) -> ProgramHistory | None:
    try:
        kept = json.loads(file.read() or b"null")
        return kept and ProgramHistory(str(kept["name"]), str(kept["since"]), str(kept["before"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None

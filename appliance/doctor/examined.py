"""What is found out once, before the checks look at it: what the unit says of itself, and its office document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from appliance.clock import RealClock
from appliance.control.blocking import BlockingClient
from appliance.control.errors import ControlError
from appliance.control.folder import DataFolder
from appliance.machine.starts import RUNTIME
from appliance.store.atomic import DamagedFile
from appliance.store.office import OfficeStore
from appliance.updating.state import programs_folder
from hw.said import told_by

MOST_CALLS = 500
"""How many of the last calls are asked for, to see when each line was last used."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What is known beforehand."""

    data: Path
    """The data folder."""
    now: datetime
    """In UTC."""
    page: str
    """The address of the local page, as seen from this machine; empty: it is looked for at the usual ports."""
    status: Mapping[str, Any] | None = None
    """What the running unit says of itself (`status`); None: none answers."""
    silent: str = ""
    """Why none answers: the code of a `ControlError`."""
    hardware: Sequence[Mapping[str, Any]] = ()
    """Lines, cards and modem, as the running unit lists them (`hw.list`)."""
    letters: Sequence[Mapping[str, Any]] = ()
    """What waits to be sent (`mail.queue`)."""
    faxes: Sequence[Mapping[str, Any]] = ()
    """The faxes that wait, or are being sent (`fax.queue`)."""
    calls: Sequence[Mapping[str, Any]] = ()
    """The last calls (`log`), the newest first."""
    document: Mapping[str, Any] | None = None
    """The office document; None: there is none, or it cannot be read."""
    damaged: str = ""
    """What is wrong with the file of the office document; empty: nothing."""
    refused: Mapping[str, str] = field(default_factory=dict)
    """What a unit that answers did not tell: the method, and why."""
    root: Path = Path("/")
    """The folder with the machine's `sys` and `run`."""
    starts: Path = RUNTIME
    """Where failed starts are counted."""
    image: Path = Path("/opt/copperdesk")
    """The program that was installed, which no update changes."""
    programs: Path = field(default_factory=programs_folder)
    """The versions that came by update."""


def examine(data: Path, page: str = "") -> Examined:
    """Ask the unit and read its office. Blocking."""
    document, damaged = _document(data)
    now = RealClock().now()
    try:
        with BlockingClient(DataFolder(data).socket) as unit:
            refused: dict[str, str] = {}

            def asked(method: str, **params: Any) -> Any:
                try:
                    return unit.call(method, **params)
                except ControlError as error:
                    if error.code == "connection-lost":
                        raise
                    refused[method] = str(error)
                    return []

            return Examined(
                data=data,
                now=now,
                page=page,
                status=unit.call("status"),
                hardware=asked("hw.list"),
                letters=asked("mail.queue"),
                faxes=asked("fax.queue", waiting=True),
                calls=asked("log", limit=MOST_CALLS),
                document=document,
                damaged=damaged,
                refused=refused,
            )
    except ControlError as error:
        return Examined(data=data, now=now, page=page, silent=error.code, document=document, damaged=damaged)


def _document(data: Path) -> tuple[Mapping[str, Any] | None, str]:
    try:
        stored = OfficeStore(DataFolder(data).office).load()
    except DamagedFile as error:
        return None, told_by(error)
    except OSError as error:
        return None, told_by(error)
    return stored.document, stored.fault

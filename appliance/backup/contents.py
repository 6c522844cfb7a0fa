"""What of a data folder goes into a backup: all that lasts, whatever its name, so that no store can be forgotten."""

from __future__ import annotations

import re
from pathlib import Path

FILE = re.compile(r"[a-z][a-z0-9-]*\.json(\.previous)?")
DATABASE = re.compile(r"[a-z][a-z0-9-]*\.sqlite")
FOLDER = re.compile(r"[a-z][a-z0-9-]*")

LEFT_OUT = {"setup.json", "spoken-codes.json", "wrong-pins.json", "first-office.json", "mail", "web"}
LEFT_OUT |= {"fax-prints", "fax-queue", "fax-views", "line-forwardings.json", "line-forwardings.json.previous"}
LEFT_OUT |= {"web-wishes.json", "web-wishes.json.previous", "deliveries.sqlite"}
LEFT_OUT |= {"network-trial.json", "network-trial.json.previous", "program.json", "program.json.previous"}
LEFT_OUT |= {"nightly-backup.json", "nightly-backup.json.previous", "nightly-state.json"}
LEFT_OUT |= {"provisioning.json", "provisioning.json.previous"}
"""What is of this moment only: a set-up begun, codes, letters, printouts, faxes and news on their way, views of faxes,
wishes of a day, a change of the network on trial, which program runs, what a test of a line has forwarded, which file
on its boot partition was put into effect, the page's own key, and where this unit puts its backups every night: another
unit must not put its own there, or remove any."""

RESTORED = "restored"
"""The folder in which a backup is unpacked, until it takes the place of what is there."""
BEFORE = "before-restore"
"""The folder that keeps what was there before the last restore."""
OURS = {RESTORED, BEFORE}

SIDE_FILES = ("-wal", "-shm")
"""What SQLite has beside a database."""


def lasting(data: Path) -> list[str]:
    """The names in a data folder that go into a backup."""
    return sorted(path.name for path in data.iterdir() if is_lasting(path.name, folder=path.is_dir()))


def is_lasting(name: str, *, folder: bool) -> bool:
    """Whether this name in a data folder lasts."""
    if name in LEFT_OUT | OURS:
        return False
    return bool(FOLDER.fullmatch(name) if folder else FILE.fullmatch(name) or DATABASE.fullmatch(name))


def is_database(name: str) -> bool:
    return DATABASE.fullmatch(name) is not None

"""Which unit this is, so that a backup of another one can be told from its own."""

from __future__ import annotations

import hashlib
import socket
from dataclasses import dataclass
from pathlib import Path

MACHINE_ID = Path("/etc/machine-id")
"""A number that systemd draws for each machine, also where all were made from one image and have the same name."""
MARK_LETTERS = 12


@dataclass(frozen=True, slots=True)
class UnitOrigin:
    """name: in the network. mark: tells units apart; empty where the machine has no number."""

    name: str
    mark: str


def this_unit(file: Path = MACHINE_ID) -> UnitOrigin:
    """The number itself stays here: it is not to be known outside its machine (machine-id(5))."""
    try:
        number = file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError):
        number = ""
    mark = hashlib.sha256(f"copperdesk backup {number}".encode()).hexdigest()[:MARK_LETTERS] if number else ""
    return UnitOrigin(socket.gethostname(), mark)

"""What the data folder keeps of provisioning: which file was put into effect, and what was wrong with the last one."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from appliance.store.atomic import AtomicFile
from hw.said import said

NOTES = "provisioning.json"

COUNTRY = re.compile("(?:[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class ProvisioningNotes:
    """Read at the unit's start."""

    done: tuple[str, ...] = ()
    """Marks of the file that was put into effect: as it was, and without its secrets."""
    mistakes: tuple[str, ...] = ()
    """What is wrong with the file that lies there now."""
    wifi: str = ""
    """The radio network whose passphrase was taken over."""
    country: str = ""
    """Whose rules for radio hold; they are told the machine at each start, which does not keep them."""


def read_notes(data: Path) -> ProvisioningNotes:
    """Nothing where there are none, or where they are damaged: then the file is put into effect once more.

    They are in the daemon's folder, and root reads them: nothing in them is believed but texts of the form they have.
    """
    try:
        kept = json.loads(AtomicFile(data / NOTES).read() or b"{}")
        done, mistakes = tuple(kept.get("done", ())), tuple(kept.get("mistakes", ()))
        wifi, country = kept.get("wifi", ""), kept.get("country", "")
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        return ProvisioningNotes()
    if not all(isinstance(text, str) for text in (*done, *mistakes, wifi, country)) or not COUNTRY.fullmatch(country):
        return ProvisioningNotes()
    return ProvisioningNotes(done, mistakes, wifi, country)


def write_notes(data: Path, notes: ProvisioningNotes) -> None:
    """Raises OSError."""
    if notes != read_notes(data):
        AtomicFile(data / NOTES).write(json.dumps(asdict(notes)).encode())


def mark(text: str) -> str:
    """Tells a file from another. It is slow to work out (scrypt), as a file may hold a password that can be guessed."""
    return hashlib.scrypt(text.encode(), salt=b"copperdesk.toml", n=2**13, r=8, p=1, dklen=16).hex()


def provisioning_fault(data: Path) -> str:
    """What the unit says of a file that was not put into effect; empty: nothing is wrong."""
    mistakes = read_notes(data).mistakes
    if not mistakes:
        return ""
    return said(
        "copperdesk.toml on the memory card was not put into effect: %(mistakes)s", mistakes="; ".join(mistakes)
    )

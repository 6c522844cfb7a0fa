"""The switches of the office on disk: what keys and pages flip while it runs, apart from the office document.

Night mode, do not disturb, a forwarding and the like are flipped many times a day and by many people; the document is
written by its administrator. A switch is a name and the word it stands at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from appliance.store.atomic import AtomicFile, DamagedFile
from appliance.store.disk import Disk, StoreFull

__all__ = ["DamagedFile", "StoreFull", "Switch", "SwitchStore"]


@dataclass(frozen=True, slots=True)
class Switch:
    """Where a switch stands, and until when (UTC); None: until somebody flips it."""

    at: str
    until: datetime | None = None


class SwitchStore:
    """Keeps all switches in one file, which is whole after a power cut at any moment. Methods block."""

    def __init__(self, path: Path, disk: Disk | None = None) -> None:
        self._file = AtomicFile(path, disk)

    @property
    def fault(self) -> str:
        """Empty, or what was found damaged when the file was last read, in plain words."""
        return self._file.fault

    def load(self) -> dict[str, Switch]:
        """All switches that were ever flipped and not put back. Raises DamagedFile (an OSError)."""
        content = self._file.read()
        stored: dict[str, Any] = json.loads(content) if content is not None else {}
        return {name: Switch(one["at"], _moment(one.get("until"))) for name, one in stored.items()}

    def save(self, switches: Mapping[str, Switch]) -> None:
        """Put these in place of all that were there. Raises StoreFull; then the old ones stay.

        Where the file is damaged, what there is of it is set aside and a new one is begun.
        """
        try:
            self._file.read()
        except DamagedFile:
            self._file.set_aside()
        stored = {name: {"at": switch.at, **_until(switch)} for name, switch in switches.items()}
        self._file.write(json.dumps(stored, ensure_ascii=False, indent=1).encode())


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def _until(switch: Switch) -> dict[str, str]:
    return {} if switch.until is None else {"until": switch.until.isoformat()}

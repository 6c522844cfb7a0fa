"""The wrong PINs of the last days on disk, so that whoever guesses gains nothing by a restart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from appliance.store.atomic import AtomicFile, DamagedFile
from appliance.store.disk import Disk, StoreFull

__all__ = ["DamagedFile", "StoreFull", "WrongPinStore", "WrongPins"]


@dataclass(frozen=True, slots=True)
class WrongPins:
    """What is known of one mailbox, or of one telephone, line or number that PINs were tried from."""

    at: tuple[datetime, ...] = ()
    """When wrong ones were given in the last day (UTC), the last of them at the end."""
    waits: int = 0
    """How often it had to wait so far."""
    until: datetime | None = None
    """It has to wait until then."""


class WrongPinStore:
    """Keeps them in one file, which is whole after a power cut at any moment. Methods block."""

    def __init__(self, path: Path, disk: Disk | None = None) -> None:
        self._file = AtomicFile(path, disk)

    def load(self) -> dict[str, WrongPins]:
        """By mailbox or by where they came from. Raises DamagedFile, an OSError."""
        content = self._file.read()
        stored: dict[str, Any] = json.loads(content) if content is not None else {}
        return {
            key: WrongPins(tuple(map(datetime.fromisoformat, one["at"])), one["waits"], _moment(one["until"]))
            for key, one in stored.items()
        }

    def save(self, wrong: Mapping[str, WrongPins]) -> None:
        """Put these in place of all that were there. Raises StoreFull; then the old ones stay.

        Where the file is damaged, what there is of it is set aside and a new one is begun.
        """
        try:
            self._file.read()
        except DamagedFile:
            self._file.set_aside()
        stored = {
            key: {
                "at": [moment.isoformat() for moment in one.at],
                "waits": one.waits,
                "until": one.until.isoformat() if one.until is not None else None,
            }
            for key, one in wrong.items()
        }
        self._file.write(json.dumps(stored, indent=1).encode())


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)

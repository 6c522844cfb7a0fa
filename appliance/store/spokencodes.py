"""The codes that telephones of the office say, on disk, so that they are the same after a restart."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from appliance.store.atomic import AtomicFile, DamagedFile
from appliance.store.disk import Disk, StoreFull

__all__ = ["DamagedFile", "SpokenCode", "SpokenCodeStore", "StoreFull"]


@dataclass(frozen=True, slots=True)
class SpokenCode:
    """What proves to the local page that somebody is in the office: only its telephones say it."""

    purpose: str
    """What it opens, such as `setup`. There is one code for each purpose at most."""
    digits: str
    """What is said, and typed."""
    ticket: str
    """What whoever has typed the digits is known by from then on."""
    until: datetime | None
    """When it ends (UTC). None: when somebody ends it."""


class SpokenCodeStore:
    """Keeps them in one file, which is whole after a power cut at any moment. Methods block."""

    def __init__(self, path: Path, disk: Disk | None = None) -> None:
        self._file = AtomicFile(path, disk)

    def load(self) -> list[SpokenCode]:
        """All of them, the newest last. Raises DamagedFile, an OSError."""
        content = self._file.read()
        stored: list[dict[str, Any]] = json.loads(content) if content is not None else []
        return [SpokenCode(one["purpose"], one["digits"], one["ticket"], _moment(one.get("until"))) for one in stored]

    def save(self, codes: Iterable[SpokenCode]) -> None:
        """Put these in place of all that were there. Raises StoreFull; then the old ones stay.

        Where the file is damaged, what there is of it is set aside and a new one is begun.
        """
        try:
            self._file.read()
        except DamagedFile:
            self._file.set_aside()
        stored = [
            {"purpose": one.purpose, "digits": one.digits, "ticket": one.ticket}
            | ({"until": one.until.isoformat()} if one.until is not None else {})
            for one in codes
        ]
        self._file.write(json.dumps(stored, indent=1).encode())


def _moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)

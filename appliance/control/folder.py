"""What lies where: the data folder, with all that must not be lost, and the cache, which can be made again."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DataFolder:
    path: Path

    @property
    def socket(self) -> Path:
        return self.path / "control.sock"

    @property
    def office(self) -> Path:
        return self.path / "office.json"

    @property
    def calls(self) -> Path:
        return self.path / "calls.sqlite"

    @property
    def messages(self) -> Path:
        return self.path / "messages"


def default_data_folder() -> Path:
    """$COPPERDESK_DATA, or the place the XDG rules give a user's data."""
    return _named("COPPERDESK_DATA") or (_named("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "copperdesk"


def cache_folder() -> Path:
    """$COPPERDESK_CACHE, or the place the XDG rules give a user's caches."""
    return _named("COPPERDESK_CACHE") or (_named("XDG_CACHE_HOME") or Path.home() / ".cache") / "copperdesk"


def _named(variable: str) -> Path | None:
    value = os.environ.get(variable)
    return Path(value) if value else None

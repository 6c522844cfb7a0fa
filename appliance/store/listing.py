"""Which messages a folder holds, kept in memory: in a mailbox of thousands, reading a folder anew takes too long."""

from __future__ import annotations

import os
from bisect import insort
from dataclasses import dataclass
from pathlib import Path

from appliance.store.layout import MESSAGE


def number_of(name: str) -> int:
    """The number in a folder's name; 0 where it is no message's."""
    match = MESSAGE.fullmatch(name)
    return int(match[1]) if match else 0


def is_urgent(id: str) -> bool:
    """Whether its caller has marked a message as urgent."""
    return "u" in id


def ends(id: str) -> bool:
    """Whether a message ends by itself."""
    return "e" in id


@dataclass(slots=True)
class _Listed:
    """A folder as it was read, and when it had been changed last (ns)."""

    changed: int
    ids: list[str]


class Listings:
    """The messages in each folder, in the order in which they are heard: urgent ones first, each the oldest first.

    A folder that somebody else has changed is read anew, as its date tells. Not for several threads at once.
    """

    def __init__(self) -> None:
        self._listed: dict[Path, _Listed] = {}

    def ids(self, folder: Path) -> list[str]:
        """Those in a folder; none where there is no such folder. No envelope is read."""
        return list(self._fresh(folder).ids)

    def moved(self, name: str, new: str, old: Path, into: Path, known: list[Path]) -> None:
        """Note that a message has been moved, in the folders that were `known` before."""
        for folder in known:
            listed = self._listed[folder]
            if folder == old:
                listed.ids.remove(name)
            if folder == into:
                insort(listed.ids, new, key=_order)
            listed.changed = _changed(folder)

    def known(self, *folders: Path) -> list[Path]:
        """Those of these folders whose messages are in memory as they are on the disk."""
        there = [folder for folder in folders if folder in self._listed]
        return [folder for folder in there if self._listed[folder].changed == _changed(folder)]

    def _fresh(self, folder: Path) -> _Listed:
        if self.known(folder):
            return self._listed[folder]
        changed = _changed(folder)
        names = os.listdir(folder) if folder.is_dir() else []
        self._listed[folder] = _Listed(changed, sorted(filter(MESSAGE.fullmatch, names), key=_order))
        return self._listed[folder]


def _order(id: str) -> tuple[bool, int]:
    return not is_urgent(id), number_of(id)


def _changed(folder: Path) -> int:
    """When a folder was changed last; 0 where there is none."""
    try:
        return folder.stat().st_mtime_ns
    except FileNotFoundError:
        return 0

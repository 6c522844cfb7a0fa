"""Keeps the folder of the clips that a unit has spoken for its own office from filling the memory card."""

from __future__ import annotations

import os
from collections.abc import Container
from pathlib import Path
from typing import Final

MOST_BYTES: Final = 200_000_000
"""A clip has some 40 kB: five thousand, which are the names and menus of many offices."""
SHARE: Final = 10
"""The folder has at most this part of its file system, a tenth, so that a small card has room for messages."""


def most_bytes(folder: Path) -> int:
    """How large a folder of clips may become. Raises OSError."""
    file_system = os.statvfs(folder)
    return min(MOST_BYTES, file_system.f_blocks * file_system.f_frsize // SHARE)


def make_room(folder: Path, in_use: Container[str], most: int) -> list[str]:
    """Remove clips until the others have at most so many bytes: those that were spoken longest ago first.

    in_use: names of files that stay in any case, as the office of today says them. Returns the names of those that were
    removed. Blocking. Raises OSError.
    """
    clips = [(status.st_mtime, path, status.st_size) for path in folder.glob("*.wav") if (status := path.stat())]
    total = sum(size for _, _, size in clips)
    removed = []
    for _, path, size in sorted(clips):
        if total <= most:
            break
        if path.name not in in_use:
            path.unlink(missing_ok=True)
            removed.append(path.name)
            total -= size
    return removed

"""Folders for a while in the data folder, where the card has room: what a power cut leaves of them is removed."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_SCRATCH = re.compile(r"\.(?:backup|restore)-(?:(\d+)-)?[^-]*")
"""With the number of the process that it is of."""

PART = "*.backup.part"
"""A backup that was to be fetched at the page, and did not come to its end."""


@contextmanager
def scratch_folder(data: Path, what: str) -> Iterator[Path]:
    """A folder that is gone behind this. what: `backup` or `restore`, which it is for. Raises OSError."""
    remove_left(data)
    with tempfile.TemporaryDirectory(dir=data, prefix=f".{what}-{os.getpid()}-") as folder:
        yield Path(folder)


def remove_left(data: Path) -> None:
    """Remove the folders of processes that have ended. One whose number another process has now goes another time."""
    for folder in data.glob(".*"):
        found = _SCRATCH.fullmatch(folder.name)
        if found and folder.is_dir() and not (found[1] and Path("/proc", found[1]).exists()):
            shutil.rmtree(folder, ignore_errors=True)


def remove_all_left(data: Path) -> None:
    """The same with unfinished files, before anything works in the data folder."""
    remove_left(data)
    for file in data.glob(PART):
        file.unlink(missing_ok=True)

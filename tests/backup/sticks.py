"""A folder that stands for a USB stick: on another file system than the unit's data, as the unit refuses its own."""

from __future__ import annotations

import tempfile
from pathlib import Path

PLACES = ("/dev/shm", "/var/tmp", "/tmp", str(Path(__file__).resolve().parents[2]))


def plugged_in(data: Path) -> tempfile.TemporaryDirectory[str]:
    """An empty folder, which goes with its context. data: of the unit; it must exist."""
    ours = data.stat().st_dev
    return tempfile.TemporaryDirectory(dir=next(one for one in PLACES if Path(one).stat().st_dev != ours))

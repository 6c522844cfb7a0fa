"""Room on the disk that is kept for a start: opening the stores takes some, even where nothing is changed in them.

SQLite makes a file of 32 kB beside each database that is opened, and a folder takes a block. On a disk that somebody
has filled while the unit was off, no store could be opened, and no call answered.
"""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

RESERVE = ".reserve"
RESERVE_BYTES = 2 * 1024 * 1024
"""More than six times what the stores take to be opened (ten databases)."""


def have_room_to_start(data: Path) -> None:
    """Give the reserve up where the disk is full, and lay one in where there is room. Blocks.

    For a start, before anything in the folder is opened. It is laid in again at the first start that finds room.
    """
    reserve = data / RESERVE
    with suppress(OSError):
        free = shutil.disk_usage(data).free
        if free < RESERVE_BYTES:
            reserve.unlink(missing_ok=True)
        elif free >= 2 * RESERVE_BYTES and not reserve.exists():
            _lay_in(reserve)


def _lay_in(reserve: Path) -> None:
    handle = os.open(reserve, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        os.posix_fallocate(handle, 0, RESERVE_BYTES)
    except OSError:
        reserve.unlink()
        raise
    finally:
        os.close(handle)

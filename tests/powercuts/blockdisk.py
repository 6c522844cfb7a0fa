"""A disk that keeps a list of all that is written to it: one file in a file system in user space, for a loop device.

It runs as a process of its own (`python -m tests.powercuts.blockdisk IMAGE RECORD FOLDER`): whoever writes to a file
system on it waits for it, and could not answer itself at that time. IMAGE is what is on the disk when it begins, and is
never written to. RECORD takes each write with its place and bytes, and each flush, in order, before it is answered. So
the length of RECORD is a moment in the life of the disk.
"""

from __future__ import annotations

import errno
import stat
import struct
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mfusepy  # type: ignore[import-untyped]

NAME = "disk"
"""The one file of the file system."""
SECTOR = 512
_HEAD = struct.Struct("<qq")
"""Of each entry: the place of a write in bytes and its length. A flush is a write of nothing at place -1."""
_FLUSH = _HEAD.pack(-1, 0)


class BlockDisk(mfusepy.Operations):  # type: ignore[misc]
    """content: what is on the disk, which is changed. record: the file that takes all that is written."""

    use_ns = True

    def __init__(self, content: bytearray, record: Path) -> None:
        self._content = content
        self._record = record.open("ab", buffering=0)

    def getattr(self, path: str, fh: Any = None) -> dict[str, Any]:
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o700, "st_nlink": 2}
        if path != f"/{NAME}":
            raise mfusepy.FuseOSError(errno.ENOENT)
        return {"st_mode": stat.S_IFREG | 0o600, "st_nlink": 1, "st_size": len(self._content)}

    def readdir(self, path: str, fh: Any) -> list[str]:
        return [".", "..", NAME]

    def open(self, path: str, flags: int) -> int:
        return 0

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return bytes(self._content[offset : offset + size])

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        self._record.write(_HEAD.pack(offset, len(data)) + data)
        self._content[offset : offset + len(data)] = data
        return len(data)

    def flush(self, path: str, fh: int) -> int:
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        """The kernel has flushed the disk: what was written before this is safe."""
        self._record.write(_FLUSH)
        return 0


def entries(record: bytes) -> Iterator[tuple[int, bytes | None, int]]:
    """Each entry of a record: the place of a write, its bytes (None: a flush), and where the next entry begins."""
    at = 0
    while at < len(record):
        place, length = _HEAD.unpack_from(record, at)
        at += _HEAD.size + length
        yield place, (None if place < 0 else record[at - length : at]), at


if __name__ == "__main__":
    image, record, folder = map(Path, sys.argv[1:])
    disk = BlockDisk(bytearray(image.read_bytes()), record)
    mfusepy.FUSE(disk, str(folder), foreground=True, nothreads=True, fsname="copperdesk-blockdisk")

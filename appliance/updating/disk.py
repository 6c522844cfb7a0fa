"""What an update does to the disk as root: whole files, and links, that are replaced in one step.

The data folder belongs to the daemon, which may have been taken over by somebody. So no link that is found there is
followed: a file is written under a name that is new, and a file is read only where it is one.
"""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from appliance.updating.refusal import UpdateRefused
from hw.said import said

_PIECE = 1024 * 1024


def sync(path: Path) -> None:
    """Return once a file's content, or a folder's names, have reached the disk."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Return once all that is in a folder has reached the disk."""
    for place, _, files in os.walk(folder):
        for name in files:
            sync(Path(place, name))
        sync(Path(place))


def point(link: Path, target: str) -> None:
    """Have a link point to a target, in one step: after a power cut it points to the old one or to the new one."""
    beside = link.with_name(f".{link.name}.new")
    beside.unlink(missing_ok=True)
    beside.symlink_to(target)
    os.replace(beside, link)
    sync(link.parent)


def put_file(path: Path, content: bytes, mode: int = 0o644, owner: tuple[int, int] | None = None) -> None:
    """Put a file in place of another in one step. owner: its user and group, as numbers; None: whoever writes it."""
    beside = path.with_name(f".{path.name}.new")
    beside.unlink(missing_ok=True)
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, mode)
    with open(handle, "wb") as file:
        file.write(content)
        os.fchmod(handle, mode)
        if owner is not None:
            os.fchown(handle, *owner)
        file.flush()
        os.fsync(handle)
    os.replace(beside, path)
    sync(path.parent)


def copy_plain(source: Path, target: Path, largest: int) -> bool:
    """Copy a file; whether it was one of at most `largest` bytes. target: a name that is new, in a folder of ours."""
    try:
        handle = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    with open(handle, "rb") as read:
        seen = os.fstat(handle)
        if not stat.S_ISREG(seen.st_mode) or seen.st_size > largest:
            return False
        with target.open("xb") as written:
            shutil.copyfileobj(read, written)
            written.flush()
            os.fsync(written.fileno())
    return True


def opened_plain(file: Path, flags: int = 0) -> BinaryIO:
    """A file to be read. Raises UpdateRefused for what is none, such as a pipe, which would be waited for; OSError."""
    handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | flags)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UpdateRefused(said("%(file)s is no file", file=file.name))
    return open(handle, "rb")


def copy_at_most(source: Path, target: Path, largest: int) -> None:
    """Copy a file that somebody may change meanwhile. target: a name that is new. largest: in bytes.

    Raises UpdateRefused for a larger one, and for what is no file; OSError for a link.
    """
    with opened_plain(source, os.O_NOFOLLOW) as read, target.open("xb") as written:
        left = largest
        while piece := read.read(min(_PIECE, left + 1)):
            left -= len(piece)
            if left < 0:
                raise UpdateRefused(said("%(file)s is larger than it can be", file=source.name))
            written.write(piece)


def clear(folder: Path) -> None:
    """Remove a folder of ours with all that is in it; one that is not there is no error."""
    with suppress(FileNotFoundError):
        shutil.rmtree(folder)

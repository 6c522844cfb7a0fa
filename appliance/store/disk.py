"""The few things the stores do to the disk. After a power cut each of them is either done, or can be repaired.

A file's content is safe once the file has been synchronized, its name once the folder it is in has been.
"""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from hw.said import said

FULL_PART, FULL_BYTES = 0.05, 500 * 1024 * 1024
"""With less than so much of a disk free, in part and in bytes, it is nearly full."""
SMALL_PART = 0.25
"""Of a small disk, such as a card of 2 GB has beside the system, so much is asked for at most."""


def is_nearly_full(free: int, total: int) -> bool:
    """Whether somebody should make room on a disk. Both in bytes."""
    return free < min(max(FULL_PART * total, FULL_BYTES), SMALL_PART * total)


class StoreFull(OSError):
    """The disk has no room left. What was stored before is untouched."""

    def __str__(self) -> str:
        """The words for people, without the number and the path that an OSError has around them."""
        return self.strerror or super().__str__()


class Disk:
    """The machine's own file system."""

    def make_folder(self, path: Path) -> None:
        """Make a folder in an existing one. Raises FileExistsError."""
        os.mkdir(path, 0o700)

    def write(self, path: Path, content: bytes) -> None:
        """Write a whole file, readable by its owner only. It is safe once synchronized."""
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with open(handle, "wb") as file:
            file.write(content)

    def overwrite(self, path: Path, at: int, content: bytes) -> None:
        """Change some bytes in the middle of a file."""
        with open(path, "r+b") as file:
            file.seek(at)
            file.write(content)

    def sync(self, path: Path) -> None:
        """Return once a file's content, or a folder's names, have reached the disk."""
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def sync_all(self, folder: Path) -> None:
        """Return once all that was written to this folder's file system has reached the disk. Raises OSError.

        This is syncfs(2), which tells write errors since Linux 5.8. For thousands of files it takes a small part of the
        time that `sync` does for each.
        """
        handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            if ctypes.CDLL(None, use_errno=True).syncfs(handle):
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()), str(folder))
        finally:
            os.close(handle)

    def link(self, there: Path, new: Path) -> None:
        """Give a file a second name. Neither of them is changed in place from then on."""
        os.link(there, new)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file or a folder its new name in one step; a file that had this name is gone."""
        os.rename(old, new)

    def move(self, old: Path, new: Path) -> None:
        """Rename into another folder. Safe once this returns; the new folder is synchronized before the old one."""
        self.rename(old, new)
        self.sync(new.parent)
        self.sync(old.parent)

    def remove(self, path: Path) -> None:
        """Remove a file, or a folder with all that is in it."""
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)

    def replace(self, path: Path, content: bytes) -> None:
        """Write a whole file. After a power cut there is either all of the old one or all of the new one.

        If it fails, the old one stays, and nothing of the new one is left.
        """
        beside = path.with_name(f"{path.name}.part")
        try:
            self.write(beside, content)
            self.sync(beside)
        except OSError:
            with suppress(OSError):
                self.remove(beside)
            raise
        self.rename(beside, path)
        self.sync(path.parent)


def second_name(there: Path, new: Path) -> None:
    """Give a file a second name, by which it is found wherever it is moved. What had that name is gone. OSError."""
    new.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new.unlink(missing_ok=True)
    try:
        os.link(there, new)
    except PermissionError:  # A file system without second names.
        shutil.copyfile(there, new)


@contextmanager
def room_for(what: str) -> Iterator[None]:
    """A context in which a full disk, or a used-up quota, raises `StoreFull`. what: what there was no room for."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise StoreFull(
                error.errno, said("the disk is full: no room for %(what)s", what=what), error.filename
            ) from error
        raise

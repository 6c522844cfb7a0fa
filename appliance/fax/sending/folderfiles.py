"""The files of the watched folder: listed, taken, copied, put back.

Whoever may write into the folder decides what lies in it, and may put a link there that leads to a file of the unit,
in place of a file, of `taken`, or of a complaint that is about to be written. So nothing here follows a link within
the folder. A file is copied before it is read, so that it stays as it was looked at. All of it blocks.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from appliance.fax.sending.handing import LARGEST_FILE, NotTaken, readable
from hw.said import said

TAKEN, HANDED_IN = "taken", "handed-in"
SIDE, ERROR = ".to", ".error.txt"
LARGEST_SIDE = 10_000
"""Bytes."""
LONGEST_NAME = 255
"""Octets of a file's name, as Linux's file systems have it."""
LONGEST_WHOM = 60
_IN_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS)
"""These pass, or a person sees to the disk: the file is not to blame."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as it was at the last look. looks: for how many it has been like that."""

    size: int
    changed_ns: int
    looks: int = 0


@dataclass(frozen=True, slots=True)
class FolderOrder:
    """What the file beside a taken one says, or nothing, and what tells the taken one from all others."""

    number: str
    whom: str
    note: str
    mark: str


class FaxFolderFiles:
    """One folder. OSError where it cannot be used."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def listed(self) -> tuple[list[str], dict[str, Seen]]:
        """What was taken by the last run, and the files that lie there. Links and hidden files are no files."""
        with self._opened() as (here, taken, _):
            left = sorted(name for name in os.listdir(taken) if not name.endswith(SIDE))
            found = {}
            for name in os.listdir(here):
                with suppress(FileNotFoundError):
                    facts = os.lstat(name, dir_fd=here)
                    if not name.startswith((".", "~")) and stat.S_ISREG(facts.st_mode):
                        found[name] = Seen(facts.st_size, max(facts.st_mtime_ns, facts.st_ctime_ns))
        return left, {name: seen for name, seen in found.items() if not _was_refused(name, found)}

    def take(self, name: str) -> str:
        """Move a file, and what is beside it, to `taken`: its name there."""
        with self._opened() as (here, taken, _):
            return _moved(name, here, taken)

    def copy(self, name: str, into: Path) -> FolderOrder:
        """Copy a taken file to where nobody else changes it. Raises NotTaken, and FileNotFoundError where it is gone
        again."""
        with self._opened() as (_, taken, _):
            try:
                with _file(name, taken) as file, into.open("wb") as copy:
                    facts = os.fstat(file.fileno())
                    if facts.st_size > LARGEST_FILE:
                        raise NotTaken("too-large", said("%(name)s is too large for a fax.", name=readable(name)))
                    shutil.copyfileobj(file, copy)
                lines = _lines_beside(name, taken)
            except FileNotFoundError:
                raise
            except OSError as error:
                if error.errno in _OF_THE_DISK:
                    raise
                raise NotTaken("not-readable", said("%(name)s cannot be read.", name=readable(name))) from error
        mark = f"{readable(name)} {facts.st_size} {facts.st_mtime_ns} {facts.st_ino}"
        return FolderOrder(lines[0], lines[1][:LONGEST_WHOM], "\n".join(lines[2:]).strip(), mark)

    def handed_in(self, name: str) -> None:
        """A taken file is in the queue."""
        with self._opened() as (here, taken, over):
            _moved(name, taken, over)
            with suppress(OSError):
                os.unlink(beside(name, ERROR), dir_fd=here)

    def put_back(self, name: str, why: str) -> None:
        """A taken file was refused: it gets back where it was, and why is written beside it. One that has come there
        meanwhile stays."""
        with self._opened() as (here, taken, _):
            there = _moved(name, taken, here)
            complaint = beside(there, ERROR)
            with suppress(FileNotFoundError):
                os.unlink(complaint, dir_fd=here)
            handle = os.open(complaint, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o664, dir_fd=here)
            with open(handle, "w", encoding="utf-8", errors="replace") as file:
                file.write(f"{why}\n")

    @contextmanager
    def _opened(self) -> Iterator[tuple[int, int, int]]:
        """The folder, and those in it for what is taken and what was handed in, whatever becomes of their names."""
        with ExitStack() as opened:
            here = os.open(self._folder, _IN_FOLDER)
            opened.callback(os.close, here)
            inside = []
            for name in (TAKEN, HANDED_IN):
                with suppress(FileExistsError):
                    os.mkdir(name, 0o770, dir_fd=here)
                inside.append(os.open(name, _IN_FOLDER | os.O_NOFOLLOW, dir_fd=here))
                opened.callback(os.close, inside[-1])
            yield here, inside[0], inside[1]


def beside(name: str, ending: str) -> str:
    """The name of a file that belongs to this one. The end of a long name gives way to the ending."""
    while len(os.fsencode(name + ending)) > LONGEST_NAME:
        name = name[:-1]
    return name + ending


def _was_refused(name: str, there: Mapping[str, Seen]) -> bool:
    """What was refused is left alone until it changes, or what is beside it does, or the complaint is deleted."""
    error = there.get(beside(name, ERROR))
    return error is not None and all(
        there[one].changed_ns <= error.changed_ns for one in (name, beside(name, SIDE)) if one in there
    )


def _file(name: str, folder: int) -> BinaryIO:
    """A file that is a file. To open a pipe would wait for whoever writes into it."""
    handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC, dir_fd=folder)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "no file")
    return open(handle, "rb")


def _lines_beside(name: str, folder: int) -> list[str]:
    """Those of the file beside this one; two at the least."""
    raw = b""
    with suppress(FileNotFoundError), _file(beside(name, SIDE), folder) as file:
        raw = file.read(LARGEST_SIDE)
    lines = [line.strip() for line in raw.decode("utf-8-sig", errors="replace").splitlines()]
    return lines + [""] * (2 - len(lines))


def _moved(name: str, source: int, target: int) -> str:
    """Move a file and what is beside it: its name there. One of the same name that is there already stays.

    Up to the first _ it is called as before: there may be a telephone number.
    """
    there = name
    with suppress(FileNotFoundError):
        os.lstat(there, dir_fd=target)
        stem, suffix = os.path.splitext(there)
        there = beside(stem, f"_{os.lstat(name, dir_fd=source).st_mtime_ns}{suffix[-20:]}")
    with suppress(FileNotFoundError):
        os.rename(beside(name, SIDE), beside(there, SIDE), src_dir_fd=source, dst_dir_fd=target)
    os.rename(name, there, src_dir_fd=source, dst_dir_fd=target)
    return there

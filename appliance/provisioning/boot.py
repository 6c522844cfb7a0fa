"""The boot partition: a small FAT that anybody writes on a desk, so all that is on it is read with suspicion."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from appliance.machine.programs import run
from appliance.store.disk import Disk
from hw.said import said, told_by

SHEET = "copperdesk.toml"
TOLD = "copperdesk-told.txt"

LARGEST_SHEET = 16 * 1024
"""Bytes. The example of docs/provisioning.md with all its remarks is below 2,000."""

LARGEST_OFFICE = 4_000_000
"""Bytes: a million characters, which is the limit of an office document, of up to four bytes each in UTF-8."""


class UnreadableFile(ValueError):
    """A file that is not read; the message says why, for people."""


def remount(folder: Path, how: str) -> None:
    """how: `rw` or `ro`. Raises MachineRefused."""
    run("mount", "-o", f"remount,{how}", str(folder))


class BootPartition:
    """The folder where it is mounted, read-only or not."""

    def __init__(self, folder: Path, remount: Callable[[Path, str], None] = remount) -> None:
        self.folder = folder
        self._remount = remount

    def text(self, name: str, largest: int) -> str | None:
        """The text of a file, without the mark that Windows Notepad puts before it; None where there is no such file.

        Raises UnreadableFile.
        """
        content = self._content(name, largest)
        return None if content is None else decoded(content)

    def write(self, files: dict[str, str]) -> None:
        """Put texts in place of what is in these files, each whole or not at all. Raises OSError, MachineRefused.

        What was there is overwritten where it lay: a file that takes another's place leaves that one's text behind in
        blocks that are free, where any program that reads the whole card finds it.
        """
        with self._writable():
            for name, text in files.items():
                if self._differs(name, text.encode()):
                    with _wiped_afterwards(self.folder / name):
                        Disk().replace(self.folder / name, text.encode())

    def _differs(self, name: str, content: bytes) -> bool:
        """Whether a write is worth the wear, and the risk, of the card."""
        try:
            return self._content(name, len(content)) != content
        except UnreadableFile:
            return True

    def _content(self, name: str, largest: int) -> bytes | None:
        return file_content(self.folder / name, largest, os.O_NOFOLLOW)

    @contextmanager
    def _writable(self) -> Iterator[None]:
        read_only = bool(os.statvfs(self.folder).f_flag & os.ST_RDONLY)
        if read_only:
            self._remount(self.folder, "rw")
        try:
            yield
        finally:
            if read_only:
                self._remount(self.folder, "ro")


@contextmanager
def _wiped_afterwards(file: Path) -> Iterator[None]:
    """What is in this file now is overwritten behind this, when another has taken its place."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:  # There is none, or it is none that could be wiped.
        yield
        return
    try:
        yield
        facts = os.fstat(handle)
        if stat.S_ISREG(facts.st_mode):
            os.pwrite(handle, b"#" * min(facts.st_size, LARGEST_SHEET), 0)
            os.fsync(handle)
    finally:
        os.close(handle)


def file_content(file: Path, largest: int, flags: int = 0) -> bytes | None:
    """What is in a file of somebody else's; None where there is none. largest: bytes. Raises UnreadableFile.

    What is no plain file, such as a pipe, would be waited for, perhaps without end, and is not read.
    """
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | flags)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnreadableFile(said("cannot be read: %(why)s", why=told_by(error))) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise UnreadableFile(said("is no file"))
    with open(handle, "rb") as opened:
        try:
            content = opened.read(largest + 1)
        except OSError as error:
            raise UnreadableFile(said("cannot be read: %(why)s", why=told_by(error))) from error
    if len(content) > largest:
        raise UnreadableFile(said("is longer than %(most)s bytes", most=largest))
    return content


def decoded(content: bytes) -> str:
    """A text in UTF-8, with the mark that Windows puts before it or without. Raises UnreadableFile."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableFile(
            said("is not in UTF-8 (line %(line)s): save it again, with the encoding UTF-8", line=line)
        ) from error
    if "\0" in text:
        line = text.partition("\0")[0].count("\n") + 1
        raise UnreadableFile(said("is no text: it holds a zero byte in line %(line)s", line=line))
    return text

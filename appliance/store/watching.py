"""Whatever changes in the mailboxes on disk is noticed at once, whoever changes it: inotify(7), by way of libc.

Nothing is polled, so an idle unit sleeps. The kernel reports every change of this machine's own.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from appliance.store.layout import MAILBOX, NEW, SAVED

_CHANGES = 0x00000040 | 0x00000080 | 0x00000100 | 0x00000200  # IN_MOVED_FROM, IN_MOVED_TO, IN_CREATE, IN_DELETE
_ONLY_FOLDERS = 0x01000000  # IN_ONLYDIR
_LOST_SOME = 0x00004000  # IN_Q_OVERFLOW
_EVENT = struct.Struct("iIII")
_AT_ONCE = 65536


class MailboxWatch:
    """Watches the mailboxes under the message store's folder. OSError where the kernel has no watch left.

    A loop waits until `fileno` is readable, and then asks for the mailboxes that have `changed`.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._handle: int = self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._handle < 0:
            raise _os_error(root)
        self._mailboxes: dict[int, str] = {}
        """By its watch, whose messages are in a folder."""
        self._boxes: dict[int, Path] = {}
        """The same of the folder that a mailbox consists of, and of the store's own."""
        try:
            root.mkdir(parents=True, exist_ok=True)
            self._boxes[self._watch(root)] = root
            for box in root.iterdir():
                self._watch_box(box)
        except OSError:
            self.close()
            raise

    def fileno(self) -> int:
        return self._handle

    def changed(self) -> set[str]:
        """The mailboxes in which something has come, gone or moved since the last time."""
        found: set[str] = set()
        with suppress(BlockingIOError):
            while events := os.read(self._handle, _AT_ONCE):
                found |= set(self._read(events))
        return found

    def close(self) -> None:
        os.close(self._handle)

    def _read(self, events: bytes) -> Iterator[str]:
        at = 0
        while at < len(events):
            watch, kinds, _cookie, length = _EVENT.unpack_from(events, at)
            name = os.fsdecode(events[at + _EVENT.size : at + _EVENT.size + length].rstrip(b"\0"))
            at += _EVENT.size + length
            if kinds & _LOST_SOME:
                yield from set(self._mailboxes.values())
            elif watch in self._mailboxes:
                yield self._mailboxes[watch]
            elif (folder := self._boxes.get(watch)) is not None:
                box = folder / name if folder == self._root else folder
                if (folder == self._root or name in (NEW, SAVED)) and self._watch_box(box):
                    yield box.name

    def _watch_box(self, box: Path) -> bool:
        """Watch those folders of a mailbox that are there; the others are when they come. False: it is no mailbox."""
        if not MAILBOX.fullmatch(box.name):
            return False
        try:
            self._boxes[self._watch(box)] = box
        except (FileNotFoundError, NotADirectoryError):
            return False
        for state in (NEW, SAVED):
            with suppress(FileNotFoundError, NotADirectoryError):
                self._mailboxes[self._watch(box / state)] = box.name
        return True

    def _watch(self, folder: Path) -> int:
        watch: int = self._libc.inotify_add_watch(self._handle, os.fsencode(folder), _CHANGES | _ONLY_FOLDERS)
        if watch < 0:
            raise _os_error(folder)
        return watch


def _os_error(path: Path) -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number), str(path))

"""Whatever changes in the mailboxes on disk is noticed at once, whoever changes it: inotify(7), by way of libc.

Nothing is polled, so an idle unit sleeps. The kernel reports every change of this machine's own.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
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
        try:
            self._watch_all()
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

    def _read(self, events: bytes) -> Iterable[str]:
        at, begun = 0, False
        while at < len(events):
            watch, kinds, _cookie, length = _EVENT.unpack_from(events, at)
            at += _EVENT.size + length
            mailbox = self._mailboxes.get(watch, "")
            begun |= not mailbox
            if kinds & _LOST_SOME:
                yield from set(self._mailboxes.values()) - {""}
            elif mailbox:
                yield mailbox
        if begun:  # A mailbox, or a folder of one, which has to be watched from now on.
            yield from self._watch_all()

    def _watch_all(self) -> set[str]:
        """Watch every folder that counts. Returns the mailboxes that were not watched before."""
        self._root.mkdir(parents=True, exist_ok=True)
        self._watch(self._root, "")
        new = set()
        for box in self._root.iterdir():
            if MAILBOX.fullmatch(box.name) and box.is_dir():
                self._watch(box, "")
                for state in (NEW, SAVED):
                    with suppress(FileNotFoundError):
                        if self._watch(box / state, box.name):
                            new.add(box.name)
        return new

    def _watch(self, folder: Path, mailbox: str) -> bool:
        """Whether it was not watched yet."""
        watch = self._libc.inotify_add_watch(self._handle, os.fsencode(folder), _CHANGES | _ONLY_FOLDERS)
        if watch < 0:
            raise _os_error(folder)
        known = watch in self._mailboxes
        self._mailboxes[watch] = mailbox
        return not known


def _os_error(path: Path) -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number), str(path))

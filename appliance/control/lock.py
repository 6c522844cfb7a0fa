"""Lets only one daemon use a data folder: it holds `<data>/lock`, and a second is told which process does."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType


class AlreadyRunning(RuntimeError):
    """Another daemon holds the data folder. `pid` is None where it has not yet said who it is."""

    def __init__(self, folder: Path, pid: int | None) -> None:
        who = f"process {pid}" if pid is not None else "another process that is just starting"
        super().__init__(f"{folder} is already used by Copperdesk, {who}. Stop that one first, or give another --data.")
        self.folder = folder
        self.pid = pid


class DataFolderLock:
    """Holds the data folder for as long as the `with` block runs; the folder is made if there is none.

    The lock is the kernel's (flock), so it is released when the process ends, in whatever way. The file stays: if it
    were removed, two daemons could hold two files of the same name. AlreadyRunning when another process holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file = -1

    def __enter__(self) -> DataFolderLock:
        self._folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        file = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o640)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            written = os.read(file, 32)
            os.close(file)
            raise AlreadyRunning(self._folder, int(written) if written.strip().isdigit() else None) from None
        with suppress(OSError):  # On a full disk the process is not named in the file, but the lines are answered.
            os.truncate(file, 0)
            os.write(file, f"{os.getpid()}\n".encode())
        self._file = file
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            os.truncate(self._file, 0)
        os.close(self._file)
        self._file = -1

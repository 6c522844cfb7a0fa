"""What the stores that must not stop the unit share: how their SQLite file is opened, read, written and closed."""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import ClassVar, Self

from appliance.store.database import FileFromTheFuture, Schema, as_os_error, in_memory, opened_or_begun_anew
from appliance.store.disk import room_for
from hw.said import Said, told_by


class StoreFile(ABC):
    """One file. Methods block, may be called from any thread, and raise OSError; those that write, StoreFull too.

    path: where it is. fault: what was found damaged when it was opened, in plain words; or empty.
    """

    schema: ClassVar[Schema]
    """What the file holds."""

    def __init__(self, path: Path, connection: sqlite3.Connection, fault: str = "") -> None:
        self.path = path
        self.fault = fault
        self._connection = connection
        self._lock = Lock()

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open or begin the file. A damaged one is set aside, and a new one begun. For a disk that cannot be used, or a
        file of a newer Copperdesk, it is one that lasts as long as the program; `fault` says why.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection, wrong, aside = opened_or_begun_anew(path, cls.schema)
        except (OSError, FileFromTheFuture) as error:
            return cls(Path(":memory:"), in_memory(cls.schema), cls._unusable(told_by(error)))
        return cls(path, connection, cls._damaged(wrong, aside.name) if aside else "")

    @staticmethod
    @abstractmethod
    def _unusable(why: str) -> Said:
        """What people are told of a file that cannot be used."""

    @staticmethod
    @abstractmethod
    def _damaged(why: str, aside: str) -> Said:
        """What people are told of a damaged file. aside: the name under which it was set aside."""

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock, as_os_error(self.path, self.schema.what):
            yield self._connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with room_for(self.schema.what), self._reading() as connection:
            yield connection

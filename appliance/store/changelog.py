"""Who changed what, and when, one row a change, in SQLite. Rows are only added; the oldest go after two years."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

from appliance.store.database import Schema, as_os_error, opened_or_in_memory
from appliance.store.disk import room_for
from hw.said import Said, said

KEPT_FOR = timedelta(days=730)
MOST_KEPT = 10_000
"""Changes; some two megabytes."""

_MIGRATIONS = (
    """
CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    what TEXT NOT NULL,
    about TEXT NOT NULL
);
""",
)
"""Entries are never changed; see `Schema`."""

_COLUMNS = "at, by, what, about"
_SCHEMA = Schema(said("the log of changes"), _MIGRATIONS, lambda _version: f"SELECT {_COLUMNS} FROM changes LIMIT 0")


@dataclass(frozen=True, slots=True)
class NotedChange:
    """at: when (UTC). by: the account that did it; empty: nobody who was signed in. what: a word for programs."""

    at: datetime
    by: str
    what: str
    about: tuple[str, ...] = ()
    """What was changed, and to what; what each means is the word's."""


class ChangeStore:
    """The log in one file. Methods block, may be called from any thread, and raise StoreFull and OSError.

    fault: what was found damaged when it was opened, in plain words; or empty.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, fault: str = "") -> None:
        self.fault = fault
        self._path = path
        self._connection = connection
        self._lock = Lock()

    @classmethod
    def open(cls, path: Path) -> ChangeStore:
        """Open or begin the log. A damaged file is set aside, and a new one begun. For a disk that cannot be used, or
        a file of a newer Copperdesk, it is a log that lasts as long as the program; `fault` says why.
        """

        def unusable(why: str) -> Said:
            return said("the log of changes cannot be used, it is only kept until the next start: %(why)s", why=why)

        def damaged(why: str, aside: str) -> Said:
            return said("the log of changes was damaged (%(why)s); it is kept as %(file)s", why=why, file=aside)

        return cls(*opened_or_in_memory(path, _SCHEMA, unusable, damaged))

    def add(self, change: NotedChange) -> None:
        """Add a change, and forget those that are too old by then. A clock that was wrong forgets no others."""
        row = (_text(change.at), change.by, change.what, json.dumps(change.about, ensure_ascii=False))
        with self._writing() as connection:
            connection.execute(f"INSERT INTO changes ({_COLUMNS}) VALUES (?, ?, ?, ?)", row)
            connection.execute(
                "DELETE FROM changes WHERE at < ? OR id <= (SELECT max(id) FROM changes) - ?",
                (_text(change.at - KEPT_FOR), MOST_KEPT),
            )

    def all(self) -> Sequence[NotedChange]:
        """Every change, the newest first."""
        with self._lock, as_os_error(self._path, _SCHEMA.what):
            rows = self._connection.execute(f"SELECT {_COLUMNS} FROM changes ORDER BY id DESC").fetchall()
        return [
            NotedChange(datetime.fromisoformat(at), by, what, tuple(json.loads(about))) for at, by, what, about in rows
        ]

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, room_for(_SCHEMA.what), as_os_error(self._path, _SCHEMA.what):
            yield self._connection


def _text(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="microseconds")

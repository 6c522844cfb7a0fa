"""Who changed what, and when, one row a change, in SQLite. Rows are only added; the oldest go after two years."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from appliance.store.database import Schema
from appliance.store.storefile import StoreFile
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
SCHEMA = Schema(said("the log of changes"), _MIGRATIONS, lambda _version: f"SELECT {_COLUMNS} FROM changes LIMIT 0")


@dataclass(frozen=True, slots=True)
class NotedChange:
    """at: when (UTC). by: the account that did it; empty: nobody who was signed in. what: a word for programs."""

    at: datetime
    by: str
    what: str
    about: tuple[str, ...] = ()
    """What was changed, and to what; what each means is the word's."""


class ChangeStore(StoreFile):
    """The log in one file; see `StoreFile`."""

    schema = SCHEMA

    @staticmethod
    def _unusable(why: str) -> Said:
        return said("the log of changes cannot be used, it is only kept until the next start: %(why)s", why=why)

    @staticmethod
    def _damaged(why: str, aside: str) -> Said:
        return said("the log of changes was damaged (%(why)s); it is kept as %(file)s", why=why, file=aside)

    def add(self, change: NotedChange, *, may_forget: bool = True) -> None:
        """Add a change, and forget those that are too old by then, if they may be. A clock that was wrong forgets no
        others."""
        row = (_text(change.at), change.by, change.what, json.dumps(change.about, ensure_ascii=False))
        with self._writing() as connection:
            connection.execute(f"INSERT INTO changes ({_COLUMNS}) VALUES (?, ?, ?, ?)", row)
            connection.execute(
                "DELETE FROM changes WHERE at < ? OR id <= (SELECT max(id) FROM changes) - ?",
                (_text(change.at - KEPT_FOR) if may_forget else "", MOST_KEPT),
            )

    def all(self) -> Sequence[NotedChange]:
        """Every change, the newest first."""
        with self._reading() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM changes ORDER BY id DESC").fetchall()
        return [
            NotedChange(datetime.fromisoformat(at), by, what, tuple(json.loads(about))) for at, by, what, about in rows
        ]


def _text(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="microseconds")

"""The SQLite file of the local page: accounts, sessions, tokens for programs, wrong tries, and who may reach the page.

Secrets of sessions and tokens are kept as their SHA-256, so that a copy of the file lets nobody in.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from appliance.store.database import Schema, as_os_error, opened_or_begun_anew
from appliance.store.disk import room_for
from hw.said import said

_MIGRATIONS = (
    """
CREATE TABLE accounts (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    person TEXT NOT NULL,
    language TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE TABLE sessions (
    token TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE ON UPDATE CASCADE,
    began TEXT NOT NULL,
    seen TEXT NOT NULL
);
""",
    """
ALTER TABLE accounts ADD COLUMN factor TEXT NOT NULL DEFAULT '';
ALTER TABLE accounts ADD COLUMN factor_step INTEGER NOT NULL DEFAULT 0;
CREATE TABLE recovery_codes (
    account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE ON UPDATE CASCADE,
    code TEXT NOT NULL,
    PRIMARY KEY (account, code)
);
ALTER TABLE sessions ADD COLUMN id TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT '';
CREATE TABLE tokens (
    id TEXT PRIMARY KEY,
    secret TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    scope TEXT NOT NULL,
    made TEXT NOT NULL,
    until TEXT NOT NULL,
    used TEXT NOT NULL
);
CREATE TABLE tries (
    key TEXT PRIMARY KEY,
    wrong INTEGER NOT NULL,
    last TEXT NOT NULL,
    until TEXT NOT NULL
);
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
""",
)
"""Entries are never changed; see `Schema`."""

SCHEMA = Schema(said("the list of accounts"), _MIGRATIONS, lambda _version: "SELECT name, hash FROM accounts LIMIT 0")


class AccountFile:
    """The open file, for the stores that share it.

    fault: what was found damaged when it was opened, in plain words; or empty.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, fault: str) -> None:
        self.fault = fault
        self._path = path
        self._connection = connection
        self._lock = Lock()

    @classmethod
    def open(cls, path: Path) -> AccountFile:
        """Open or begin the file. A damaged one is set aside, and a new one begun. FileFromTheFuture, or OSError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        connection, wrong, aside = opened_or_begun_anew(path, SCHEMA)
        connection.execute("PRAGMA foreign_keys = ON")
        fault = (
            said("the list of accounts was damaged (%(why)s); it is kept as %(file)s", why=wrong, file=aside.name)
            if aside
            else ""
        )
        return cls(connection, path, fault)

    @contextmanager
    def using(self) -> Iterator[sqlite3.Connection]:
        """The connection, for one thread at a time. What is done within is done whole or not at all. OSError."""
        with self._lock, room_for(SCHEMA.what), as_os_error(self._path, SCHEMA.what):
            try:
                self._connection.execute("BEGIN")
                yield self._connection
                self._connection.execute("COMMIT")
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def close(self) -> None:
        with self._lock:
            self._connection.close()


def hashed(secret: str) -> str:
    """What is kept of a secret that is itself random, and so need not be hashed slowly."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def written(moment: datetime) -> str:
    """As it stands in the file: in UTC, so that texts compare as moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")

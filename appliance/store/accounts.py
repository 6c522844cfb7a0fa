"""Who may sign in at the local page, and the sessions of those who have, in SQLite.

Secrets of sessions are kept as their SHA-256, so that a copy of the file lets nobody in.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from appliance.store.database import Schema, as_os_error, opened_or_begun_anew
from appliance.store.disk import room_for

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
)
"""Entries are never changed; see `Schema`."""

_COLUMNS = "name, role, person, language, hash"
_SCHEMA = Schema("the list of accounts", _MIGRATIONS, lambda _version: f"SELECT {_COLUMNS} FROM accounts LIMIT 0")


@dataclass(frozen=True, slots=True)
class WebAccount:
    """One account of the local page."""

    name: str
    """What its owner signs in with."""
    role: str
    """A word of the page's roles."""
    person: str
    """The id of the person whose mailbox it has; empty: nobody's."""
    language: str
    """What its pages are in; empty: what the browser asks for."""
    hash: str
    """Of the password, by Argon2."""


class AccountStore:
    """The accounts and sessions in one file. Methods block, may be called from any thread, and raise OSError.

    fault: what was found damaged when it was opened, in plain words; or empty.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, fault: str = "") -> None:
        self.fault = fault
        self._path = path
        self._connection = connection
        self._lock = Lock()

    @classmethod
    def open(cls, path: Path) -> AccountStore:
        """Open or begin the file. A damaged one is set aside, and a new one begun. FileFromTheFuture, or OSError."""
        path.parent.mkdir(parents=True, exist_ok=True)
        connection, wrong, aside = opened_or_begun_anew(path, _SCHEMA)
        connection.execute("PRAGMA foreign_keys = ON")
        fault = f"the list of accounts was damaged ({wrong}); it is kept as {aside.name}" if aside else ""
        return cls(connection, path, fault)

    def all(self) -> list[WebAccount]:
        """Every account, by its name."""
        return self._accounts("ORDER BY name")

    def find(self, name: str) -> WebAccount | None:
        return next(iter(self._accounts("WHERE name = ?", name)), None)

    def put(self, account: WebAccount) -> None:
        """Enter an account, or put what is known now in place of what was."""
        with self._using() as connection:
            connection.execute(
                f"INSERT INTO accounts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
                " role = excluded.role, person = excluded.person, language = excluded.language, hash = excluded.hash",
                astuple(account),
            )

    def remove(self, name: str) -> None:
        """Remove an account and end its sessions."""
        with self._using() as connection:
            connection.execute("DELETE FROM accounts WHERE name = ?", (name,))

    def begin_session(self, account: str, now: datetime) -> str:
        """Begin a session. Returns its secret."""
        token = secrets.token_urlsafe(32)
        with self._using() as connection:
            at = now.astimezone(UTC).isoformat()
            connection.execute("INSERT INTO sessions VALUES (?, ?, ?, ?)", (_hashed(token), account, at, at))
        return token

    def session(self, token: str) -> WebAccount | None:
        """Whose session this is; None where it has ended, or never was."""
        return next(
            iter(self._accounts("WHERE name = (SELECT account FROM sessions WHERE token = ?)", _hashed(token))), None
        )

    def end_session(self, token: str) -> None:
        with self._using() as connection:
            connection.execute("DELETE FROM sessions WHERE token = ?", (_hashed(token),))

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _accounts(self, rest: str, *values: str) -> list[WebAccount]:
        with self._using() as connection:
            return [WebAccount(*row) for row in connection.execute(f"SELECT {_COLUMNS} FROM accounts {rest}", values)]

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        with self._lock, room_for(_SCHEMA.what), as_os_error(self._path, _SCHEMA.what):
            yield self._connection


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

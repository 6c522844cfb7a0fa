"""Contacts and the block list on disk, in SQLite: a change writes one row, whatever the others are.

Beside the file stands a copy of it as it was at the last start or import, `<name>.previous`. It takes the place of a
file that is found damaged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock

from appliance.office.contact import Blocked, Contact, Gets
from appliance.store.database import Schema, as_os_error, in_memory, opened_or_begun_anew
from appliance.store.disk import Disk, room_for
from appliance.store.generation import PreviousGeneration
from hw.said import in_a_row, said

_MIGRATIONS = (
    """
CREATE TABLE contacts (
    number TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    company TEXT NOT NULL,
    notes TEXT NOT NULL,
    language TEXT NOT NULL,
    rank INTEGER NOT NULL
);
CREATE INDEX contacts_name ON contacts (name COLLATE NOCASE, number);
CREATE TABLE blocked (
    caller TEXT PRIMARY KEY,
    gets TEXT NOT NULL,
    notes TEXT NOT NULL,
    times INTEGER NOT NULL,
    last TEXT
);
""",
)

_CONTACT = tuple(field.name for field in fields(Contact))
_BLOCKED = tuple(field.name for field in fields(Blocked))

SCHEMA = Schema(
    said("the contacts"),
    _MIGRATIONS,
    lambda _version: (
        f"SELECT 1 FROM (SELECT {', '.join(_CONTACT)} FROM contacts),"
        f" (SELECT {', '.join(_BLOCKED)} FROM blocked) LIMIT 0"
    ),
)

_BROUGHT = "CREATE TEMP TABLE IF NOT EXISTS brought AS SELECT * FROM contacts LIMIT 0"

_READ_AT_ONCE = 500
"""Rows that are fetched while nobody else can use the file."""

Row = tuple[str, str, str, str, str, int]
"""The fields of a contact, in their order."""


def row_of(contact: Contact) -> Row:
    return (contact.number, contact.name, contact.company, contact.notes, contact.language, contact.rank)


@dataclass(frozen=True, slots=True)
class FoundContacts:
    """Some of the contacts that were looked for, and how many there are of them."""

    contacts: list[Contact]
    total: int


class ContactStore:
    """One file. Methods block, and may be called from any thread. They raise OSError: StoreFull on a full disk.

    `fault` says what was found at opening, in plain words: a damaged file that was set aside.
    """

    def __init__(
        self, path: Path, connection: sqlite3.Connection, fault: str, previous: PreviousGeneration | None
    ) -> None:
        self.path = path
        self.fault = fault
        self._connection = connection
        self._previous = previous
        self._lock = Lock()

    @classmethod
    def open(cls, path: Path, disk: Disk | None = None) -> ContactStore:
        """Open or begin the file. Raises FileFromTheFuture for a newer one, and OSError where the disk fails."""
        previous = PreviousGeneration(path, SCHEMA, disk or Disk())
        wrong = "" if path.exists() or not previous.put_back() else said("the contacts were missing")
        connection, damage, aside = opened_or_begun_anew(path, SCHEMA, previous.put_back)
        if aside is not None:
            wrong = said("the contacts were damaged (%(why)s); they are kept as %(file)s", why=damage, file=aside.name)
        then = (
            said("those of %(file)s are used", file=previous.path.name) if previous.used else said("new ones are begun")
        )
        connection.execute("PRAGMA cache_size = -256")  # KB: the whole is in memory elsewhere.
        store = cls(path, connection, in_a_row(wrong, then, by="; ") if wrong else "", previous)
        if previous.outdated():
            with suppress(OSError):  # Without room for a copy the contacts are there all the same.
                store.keep_copy()
        return store

    @classmethod
    def in_memory(cls) -> ContactStore:
        """Contacts that last as long as the program, for a disk that cannot be used."""
        return cls(Path(":memory:"), in_memory(SCHEMA), "", None)

    def contacts(self) -> Iterator[Row]:
        """All contacts, by their numbers. Others can use the file meanwhile."""
        last = ""
        while rows := self._rows("WHERE number > ? ORDER BY number LIMIT ?", (last, _READ_AT_ONCE)):
            yield from rows
            last = rows[-1][0]

    def blocked(self) -> list[Blocked]:
        """The block list, by its callers."""
        with self._using() as connection:
            rows = connection.execute(f"SELECT {', '.join(_BLOCKED)} FROM blocked ORDER BY caller").fetchall()
        return [
            Blocked(caller, Gets(gets), notes, times, datetime.fromisoformat(last) if last else None)
            for caller, gets, notes, times, last in rows
        ]

    def find(self, text: str, after: int, limit: int) -> FoundContacts:
        """Those in whose number, name, company or notes this stands, by name, from the `after`th on."""
        where = ""
        likes: tuple[str, ...] = ()
        if text:
            escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
            where = "WHERE " + " OR ".join(f"{name} LIKE ? ESCAPE '\\'" for name in _CONTACT[:4])
            likes = (f"%{escaped}%",) * 4
        rows = self._rows(f"{where} ORDER BY name COLLATE NOCASE, number LIMIT ? OFFSET ?", (*likes, limit, after))
        with self._using() as connection:
            (total,) = connection.execute(f"SELECT count(*) FROM contacts {where}", likes).fetchone()
        return FoundContacts([Contact(*row) for row in rows], total)

    def put(self, contacts: Iterable[Contact], without: Collection[str] = ()) -> None:
        """Enter contacts, in place of those of the same numbers; and remove some. All of it, or nothing."""
        marks = ", ".join("?" * len(_CONTACT))
        with self._changing() as connection:
            connection.executemany("DELETE FROM contacts WHERE number = ?", ((number,) for number in without))
            enter = f"INSERT OR REPLACE INTO contacts ({', '.join(_CONTACT)}) VALUES ({marks})"
            connection.executemany(enter, map(row_of, contacts))

    def bring(self, contacts: Iterable[Contact]) -> None:
        """Lay some contacts of very many beside the others, in memory, until they are taken in."""
        with self._using() as connection:
            connection.execute("PRAGMA temp_store = MEMORY")
            connection.execute(_BROUGHT)
            connection.executemany("INSERT INTO brought VALUES (?, ?, ?, ?, ?, ?)", map(row_of, contacts))

    def take_in(self) -> None:
        """Enter all contacts that were brought: all, or none. SQLite does it by itself, and no other thread waits."""
        with self._changing() as connection:
            connection.execute(_BROUGHT)
            connection.execute("INSERT OR REPLACE INTO contacts SELECT * FROM brought")

    def leave(self) -> None:
        """Forget the contacts that were brought."""
        with self._using() as connection:
            connection.execute("DROP TABLE IF EXISTS temp.brought")

    def block(self, blocked: Blocked) -> None:
        """Enter somebody into the block list. Whoever is in it already stays counted."""
        row = (blocked.caller, blocked.gets.value, blocked.notes, blocked.times, _written(blocked.last))
        anew = "ON CONFLICT (caller) DO UPDATE SET gets = excluded.gets, notes = excluded.notes"
        with self._changing() as connection:
            connection.execute(f"INSERT INTO blocked ({', '.join(_BLOCKED)}) VALUES (?, ?, ?, ?, ?) {anew}", row)

    def unblock(self, caller: str) -> None:
        with self._changing() as connection:
            connection.execute("DELETE FROM blocked WHERE caller = ?", (caller,))

    def count(self, caller: str, at: datetime) -> None:
        """A call was blocked by this entry."""
        with self._changing() as connection:
            connection.execute(
                "UPDATE blocked SET times = times + 1, last = ? WHERE caller = ?", (_written(at), caller)
            )

    def keep_copy(self) -> None:
        """Make what is there now the copy that takes the place of a damaged file."""
        if self._previous is not None:
            with self._using() as connection:
                self._previous.keep(connection)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def _rows(self, rest: str, values: Sequence[str | int]) -> list[Row]:
        with self._using() as connection:
            return connection.execute(f"SELECT {', '.join(_CONTACT)} FROM contacts {rest}", values).fetchall()

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        with self._lock, room_for(said("the contacts")), as_os_error(self.path, SCHEMA.what):
            yield self._connection

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """All that is done within it is on the disk behind it, or nothing where it fails."""
        with self._using() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise


def _written(time: datetime | None) -> str | None:
    return time.astimezone(UTC).isoformat(timespec="microseconds") if time else None

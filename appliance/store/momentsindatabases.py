"""Moments in the databases of a data folder; see `momentsinfiles`."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

from appliance.store.clockjournal import Correction, UnsetStretch, shift_of
from appliance.store.database import as_os_error, together
from hw.said import said

MADE_ANEW = frozenset({"tallied", "tallies"})
"""Tables of the call log with sums of days, which are reckoned anew."""
DONE = "clock_corrected"
"""The table in which a database notes that it was put right."""

WHAT = said("the correction of times")


def has_moments(path: Path, stretch: UnsetStretch) -> bool:
    """Whether a database has a moment of this stretch. Raises OSError."""
    with as_os_error(path, WHAT), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA query_only = ON")
        for table, columns in _texts(connection):
            where, bounds = _where(columns, stretch)
            if connection.execute(f"SELECT 1 FROM {table} WHERE {where} LIMIT 1", bounds).fetchone():
                return True
    return False


def put_right_database(path: Path, correction: Correction) -> None:
    """In one transaction, with the note that it was done, so that it is never done twice. Raises OSError."""
    shift = shift_of(correction)
    with as_os_error(path, WHAT), closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        connection.create_function("shifted", 1, lambda value: shift(value) if isinstance(value, str) else value)
        with together(connection):
            connection.execute(f"CREATE TABLE IF NOT EXISTS {DONE} (id TEXT PRIMARY KEY) WITHOUT ROWID")
            if connection.execute(f"SELECT 1 FROM {DONE} WHERE id = ?", (correction.id,)).fetchone():
                return
            tables = dict(_texts(connection))
            for table, columns in tables.items():
                where, bounds = _where(columns, correction.stretch)
                sets = ", ".join(f"{column} = shifted({column})" for column in columns)
                connection.execute(f"UPDATE {table} SET {sets} WHERE {where}", bounds)
            if _has_table(connection, "tallied"):
                till = _bound(correction.stretch.begin)
                connection.execute("DELETE FROM tallied WHERE till > ?", (till,))
            connection.execute(f"DELETE FROM {DONE}")
            connection.execute(f"INSERT INTO {DONE} VALUES (?)", (correction.id,))


def _texts(connection: sqlite3.Connection) -> Iterator[tuple[str, list[str]]]:
    """The tables, quoted, each with those of its columns that hold text, quoted as well."""
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    for (table,) in tables.fetchall():
        told = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
        columns = [f'"{name}"' for _, name, kind, *_ in told if kind.upper() == "TEXT"]
        if columns and table not in MADE_ANEW | {DONE}:
            yield f'"{table}"', columns


def _has_table(connection: sqlite3.Connection, name: str) -> bool:
    found = connection.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (name,))
    return found.fetchone() is not None


def _where(columns: list[str], stretch: UnsetStretch) -> tuple[str, list[str]]:
    """Which rows are looked at: those with a text between the bounds, which are full seconds, in some column."""
    assert stretch.end is not None
    bounds = [_bound(stretch.begin), _bound(stretch.end)]
    return " OR ".join(f"({column} >= ? AND {column} < ?)" for column in columns), bounds * len(columns)


def _bound(moment: datetime) -> str:
    """Without its zone, so that it comes before that second with and without digits behind the point."""
    return moment.isoformat(timespec="seconds").removesuffix("+00:00")

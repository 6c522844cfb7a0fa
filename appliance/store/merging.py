"""Rows of a database of a later form brought into one of an earlier form, when an update is taken back."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path


def bring_over(newer: Path, older: Path) -> None:
    """Add to `older` the rows that only `newer` has, by the columns that both have. Neither may be in use.

    A row whose key `older` has already stays as it is there. Tables that only the newer one knows are left out, and so
    is what the older form does not allow. `newer` may be missing or damaged: then `older` stays as it is. `older` is
    left as one file, without a log beside it.
    """
    with closing(sqlite3.connect(older, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode=DELETE")
        if not newer.exists():
            return
        base.execute("ATTACH ? AS newer", (str(newer),))
        # A damaged one, or a table of another form than was thought of: what can be brought over is.
        with suppress(sqlite3.DatabaseError):
            for table in _tables(base, "newer") & _tables(base, "main"):
                with suppress(sqlite3.OperationalError, sqlite3.IntegrityError):
                    _bring_table(base, table)


def _tables(base: sqlite3.Connection, schema: str) -> set[str]:
    found = base.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {name for (name,) in found}


def _bring_table(base: sqlite3.Connection, table: str) -> None:
    here, there = (
        {row[1]: row[5] for row in base.execute(f"PRAGMA {schema}.table_info({_quoted(table)})")}
        for schema in ("main", "newer")
    )
    if not any(here.values()):  # Without a key nothing tells which rows both have.
        return
    columns = ", ".join(_quoted(name) for name in here if name in there)
    base.execute(
        f"INSERT OR IGNORE INTO main.{_quoted(table)} ({columns}) SELECT {columns} FROM newer.{_quoted(table)}"
    )


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'

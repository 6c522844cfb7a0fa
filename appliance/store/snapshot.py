"""Copies of SQLite files as they were at one moment, though they are in use; and whether such a copy is whole."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path


def copy_database(path: Path, copy: Path) -> None:
    """Copy a database that others may be writing to. Raises OSError where it cannot be read, or the disk is full."""
    try:
        with (
            closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(copy)) as target,
        ):
            source.backup(target, pages=1000)
    except sqlite3.DatabaseError as error:
        raise OSError(f"{path.name} cannot be copied: {error}") from error


def is_whole_database(path: Path) -> bool:
    """Whether it is a database, and its pages fit together."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            found: tuple[str] = connection.execute("PRAGMA quick_check").fetchone()
            return found == ("ok",)
    except sqlite3.DatabaseError:
        return False

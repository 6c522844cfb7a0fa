"""Opening a store's SQLite file: looked at before it is touched, brought to our version, set aside where damaged.

Write-ahead logging keeps readers and the writer out of each other's way. Every commit is synchronized
(synchronous=FULL), so that what was committed is there after a power cut.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EIO, ENOSPC
from pathlib import Path

from hw.said import said


class FileFromTheFuture(ValueError):
    """The file was written by a newer Copperdesk; it is left as it is."""


@dataclass(frozen=True, slots=True)
class Schema:
    """What a file holds.

    what: its name in sentences, such as `the call log`. migrations: what leads from each version of the file to the
    next; version 0 is an empty file. Entries are never changed. probe: a query that only works on a file of ours of
    this version.
    """

    what: str
    migrations: Sequence[str]
    probe: Callable[[int], str]

    @property
    def version(self) -> int:
        return len(self.migrations)


def opened(path: Path, schema: Schema) -> sqlite3.Connection:
    """Open or begin the file. Raises sqlite3.DatabaseError where it is damaged or not ours, and FileFromTheFuture."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        # Looked at before anything is written to it: what is not ours stays as it is.
        if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("its pages do not fit together")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > schema.version:
            raise FileFromTheFuture(
                said(
                    "%(file)s has version %(version)s; this program knows %(known)s",
                    file=path.name,
                    version=version,
                    known=schema.version,
                )
            )
        if version == 0 and connection.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
            raise sqlite3.DatabaseError("it belongs to another program")
        if version:
            connection.execute(schema.probe(version))
        path.chmod(0o600)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        _migrate(connection, schema, version)
    except BaseException:
        connection.close()
        raise
    return connection


def in_memory(schema: Schema) -> sqlite3.Connection:
    """A file that lasts as long as the program, for a disk that cannot be used."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _migrate(connection, schema, 0)
    return connection


def opened_or_begun_anew(
    path: Path, schema: Schema, before: Callable[[], object] = lambda: None
) -> tuple[sqlite3.Connection, str, Path | None]:
    """The file open; where it was damaged a new one, what was wrong with the old one, and where that is kept.

    It is set aside as `<name>.damaged` (then `.damaged-2`, …). before: called once it is, and may put another in its
    place. Raises FileFromTheFuture, and OSError where the disk fails.
    """
    try:
        return opened(path, schema), "", None
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise os_error(path, schema.what, error) from error
        wrong, aside = str(error), _set_aside(path)
    before()
    try:
        return opened(path, schema), wrong, aside
    except sqlite3.DatabaseError as again:
        raise os_error(path, schema.what, again) from again


@contextmanager
def together(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is done within it is on the disk, or nothing of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is to blame. SQLite calls a failing disk "operational", but also tables not ours."""
    return not isinstance(error, sqlite3.OperationalError) or error.sqlite_errorcode == sqlite3.SQLITE_ERROR


def os_error(path: Path, what: str, error: sqlite3.DatabaseError) -> OSError:
    """SQLite's own words for a disk that fails, as an OSError like everybody else's."""
    full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return OSError(ENOSPC if full else EIO, f"{what}: {error}", str(path))


@contextmanager
def as_os_error(path: Path, what: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise os_error(path, what, error) from error


def _migrate(connection: sqlite3.Connection, schema: Schema, version: int) -> None:
    """Bring the file from this version to ours, in one transaction."""
    if version < schema.version:
        steps = " ".join(schema.migrations[version:])
        connection.executescript(f"BEGIN; {steps} PRAGMA user_version = {schema.version}; COMMIT;")


def _set_aside(path: Path) -> Path:
    number = 1
    aside = path.with_name(f"{path.name}.damaged")
    while aside.exists():
        number += 1
        aside = path.with_name(f"{path.name}.damaged-{number}")
    path.rename(aside)
    for ending in ("-wal", "-shm"):
        # Left behind, they would be applied to the new file; beside the old one they may still help to read it.
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside

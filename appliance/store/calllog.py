"""The call log: one record a call, in SQLite.

Write-ahead logging keeps readers and the writer out of each other's way. Every write is synchronized
(synchronous=FULL): a call has only two of them, and after a power cut the log shows who was on the line.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from errno import EIO, ENOSPC
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from appliance.store.disk import room_for

Direction = Literal["in", "out", "inside"]

INTERRUPTED = "interrupted"
"""The outcome of calls that were on the line when the power went or the program ended."""

_MIGRATIONS = (
    """
CREATE TABLE calls (
    id TEXT PRIMARY KEY,
    started TEXT NOT NULL,
    answered TEXT,
    ended TEXT,
    direction TEXT NOT NULL,
    line TEXT NOT NULL,
    caller_number TEXT NOT NULL,
    caller_name TEXT NOT NULL,
    called TEXT NOT NULL,
    reached TEXT NOT NULL,
    outcome TEXT NOT NULL,
    cause TEXT NOT NULL,
    fault TEXT NOT NULL
);
CREATE INDEX calls_started ON calls (started);
""",
    "ALTER TABLE calls ADD COLUMN steps TEXT NOT NULL DEFAULT '[]';",
)
"""What leads from each version of the file to the next; version 0 is an empty file. Entries are never changed."""

VERSION = len(_MIGRATIONS)


class CallLogFromTheFuture(ValueError):
    """The file was written by a newer Copperdesk; it is left as it is."""


@dataclass(frozen=True, slots=True)
class CallStep:
    """Where a call came, so many seconds after its beginning."""

    seconds: float
    what: str


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call. Times are UTC. Texts are empty where there is nothing to say."""

    id: str
    """The call's id, which the system log has too."""
    started: datetime
    """When it began."""
    direction: Direction
    """Whether it came in, went out or was internal."""
    line: str
    """The line that it began on."""
    answered: datetime | None = None
    """When it was answered; None: it was not, or not yet."""
    ended: datetime | None = None
    """When it ended; None: not yet."""
    caller_number: str = ""
    """The caller's number."""
    caller_name: str = ""
    """The caller's name."""
    called: str = ""
    """The number called."""
    reached: str = ""
    """The id of the person who was reached."""
    outcome: str = ""
    """What became of it: a value of `Outcome`."""
    cause: str = ""
    """How it was known that a party had left: a value of `Cause`."""
    fault: str = ""
    """What went wrong in the system itself, for people."""
    steps: tuple[CallStep, ...] = ()
    """Where the call came, in order."""


_FIELDS = tuple(field.name for field in fields(CallRecord))
_TIMES = ("started", "answered", "ended")
_ADDED = {"steps": 2}
"""The version of the file from which on it has these columns."""


_ALIVE = "CREATE TABLE IF NOT EXISTS alive (id INTEGER PRIMARY KEY, at TEXT NOT NULL)"
"""When the unit was last known to be running while calls went on; after a power cut this gives their length."""


class CallLog:
    """The log in one file. Methods block, and may be called from any thread. They raise StoreFull on a full disk.

    `faults` says what was found at opening, in plain words: a damaged file that was set aside.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, faults: tuple[str, ...]) -> None:
        self.path = path
        self.faults = faults
        self._connection = connection
        self._lock = Lock()

    @classmethod
    def open(cls, path: Path) -> CallLog:
        """Open or begin the log; calls without an end are closed as interrupted, at the time they were last known.

        A damaged file is set aside as `<name>.damaged` (then `.damaged-2`, …) and a new one begun. Raises
        CallLogFromTheFuture for a newer schema, and OSError where the disk fails.
        """
        faults: tuple[str, ...] = ()
        try:
            connection = _opened(path)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise _os_error(path, error) from error
            aside = _set_aside(path)
            faults = (f"the call log was damaged ({error}); it is kept as {aside.name} and a new one begun",)
            try:
                connection = _opened(path)
            except sqlite3.DatabaseError as again:
                raise _os_error(path, again) from again
        return cls(path, connection, faults)

    @classmethod
    def in_memory(cls) -> CallLog:
        """A log that lasts as long as the program, for a disk that cannot be used."""
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        _migrate(connection, 0)
        connection.execute(_ALIVE)
        return cls(Path(":memory:"), connection, ())

    def begin(self, record: CallRecord) -> None:
        """Enter a call that has begun. Raises ValueError where its id is already there."""
        marks = ", ".join("?" * len(_FIELDS))
        with self._writing() as connection:
            try:
                connection.execute(f"INSERT INTO calls ({', '.join(_FIELDS)}) VALUES ({marks})", _row(record))
            except sqlite3.IntegrityError as error:
                raise ValueError(f"the call log already has a call {record.id}") from error

    def alive(self, now: datetime) -> None:
        """Note that all unfinished calls were still going on at this time."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO alive (id, at) VALUES (1, ?)", (_written(now),))

    def finish(self, record: CallRecord) -> None:
        """Put what is now known of a call, with its end, in place of what was. Raises LookupError for an unknown id."""
        sets = ", ".join(f"{name} = ?" for name in _FIELDS)
        with self._writing() as connection:
            if connection.execute(f"UPDATE calls SET {sets} WHERE id = ?", (*_row(record), record.id)).rowcount == 0:
                raise LookupError(f"the call log has no call {record.id}")

    def recent(self, limit: int) -> list[CallRecord]:
        """The last `limit` calls, the newest first."""
        return self._read("ORDER BY started DESC, rowid DESC LIMIT ?", limit)

    def since(self, start: datetime) -> list[CallRecord]:
        """The calls that began at this time or later, the oldest first."""
        return self._read("WHERE started >= ? ORDER BY started, rowid", _written(start))

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, room_for("the call log"), _as_os_error(self.path):
            yield self._connection

    def _read(self, rest: str, value: int | str) -> list[CallRecord]:
        with self._lock, _as_os_error(self.path):
            rows = self._connection.execute(f"SELECT {', '.join(_FIELDS)} FROM calls {rest}", (value,)).fetchall()
        return [_record(row) for row in rows]


def _opened(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    try:
        # Looked at before anything is written to it: what is not ours stays as it is.
        if connection.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("its pages do not fit together")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > VERSION:
            raise CallLogFromTheFuture(f"{path.name} has version {version}; this program knows {VERSION}")
        if version == 0 and connection.execute("SELECT count(*) FROM sqlite_master").fetchone() != (0,):
            raise sqlite3.DatabaseError("it belongs to another program")
        if version:
            columns = (name for name in _FIELDS if _ADDED.get(name, 1) <= version)
            connection.execute(f"SELECT {', '.join(columns)} FROM calls LIMIT 0")
        path.chmod(0o600)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        _migrate(connection, version)
        connection.execute(_ALIVE)
        # An interrupted call went on until it was last noted to, or at least until it was answered.
        connection.execute(
            "UPDATE calls SET ended = max(coalesce(answered, started), coalesce((SELECT at FROM alive), '')),"
            " outcome = ? WHERE ended IS NULL",
            (INTERRUPTED,),
        )
    except BaseException:
        connection.close()
        raise
    return connection


def _migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring the file from this version to ours, in one transaction."""
    if version < VERSION:
        steps = " ".join(_MIGRATIONS[version:])
        connection.executescript(f"BEGIN; {steps} PRAGMA user_version = {VERSION}; COMMIT;")


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether the file itself is to blame. SQLite calls a failing disk "operational", but also tables not ours."""
    return not isinstance(error, sqlite3.OperationalError) or error.sqlite_errorcode == sqlite3.SQLITE_ERROR


def _os_error(path: Path, error: sqlite3.DatabaseError) -> OSError:
    """SQLite's own words for a disk that fails, as an OSError like everybody else's."""
    full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return OSError(ENOSPC if full else EIO, f"the call log: {error}", str(path))


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


@contextmanager
def _as_os_error(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _os_error(path, error) from error


def _written(time: datetime) -> str:
    """A time as text, in UTC with all its digits, so that texts sort as their times do."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def _row(record: CallRecord) -> tuple[str | None, ...]:
    return tuple(_column(getattr(record, name)) for name in _FIELDS)


def _column(value: Any) -> str | None:
    if isinstance(value, datetime):
        return _written(value)
    if isinstance(value, tuple):
        return json.dumps([[step.seconds, step.what] for step in value])
    text: str | None = value
    return text


def _record(row: tuple[Any, ...]) -> CallRecord:
    known = dict(zip(_FIELDS, row, strict=True))
    known |= {name: datetime.fromisoformat(known[name]) for name in _TIMES if known[name]}
    known["steps"] = tuple(CallStep(seconds, what) for seconds, what in json.loads(known["steps"]))
    return CallRecord(**known)

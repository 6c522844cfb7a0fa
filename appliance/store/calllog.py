"""The call log: one record a call, in SQLite.

Every write is synchronized: a call has only a few of them, and after a power cut the log shows who was on the line.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from appliance.store.calllogschema import CALL_LOG, FIELDS
from appliance.store.database import as_os_error, in_memory, opened_or_begun_anew
from appliance.store.disk import room_for
from hw.said import said

Direction = Literal["in", "out", "inside", "test"]

INTERRUPTED = "interrupted"
"""The outcome of calls that were on the line when the power went or the program ended."""


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
    """Whether it came in, went out, was internal, or only tried what callers meet."""
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


@dataclass(frozen=True, slots=True)
class OutsideCall:
    """A number outside that was called in a call. Times are UTC. Texts are empty where there is nothing to say."""

    call: str
    """The id of the call."""
    began: datetime
    """When a line was wanted for it."""
    number: str
    """The number, as it is dialled on a line."""
    number_class: str
    """Its class: a value of `NumberClass`."""
    person: str = ""
    """The id of whoever called it, or whose calls were forwarded there."""
    telephone: str = ""
    """The name of the telephone on which it was called."""
    account: str = ""
    """The code of the account."""
    ended: datetime | None = None
    """When it was over; None: not yet."""


@dataclass(frozen=True, slots=True)
class History:
    """How often a caller has called, and when last (None: never)."""

    calls: int
    last: datetime | None


OUTSIDE = "call, began, number, class, person, telephone, account, ended"
"""The columns of a number outside that was called, for `outside_of`."""

_MEMORY = Path(":memory:")
_TIMES = ("started", "answered", "ended")

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
        FileFromTheFuture for a newer schema, and OSError where the disk fails.
        """
        connection, wrong, aside = opened_or_begun_anew(path, CALL_LOG)
        faults: tuple[str, ...] = ()
        if aside is not None:
            faults = (
                said(
                    "the call log was damaged (%(why)s); it is kept as %(file)s and a new one begun",
                    why=wrong,
                    file=aside.name,
                ),
            )
        with as_os_error(path, CALL_LOG.what):
            connection.execute(_ALIVE)
            # An interrupted call went on until it was last noted to, or at least until it was answered.
            connection.execute(
                "UPDATE calls SET ended = max(coalesce(answered, started), coalesce((SELECT at FROM alive), '')),"
                " outcome = ? WHERE ended IS NULL",
                (INTERRUPTED,),
            )
            connection.execute(
                "UPDATE outside_calls SET ended = max(began, coalesce((SELECT at FROM alive), '')) WHERE ended IS NULL"
            )
        return cls(path, connection, faults)

    @classmethod
    def in_memory(cls) -> CallLog:
        """A log that lasts as long as the program, for a disk that cannot be used."""
        connection = in_memory(CALL_LOG)
        connection.execute(_ALIVE)
        return cls(_MEMORY, connection, ())

    def begin(self, record: CallRecord) -> None:
        """Enter a call that has begun. Raises ValueError where its id is already there."""
        marks = ", ".join("?" * len(FIELDS))
        with self._writing() as connection:
            try:
                connection.execute(f"INSERT INTO calls ({', '.join(FIELDS)}) VALUES ({marks})", _row(record))
            except sqlite3.IntegrityError as error:
                raise ValueError(f"the call log already has a call {record.id}") from error

    def alive(self, now: datetime) -> None:
        """Note that all unfinished calls were still going on at this time."""
        with self._writing() as connection:
            connection.execute("INSERT OR REPLACE INTO alive (id, at) VALUES (1, ?)", (as_text(now),))

    def finish(self, record: CallRecord) -> None:
        """Put what is now known of a call, with its end, in place of what was. Raises LookupError for an unknown id.

        Only columns that differ are written: every index of a column that is set is written anew, changed or not, and
        this is done every few seconds of a call, to a memory card that wears out.
        """
        with self._writing() as connection:
            held = connection.execute(f"SELECT {', '.join(FIELDS)} FROM calls WHERE id = ?", (record.id,)).fetchone()
            if held is None:
                raise LookupError(f"the call log has no call {record.id}")
            columns = zip(FIELDS, _row(record), held, strict=True)
            changed = {name: value for name, value, before in columns if value != before}
            if changed:
                sets = ", ".join(f"{name} = ?" for name in changed)
                connection.execute(f"UPDATE calls SET {sets} WHERE id = ?", (*changed.values(), record.id))

    def message_heard(self, received: datetime, heard: datetime) -> None:
        """Note when a message was heard that came in at that time."""
        with self._writing() as connection:
            connection.execute("INSERT INTO messages_heard VALUES (?, ?)", (as_text(received), as_text(heard)))

    def outside_begins(self, call: OutsideCall) -> None:
        """Enter a number outside that is called."""
        values = (call.call, as_text(call.began), call.number, call.number_class, call.person, call.telephone)
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO outside_calls (call, began, number, class, person, telephone, account)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (*values, call.account),
            )

    def outside_ends(self, call: OutsideCall) -> None:
        """Note when a number outside was no longer called. Raises LookupError for one that was not entered."""
        assert call.ended is not None
        where = (call.call, as_text(call.began), call.number)
        with self._writing() as connection:
            done = connection.execute(
                "UPDATE outside_calls SET ended = ? WHERE call = ? AND began = ? AND number = ? AND ended IS NULL",
                (as_text(call.ended), *where),
            )
            if done.rowcount == 0:
                raise LookupError(f"the call log has no call {call.call} outside")

    def outside_since(self, start: datetime) -> list[OutsideCall]:
        """The numbers outside that were called at this time or later, or until then, the oldest first."""
        query = f"SELECT {OUTSIDE} FROM outside_calls WHERE began >= ? OR ended >= ? ORDER BY began"
        with self._lock, as_os_error(self.path, CALL_LOG.what):
            rows = self._connection.execute(query, (as_text(start), as_text(start))).fetchall()
        return [outside_of(row) for row in rows]

    def recent(self, limit: int) -> list[CallRecord]:
        """The last `limit` calls, the newest first."""
        return self._read("ORDER BY started DESC, rowid DESC LIMIT ?", limit)

    def since(self, start: datetime) -> list[CallRecord]:
        """The calls that began at this time or later, the oldest first."""
        return self._read("WHERE started >= ? ORDER BY started, rowid", as_text(start))

    def history(self, numbers: Collection[str], before: datetime) -> History:
        """The calls that came in from a caller, before this time. numbers: the forms in which lines give the number."""
        marks = ", ".join("?" * len(numbers))
        query = f"SELECT count(*), max(started) FROM calls WHERE direction = 'in' AND caller_number IN ({marks})"
        with self._lock, as_os_error(self.path, CALL_LOG.what):
            found = self._connection.execute(f"{query} AND started < ?", (*numbers, as_text(before)))
            calls, last = found.fetchone()
        return History(calls, datetime.fromisoformat(last) if last else None)

    def last_caller(self, reached: str = "") -> CallRecord | None:
        """The last call that came in with a number. reached: the id of the person who was; empty: anybody."""
        theirs = "AND reached = ? " if reached else ""
        rest = (
            f"WHERE direction = 'in' AND caller_number GLOB '*[0-9]*' {theirs}ORDER BY started DESC, rowid DESC LIMIT 1"
        )
        return next(iter(self._read(rest, *([reached] if reached else []))), None)

    def last_dialled(self, line: str, before: datetime, *, outside: bool = False) -> CallRecord | None:
        """The last call before this time that began on a telephone and was for a number. outside: for one outside."""
        which = "direction = 'out'" if outside else "direction != 'in'"
        rest = (
            f"WHERE line = ? AND started < ? AND called GLOB '[0-9]*' AND {which} "
            "ORDER BY started DESC, rowid DESC LIMIT 1"
        )
        return next(iter(self._read(rest, line, as_text(before))), None)

    def last_call_for(self, person: str, extension: str, but_on: str) -> CallRecord | None:
        """The last call for a person, whether it was answered or not, but for those that began on this line.

        person: the id. extension: by which the person is called; a caller who gave up has reached nobody.
        """
        rest = (
            "WHERE (reached = ? OR called = ?) AND direction != 'out' AND line != ? "
            "ORDER BY started DESC, rowid DESC LIMIT 1"
        )
        return next(iter(self._read(rest, person, extension, but_on)), None)

    def person_before(self, numbers: Collection[str]) -> str:
        """The id of the person whom somebody with one of these numbers talked to last; empty for nobody."""
        marks = ", ".join("?" * len(numbers))
        rest = (
            f"WHERE direction = 'in' AND caller_number IN ({marks}) AND reached != '' "
            "AND outcome IN ('connected', 'operator') ORDER BY started DESC, rowid DESC LIMIT 1"
        )
        found = next(iter(self._read(rest, *numbers)), None) if numbers else None
        return found.reached if found is not None else ""

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own for whoever looks through much, so that nobody waits who writes. It only reads."""
        if self._in_memory:
            with self._lock, as_os_error(self.path, CALL_LOG.what):
                yield self._connection
            return
        with self.beside() as connection:
            connection.execute("PRAGMA query_only = ON")
            yield connection

    @contextmanager
    def beside(self) -> Iterator[sqlite3.Connection]:
        """The same, for whoever may write a little besides. What it writes is not synchronized."""
        if self._in_memory:
            with self._writing() as connection:
                yield connection
            return
        with as_os_error(self.path, CALL_LOG.what), closing(sqlite3.connect(self.path, isolation_level=None)) as other:
            other.execute("PRAGMA synchronous = NORMAL")
            yield other

    @property
    def _in_memory(self) -> bool:
        return self.path == _MEMORY

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock, room_for(said("the call log")), as_os_error(self.path, CALL_LOG.what):
            yield self._connection

    def _read(self, rest: str, *values: int | str) -> list[CallRecord]:
        with self._lock, as_os_error(self.path, CALL_LOG.what):
            rows = self._connection.execute(f"SELECT {', '.join(FIELDS)} FROM calls {rest}", values).fetchall()
        return [record_of(row) for row in rows]


def as_text(time: datetime) -> str:
    """A time as text, in UTC with all its digits, so that texts sort as their times do."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def _row(record: CallRecord) -> tuple[str | None, ...]:
    return tuple(_column(getattr(record, name)) for name in FIELDS)


def _column(value: Any) -> str | None:
    if isinstance(value, datetime):
        return as_text(value)
    if isinstance(value, tuple):
        return json.dumps([[step.seconds, step.what] for step in value])
    text: str | None = value
    return text


def record_of(row: tuple[Any, ...]) -> CallRecord:
    """A call, out of its columns `FIELDS`."""
    known = dict(zip(FIELDS, row, strict=True))
    known |= {name: datetime.fromisoformat(known[name]) for name in _TIMES if known[name]}
    known["steps"] = tuple(CallStep(seconds, what) for seconds, what in json.loads(known["steps"]))
    return CallRecord(**known)


def outside_of(row: tuple[Any, ...]) -> OutsideCall:
    """A number outside that was called, out of its columns `OUTSIDE`."""
    call, began, number, kind, person, telephone, account, ended = row
    return OutsideCall(
        *(call, datetime.fromisoformat(began), number, kind, person, telephone, account),
        ended=datetime.fromisoformat(ended) if ended else None,
    )

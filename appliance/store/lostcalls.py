"""The callers who got nobody, one row a call, in SQLite. A row is never deleted: it is marked as done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from appliance.store.database import Schema
from appliance.store.storefile import StoreFile
from hw.said import Said, said

How = Literal["ticked", "called-back", "reached"]
"""How a lost call was settled: somebody said so, somebody called back, or the caller reached somebody later."""

_MIGRATIONS = (
    """
CREATE TABLE lost (
    call TEXT PRIMARY KEY,
    at TEXT NOT NULL,
    number TEXT NOT NULL,
    name TEXT NOT NULL,
    wanted TEXT NOT NULL,
    got_to TEXT NOT NULL,
    call_back INTEGER NOT NULL,
    done TEXT,
    how TEXT NOT NULL DEFAULT ''
);
CREATE INDEX lost_waiting ON lost (done, wanted, at);
CREATE INDEX lost_number ON lost (number, done);
""",
)
"""Entries are never changed; see `Schema`."""

_COLUMNS = "call, at, number, name, wanted, got_to, call_back"
SCHEMA = Schema(said("the list of lost callers"), _MIGRATIONS, lambda _version: f"SELECT {_COLUMNS} FROM lost LIMIT 0")


@dataclass(frozen=True, slots=True)
class LostCall:
    """A call that ended without a word to a person."""

    call: str
    """The id of the call, as in the call log."""
    at: datetime
    """When it began (UTC)."""
    number: str
    """The caller's number as the line gave it, `private` or `unavailable`; empty: nothing is known."""
    name: str
    """The caller's name; empty: not known."""
    wanted: str
    """The id of the person or department that was called; empty: nobody in particular."""
    got_to: str
    """How far the caller came, in the words of the call's record."""
    call_back: bool = False
    """The caller wants to be called back."""


class LostStore(StoreFile):
    """The list in one file; see `StoreFile`."""

    schema = SCHEMA

    @staticmethod
    def _unusable(why: str) -> Said:
        return said("the list of lost callers cannot be used, it is only kept until the next start: %(why)s", why=why)

    @staticmethod
    def _damaged(why: str, aside: str) -> Said:
        return said("the list of lost callers was damaged (%(why)s); it is kept as %(file)s", why=why, file=aside)

    def put(self, lost: LostCall) -> None:
        """Enter a call. If it is there already, what is known now takes the place of what was; a wish stays."""
        with self._writing() as connection:
            connection.execute(
                f"INSERT INTO lost ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (call) DO UPDATE SET"
                " number = excluded.number, name = excluded.name, got_to = excluded.got_to,"
                " wanted = CASE WHEN call_back THEN wanted ELSE excluded.wanted END,"
                " call_back = max(call_back, excluded.call_back)",
                (lost.call, _text(lost.at), lost.number, lost.name, lost.wanted, lost.got_to, int(lost.call_back)),
            )

    def put_missing(self, calls: Collection[LostCall]) -> None:
        """Enter those that were never entered."""
        with self._writing() as connection:
            connection.executemany(
                f"INSERT OR IGNORE INTO lost ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)",
                [(one.call, _text(one.at), one.number, one.name, one.wanted, one.got_to, 0) for one in calls],
            )

    def waiting(self, wanted: Collection[str] | None = None) -> list[LostCall]:
        """Those that are not settled yet, the oldest first. wanted: only those who called one of these."""
        which = "" if wanted is None else f"AND wanted IN ({', '.join('?' * len(wanted))})"
        query = f"SELECT {_COLUMNS} FROM lost WHERE done IS NULL {which} ORDER BY at, call"
        with self._reading() as connection:
            rows = connection.execute(query, tuple(wanted or ())).fetchall()
        return [_lost(*row) for row in rows]

    def entered(self, calls: Collection[str]) -> set[str]:
        """Those of these calls that stand in the list, settled or not."""
        marks = ", ".join("?" * len(calls))
        with self._reading() as connection:
            rows = connection.execute(f"SELECT call FROM lost WHERE call IN ({marks})", tuple(calls)).fetchall()
        return {call for (call,) in rows}

    def settle(self, calls: Collection[str], at: datetime, how: How) -> int:
        """Mark these calls as done; how many were not yet."""
        marks = ", ".join("?" * len(calls))
        return self._settle(f"call IN ({marks})", tuple(calls), at, how)

    def settle_caller(self, numbers: Collection[str], at: datetime, how: How) -> int:
        """The same for all calls of a caller. numbers: the forms in which lines give the number."""
        marks = ", ".join("?" * len(numbers))
        return self._settle(f"number IN ({marks})", tuple(numbers), at, how)

    def reopen(self, call: str) -> int:
        """Take back that this call was ticked off, and those that were ticked off with it; how many those are."""
        with self._writing() as connection:
            return connection.execute(
                "UPDATE lost SET done = NULL, how = '' WHERE how = 'ticked'"
                " AND done = (SELECT done FROM lost WHERE call = ?)",
                (call,),
            ).rowcount

    def _settle(self, which: str, values: tuple[str, ...], at: datetime, how: How) -> int:
        with self._writing() as connection:
            return connection.execute(
                f"UPDATE lost SET done = ?, how = ? WHERE done IS NULL AND {which}", (_text(at), how, *values)
            ).rowcount


def _text(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def _lost(call: str, at: str, number: str, name: str, wanted: str, got_to: str, call_back: int) -> LostCall:
    return LostCall(call, datetime.fromisoformat(at), number, name, wanted, got_to, bool(call_back))

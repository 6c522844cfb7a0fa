"""Past calls by what somebody asks for, a page at a time, in a log of a million.

A page is never counted off from the beginning: the next one begins behind the last call of this one. What is asked for
mostly names something that has an index, or a word that few of the parties' numbers and names have. From those calls,
newest first, the rest is looked up one by one; at most `FARTHEST_LOOK` of them for one page. A page that ends there has
fewer calls, and says until when it has looked; whoever wants to goes on from there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from appliance.store.calllog import OUTSIDE, CallLog, CallRecord, Direction, OutsideCall, as_text, outside_of, record_of
from appliance.store.calllogschema import FIELDS

FARTHEST_LOOK = 10_000
"""Calls that are looked at for one page."""
FIRST_LOOK = 300
"""Calls that are looked at first: mostly they fill the page."""
MOST_PARTIES = 40
"""A word that more numbers and names have than these is common: calls are then looked through in their order."""
COUNTED = 1_000
"""Calls are counted as far as this."""

_OF_PARTY = (
    *(f"caller_number = ? AND direction = '{direction}'" for direction in ("in", "out", "inside")),
    "called = ?",
)
"""The calls of a number, each by an index that has them in their order."""


@dataclass(frozen=True, slots=True)
class OwnCalls:
    """The calls of one person: to whom they came, and from which telephones they went."""

    person: str
    """The id."""
    extension: str
    """Callers who gave up have dialled it."""
    stations: tuple[str, ...]
    """The names of the telephones."""


@dataclass(frozen=True, slots=True)
class CallFilter:
    """What is asked for. Times are aware; texts are empty, and all else None, where they do not matter."""

    since: datetime | None = None
    """Calls that began then or later."""
    until: datetime | None = None
    """Calls that began before."""
    direction: Direction | None = None
    """Which way they went."""
    line: str = ""
    """The line or telephone that the call began on."""
    text: str = ""
    """A part of a caller's number or name, or of a number called."""
    numbers: tuple[str, ...] = ()
    """With the text: numbers that it stands for as well, such as those of contacts with such a name."""
    own: OwnCalls | None = None
    """One person's."""
    outcome: str = ""
    """What became of them: a value of `Outcome`."""
    answered: bool | None = None
    """Whether they were answered, by a person or by the unit."""
    lasted: tuple[float, float] | None = None
    """Seconds, at least and at most, from its beginning to its end."""
    waited: tuple[float, float] | None = None
    """Seconds, at least and at most, until it was answered, or else until its end."""
    step: str = ""
    """A part of what a step says."""
    account: str = ""
    """The code of the account that a number outside was called for."""


@dataclass(frozen=True, slots=True)
class LogPlace:
    """Where in the log a page ends: the next one is of calls that began before."""

    started: datetime
    row: int


@dataclass(frozen=True, slots=True)
class FoundCalls:
    """A page of calls, the newest first."""

    records: list[CallRecord]
    next: LogPlace | None
    """Where the next page begins; None: there is none."""
    looked_until: datetime | None
    """The page has not enough calls, as many had to be looked at: until this time. None: it has all it can."""


def find_calls(calls: CallLog, wanted: CallFilter, behind: LogPlace | None, limit: int) -> FoundCalls:
    """A page of at most so many. behind: where the page before ended; None: the newest. Raises OSError."""
    with calls.reading() as log:
        query = _Query(log, wanted)
        for look in (FIRST_LOOK, FARTHEST_LOOK):
            rows = query.found(behind, look, limit + 1)
            if len(rows) > limit:
                break
        some, more = rows[:limit], len(rows) > limit
        if more:
            return FoundCalls([record_of(row[1:]) for row in some], _place(some[-1]), None)
        last = query.last_looked_at(behind, FARTHEST_LOOK)
        records = [record_of(row[1:]) for row in some]
        return FoundCalls(records, last, last.started if last is not None else None)


def count_calls(calls: CallLog, wanted: CallFilter) -> int | None:
    """How many there are; `COUNTED` stands for so many or more. None: that would need a longer look."""
    with calls.reading() as log:
        query = _Query(log, wanted)
        number = query.count(COUNTED)
        return number if number == COUNTED or query.last_looked_at(None, FARTHEST_LOOK) is None else None


def one_call(calls: CallLog, id: str) -> tuple[CallRecord, list[OutsideCall]] | None:
    """A call, and the numbers outside that were called in it; None where there is none."""
    with calls.reading() as log:
        row = log.execute(f"SELECT {', '.join(FIELDS)} FROM calls WHERE id = ?", (id,)).fetchone()
        outside = log.execute(f"SELECT {OUTSIDE} FROM outside_calls WHERE call = ? ORDER BY began", (id,)).fetchall()
    return (record_of(row), [outside_of(one) for one in outside]) if row is not None else None


def calls_with(calls: CallLog, numbers: Sequence[str], limit: int) -> list[CallRecord]:
    """The last calls from or to somebody, by the forms of the number, the newest first."""
    with calls.reading() as log:
        marks = ", ".join("?" * len(numbers))
        parts = [
            f"SELECT * FROM (SELECT rowid AS place, {', '.join(FIELDS)} FROM calls WHERE {where} IN ({marks})"
            " ORDER BY started DESC LIMIT ?)"
            for where in ("direction = 'in' AND caller_number", "called")
        ]
        rows = log.execute(
            f"SELECT * FROM ({' UNION '.join(parts)}) ORDER BY started DESC, place DESC LIMIT ?",
            (*numbers, limit, *numbers, limit, limit),
        ).fetchall()
    return [record_of(row[1:]) for row in rows]


@dataclass(frozen=True, slots=True)
class _Condition:
    """A part of a query, with its values."""

    sql: str
    values: tuple[str | int | float, ...] = ()


class _Query:
    """What is asked for, as SQL: `branches` name the calls that an index leads to, `rest` what they must be besides."""

    def __init__(self, log: sqlite3.Connection, wanted: CallFilter) -> None:
        self._log = log
        self._branches, self._rest = _everything(), list(_plain(wanted))
        for narrow in (self._text(wanted), _own(wanted), _account(wanted), _outcome(wanted), _line(wanted)):
            if narrow is None:
                continue
            branches, as_rest = narrow
            if branches and self._branches == _everything():
                self._branches = branches
            else:
                self._rest.append(as_rest)
        self._times = [_Condition("started >= ?", (as_text(wanted.since),))] if wanted.since else []
        self._times += [_Condition("started < ?", (as_text(wanted.until),))] if wanted.until else []

    def found(self, behind: LogPlace | None, look: int, limit: int) -> list[tuple[str, ...]]:
        """The row's number and the fields of so many calls among the next `look`, the newest first."""
        places, values = self._places(behind, look)
        rest = " AND ".join(one.sql for one in self._rest) or "1"
        query = (
            f"SELECT calls.rowid, {', '.join(f'calls.{name}' for name in FIELDS)} FROM ({places}) AS looked"
            f" CROSS JOIN calls ON calls.rowid = looked.place WHERE {rest}"
            " ORDER BY looked.started DESC, looked.place DESC LIMIT ?"
        )
        return self._log.execute(query, (*values, *_values(self._rest), limit)).fetchall()

    def last_looked_at(self, behind: LogPlace | None, look: int) -> LogPlace | None:
        """Where a look of this length ends; None: it has looked at all there are."""
        places, values = self._places(behind, look)
        row = self._log.execute(f"SELECT place, started FROM ({places}) LIMIT 1 OFFSET ?", (*values, look - 1))
        found = row.fetchone()
        return LogPlace(datetime.fromisoformat(found[1]), found[0]) if found is not None else None

    def count(self, most: int) -> int:
        places, values = self._places(None, FARTHEST_LOOK)
        rest = " AND ".join(one.sql for one in self._rest)
        counted = f"SELECT 1 FROM ({places}) AS looked"
        if rest:
            counted += f" CROSS JOIN calls ON calls.rowid = looked.place WHERE {rest}"
        query = f"SELECT count(*) FROM ({counted} LIMIT ?)"
        (number,) = self._log.execute(query, (*values, *_values(self._rest), most)).fetchone()
        return int(number)

    def _places(self, behind: LogPlace | None, look: int) -> tuple[str, tuple[str | int | float, ...]]:
        """SQL for the next `look` calls that the index leads to, with their values."""
        times = list(self._times)
        if behind is not None:
            times.append(_Condition("(started, rowid) < (?, ?)", (as_text(behind.started), behind.row)))
        parts, values = [], []
        for branch in self._branches:
            where = [branch, *times]
            which = " AND ".join(one.sql for one in where)
            parts.append(
                f"SELECT * FROM (SELECT rowid AS place, started FROM calls WHERE {which}"
                " ORDER BY started DESC, rowid DESC LIMIT ?)"
            )
            values += [*_values(where), look]
        if len(parts) == 1:
            return parts[0], tuple(values)
        union = f"SELECT * FROM ({' UNION '.join(parts)}) ORDER BY started DESC, place DESC LIMIT ?"
        return union, (*values, look)

    def _text(self, wanted: CallFilter) -> tuple[list[_Condition], _Condition] | None:
        """The calls of the parties with this word, where they are few."""
        if not wanted.text:
            return None
        like = f"%{_literal(wanted.text)}%"
        numbers = json.dumps(wanted.numbers)
        which = "number LIKE ? ESCAPE '\\' OR name LIKE ? ESCAPE '\\' OR number IN (SELECT value FROM json_each(?))"
        rows = self._log.execute(
            f"SELECT DISTINCT number FROM parties WHERE {which} LIMIT ?", (like, like, numbers, MOST_PARTIES + 1)
        ).fetchall()
        rest = _Condition(
            "(caller_number LIKE ? ESCAPE '\\' OR caller_name LIKE ? ESCAPE '\\' OR called LIKE ? ESCAPE '\\'"
            " OR caller_number IN (SELECT value FROM json_each(?)) OR called IN (SELECT value FROM json_each(?))"
            " OR EXISTS (SELECT 1 FROM outside_calls WHERE call = calls.id AND (number LIKE ? ESCAPE '\\'"
            " OR number IN (SELECT value FROM json_each(?)))))",
            (like, like, like, numbers, numbers, like, numbers),
        )
        anonymous = any(not number for (number,) in rows)
        if len(rows) > MOST_PARTIES or anonymous:
            return [], rest
        branches = [_Condition(which, (number,)) for (number,) in rows for which in _OF_PARTY]
        return branches or [_Condition("0")], rest


def _everything() -> list[_Condition]:
    return [_Condition("1")]


def _own(wanted: CallFilter) -> tuple[list[_Condition], _Condition] | None:
    if wanted.own is None:
        return None
    own = wanted.own
    branches = [_Condition("reached = ?", (own.person,))]
    branches += [_Condition("called = ?", (own.extension,))] if own.extension else []
    branches += [_Condition("line = ? AND direction != 'in'", (station,)) for station in own.stations]
    return branches, _Condition(f"({' OR '.join(one.sql for one in branches)})", _values(branches))


def _account(wanted: CallFilter) -> tuple[list[_Condition], _Condition] | None:
    if not wanted.account:
        return None
    having = "id IN (SELECT call FROM outside_calls WHERE account = ?)"
    return [_Condition(having, (wanted.account,))], _Condition(having, (wanted.account,))


def _outcome(wanted: CallFilter) -> tuple[list[_Condition], _Condition] | None:
    return _equal("outcome", wanted.outcome) if wanted.outcome else None


def _line(wanted: CallFilter) -> tuple[list[_Condition], _Condition] | None:
    return _equal("line", wanted.line) if wanted.line else None


def _equal(column: str, value: str) -> tuple[list[_Condition], _Condition]:
    condition = _Condition(f"{column} = ?", (value,))
    return [condition], condition


def _plain(wanted: CallFilter) -> Iterator[_Condition]:
    """What no index helps with."""
    if wanted.direction is not None:
        yield _Condition("direction = ?", (wanted.direction,))
    if wanted.answered is not None:
        yield _Condition(f"answered IS {'NOT ' if wanted.answered else ''}NULL")
    if wanted.lasted is not None:
        yield _Condition("(julianday(ended) - julianday(calls.started)) * 86400 BETWEEN ? AND ?", wanted.lasted)
    if wanted.waited is not None:
        yield _Condition(
            "(julianday(coalesce(answered, ended)) - julianday(calls.started)) * 86400 BETWEEN ? AND ?", wanted.waited
        )
    if wanted.step:
        yield _Condition("steps LIKE ? ESCAPE '\\'", (f"%{_literal(json.dumps(wanted.step)[1:-1])}%",))


def _values(conditions: Sequence[_Condition]) -> tuple[str | int | float, ...]:
    return tuple(value for one in conditions for value in one.values)


def _literal(text: str) -> str:
    """For LIKE, with nothing that it reads as a pattern."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _place(row: Sequence[str]) -> LogPlace:
    return LogPlace(datetime.fromisoformat(row[2]), int(row[0]))

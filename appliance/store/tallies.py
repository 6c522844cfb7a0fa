"""The sums of each day of the call log, so that the figures of a year need no look at its calls.

A day that is over, and whose calls have all ended, is added up once. What is added up is kept in the file of the log
itself, and nothing is known from it alone: where it is struck out or gone, it is added up anew from the calls. SQLite
does all of the adding, outside Python, so that nobody waits for it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from appliance.store.calllog import CallLog, as_text
from appliance.store.daysums import DAY_SUMS

_RULES = 1
"""Changed with what is added up, and all days are added up anew."""
LONGEST_CALL = timedelta(hours=12)
"""A call that goes on at midnight counts on both days, if it did not begin longer before than this."""
THIRD_RING = 3

CAME, ANSWERED, EARLY, GAVE_UP, TALKED = "came", "answered", "by-third-ring", "gave-up", "talked"
WAITED, OUTCOME, CHOICE, TRAFFIC, BUSY, HEARD = "waited", "outcome", "choice", "traffic", "busy", "heard"
"""Kinds of sums. Their keys: the hour of day, an outcome, what was chosen, how many lines were busy, or empty."""

_TEMPORARY = "CREATE TEMP TABLE IF NOT EXISTS day_sums (kind, key, number, seconds)"


@dataclass(frozen=True, slots=True)
class Sum:
    """So many, with so many seconds in all."""

    number: int
    seconds: float


@dataclass(frozen=True, slots=True)
class PeriodSums:
    """What was added up for some days."""

    sums: dict[tuple[str, str], Sum]
    """By kind and key, over all days."""
    days: dict[date, dict[str, int]]
    """Of each day with calls: how many came in, were answered, gave up, and left a message; by `CAME`, `ANSWERED`,
    `GAVE_UP` and `message-left`."""
    missing: int
    """So many days have not been added up yet, and are not in it."""


class Tallies:
    """The sums of one log. Methods block, may be called from any thread, and raise OSError.

    zone: the office's, whose midnight ends a day. ring_seconds: how long one ring and the pause behind it take. people:
    the ids of everybody, who count as one choice of callers.
    """

    def __init__(self, calls: CallLog, zone: ZoneInfo, ring_seconds: float, people: Collection[str]) -> None:
        self._calls = calls
        self._zone = zone
        self._people = json.dumps(sorted(people))
        self._early = THIRD_RING * ring_seconds
        self._rules = f"{_RULES} {zone.key} {ring_seconds}"

    def of(self, first: date, last: date, now: datetime, at_most: int) -> PeriodSums:
        """The sums of these days, the last included. So many days that are still missing are added up first."""
        with self._calls.beside() as log:
            self._begin(log)
            missing = 0
            today = now.astimezone(self._zone).date()
            for day in self._missing(log, first, min(last, today - timedelta(days=1))):
                if at_most > 0:
                    at_most -= 1
                    self._keep(log, day)
                else:
                    missing += 1
            log.execute("DELETE FROM day_sums")
            for day in self._unsettled(log, first, min(last, today), now):
                self._add_up(log, day, now)
            return self._read(log, first, last, missing)

    def add_up_one(self, now: datetime) -> bool:
        """Add up the latest day that is missing. False: none is."""
        with self._calls.beside() as log:
            self._begin(log)
            earliest = _earliest(log)
            if earliest is None:
                return False
            yesterday = now.astimezone(self._zone).date() - timedelta(days=1)
            day = next(self._missing(log, self._day(earliest), yesterday), None)
            return day is not None and self._keep(log, day)

    def _begin(self, log: sqlite3.Connection) -> None:
        """Strike out all days where they were added up by other rules, such as in another time zone."""
        log.execute(_TEMPORARY)
        if log.execute("SELECT rules FROM tallied_by").fetchone() != (self._rules,):
            log.executescript("BEGIN IMMEDIATE; DELETE FROM tallied; DELETE FROM tallies; COMMIT;")
            log.execute("INSERT OR REPLACE INTO tallied_by VALUES (1, ?)", (self._rules,))

    def _missing(self, log: sqlite3.Connection, first: date, last: date) -> Iterator[date]:
        """Days that are over and not added up, the latest first; but for those with a call that goes on."""
        there = {start for (start,) in log.execute("SELECT start FROM tallied").fetchall()}
        earliest = _earliest(log)
        if earliest is None:
            return
        (going_on,) = log.execute("SELECT min(started) FROM calls WHERE ended IS NULL").fetchone()
        day = last
        while day >= max(first, self._day(earliest)):
            start, till = self._span(day)
            if as_text(start) not in there and (going_on is None or as_text(till) <= going_on):
                yield day
            day -= timedelta(days=1)

    def _unsettled(self, log: sqlite3.Connection, first: date, last: date, now: datetime) -> Iterator[date]:
        """Today, and the days before on which a call began that still goes on."""
        (going_on,) = log.execute("SELECT min(started) FROM calls WHERE ended IS NULL").fetchone()
        today = now.astimezone(self._zone).date()
        day = max(first, min(today, self._day(going_on)) if going_on is not None else today)
        day = max(day, today - timedelta(days=2))
        while day <= last:
            yield day
            day += timedelta(days=1)

    def _keep(self, log: sqlite3.Connection, day: date) -> bool:
        start, till = self._span(day)
        log.execute("BEGIN IMMEDIATE")
        try:
            log.execute("DELETE FROM day_sums")
            self._add_up(log, day, till)
            log.execute("DELETE FROM tallies WHERE start = ?", (as_text(start),))
            log.execute("INSERT INTO tallies SELECT ?, kind, key, number, seconds FROM day_sums", (as_text(start),))
            log.execute("INSERT OR REPLACE INTO tallied VALUES (?, ?)", (as_text(start), as_text(till)))
            log.execute("COMMIT")
        except BaseException:
            log.execute("ROLLBACK")
            raise
        return True

    def _add_up(self, log: sqlite3.Connection, day: date, now: datetime) -> None:
        """Put the sums of a day into the temporary table. A call that goes on is added up until now."""
        start, till = self._span(day)
        hours = []
        at = start
        while at < till:
            following = min(at + timedelta(hours=1), till)
            hours.append((f"{at.astimezone(self._zone).hour:02}", as_text(at), as_text(following)))
            at = following
        log.execute("CREATE TEMP TABLE IF NOT EXISTS day_hours (hour, began, ended)")
        log.execute("DELETE FROM day_hours")
        log.executemany("INSERT INTO day_hours VALUES (?, ?, ?)", hours)
        known = {
            "start": as_text(start),
            "till": as_text(till),
            "earliest": as_text(start - LONGEST_CALL),
            "now": as_text(min(now, till)),
            "early": self._early,
            "people": self._people,
        }
        for query in DAY_SUMS:
            log.execute(f"INSERT INTO day_sums {query}", known)

    def _read(self, log: sqlite3.Connection, first: date, last: date, missing: int) -> PeriodSums:
        start, till = as_text(self._span(first)[0]), as_text(self._span(last)[1])
        known = {"start": start, "till": till, "today": as_text(self._span(last)[0])}
        sums = (
            "SELECT tallies.start, kind, key, number, seconds FROM tallied CROSS JOIN tallies ON {which}"
            " tallies.start = tallied.start WHERE tallied.start >= :start AND tallied.start < :till"
            " UNION ALL SELECT :today, kind, key, number, seconds FROM day_sums"
        )
        rows = log.execute(
            f"SELECT kind, key, sum(number), sum(seconds) FROM ({sums.format(which='')}) GROUP BY kind, key", known
        ).fetchall()
        series = ", ".join(f"'{kind}'" for kind in (CAME, ANSWERED, GAVE_UP, OUTCOME))
        by_day = log.execute(
            "SELECT start, CASE kind WHEN 'outcome' THEN 'message-left' ELSE kind END AS what, sum(number)"
            f" FROM ({sums.format(which=f'kind IN ({series}) AND')}) WHERE kind IN ('came', 'answered', 'gave-up')"
            " OR (kind = 'outcome' AND key = 'in message-left') GROUP BY start, what",
            known,
        ).fetchall()
        days: dict[date, dict[str, int]] = {}
        for begun, what, number in by_day:
            days.setdefault(self._day(begun), {})[what] = number
        return PeriodSums({(kind, key): Sum(number, seconds) for kind, key, number, seconds in rows}, days, missing)

    def _day(self, text: str) -> date:
        return datetime.fromisoformat(text).astimezone(self._zone).date()

    def _span(self, day: date) -> tuple[datetime, datetime]:
        """When a day begins and ends, in UTC: it has 23 or 25 hours where the clocks are changed."""
        begins = datetime.combine(day, time(), self._zone)
        ends = datetime.combine(day + timedelta(days=1), time(), self._zone)
        return begins.astimezone(UTC), ends.astimezone(UTC)


def _earliest(log: sqlite3.Connection) -> str | None:
    """When the first call began, or the first message was heard; None: neither ever was."""
    row = log.execute(
        "SELECT min(at) FROM (SELECT min(started) AS at FROM calls UNION ALL SELECT min(heard) FROM messages_heard)"
    ).fetchone()
    return str(row[0]) if row[0] is not None else None

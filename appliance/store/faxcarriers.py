"""Which engine has failed at which fax number, one row for each of both, in SQLite. See `appliance.fax.choosing`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from appliance.fax.choosing import ANY_NUMBER, REMEMBERED, CarrierRecord, FaxCarrier, Memory, in_order, whose_fault
from appliance.fax.job import FaxCause
from appliance.store.database import Schema
from appliance.store.storefile import StoreFile
from hw.said import Said, said

MOST_ROWS = 2000
"""The oldest are forgotten: an office has not so many numbers that make trouble."""

_MIGRATIONS = (
    """
CREATE TABLE failed (
    number TEXT NOT NULL,
    carrier TEXT NOT NULL,
    fails INTEGER NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (number, carrier)
);
CREATE INDEX failed_at ON failed (at);
""",
)
"""Entries are never changed; see `Schema`."""

SCHEMA = Schema(
    said("the memory of fax engines"),
    _MIGRATIONS,
    lambda _version: "SELECT number, carrier, fails, at FROM failed LIMIT 0",
)


class FaxCarrierStore(StoreFile):
    """The memory in one file; see `StoreFile`."""

    schema = SCHEMA

    @staticmethod
    def _unusable(why: str) -> Said:
        return said("the memory of fax engines cannot be used, it is only kept until the next start: %(why)s", why=why)

    @staticmethod
    def _damaged(why: str, aside: str) -> Said:
        return said("the memory of fax engines was damaged (%(why)s); it is kept as %(file)s", why=why, file=aside)

    def in_order(self, number: str, carriers: Sequence[FaxCarrier], now: datetime) -> list[FaxCarrier]:
        """These engines for a fax to this number, the one to try first. carriers: the usual one first."""
        return in_order(carriers, self._of(number), self._of(ANY_NUMBER), now)

    def note(self, number: str, carrier: FaxCarrier, cause: FaxCause, now: datetime) -> None:
        """A fax to this number has ended like this. What came through is forgiven; what failed by itself is counted."""
        with self._writing() as connection:
            if cause is FaxCause.COMPLETE:
                connection.execute(
                    "DELETE FROM failed WHERE carrier = ? AND number IN (?, ?)", (carrier.value, number, ANY_NUMBER)
                )
                return
            fault = whose_fault(cause)
            if fault is None:
                return
            where = number if fault == "number" else ANY_NUMBER
            old = _text(now - REMEMBERED)
            connection.execute(
                "INSERT INTO failed (number, carrier, fails, at) VALUES (?, ?, 1, ?)"
                " ON CONFLICT (number, carrier) DO UPDATE"
                " SET fails = CASE WHEN at < ? THEN 1 ELSE fails + 1 END, at = excluded.at",
                (where, carrier.value, _text(now), old),
            )
            connection.execute(
                "DELETE FROM failed WHERE at < ? OR rowid NOT IN (SELECT rowid FROM failed ORDER BY at DESC LIMIT ?)",
                (old, MOST_ROWS),
            )

    def _of(self, number: str) -> Memory:
        with self._reading() as connection:
            rows = connection.execute("SELECT carrier, fails, at FROM failed WHERE number = ?", (number,)).fetchall()
        return {FaxCarrier(carrier): CarrierRecord(fails, datetime.fromisoformat(at)) for carrier, fails, at in rows}


def _text(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="microseconds")

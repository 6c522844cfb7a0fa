"""Who opened which fax, when and how, one row an opening, in SQLite. Rows are only added; the oldest go in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from appliance.store.database import Schema
from appliance.store.storefile import StoreFile
from hw.said import Said, said

KEPT_FOR = timedelta(days=730)
MOST_KEPT = 50_000
"""Openings; some five megabytes."""
MOST_TOLD = 500

_MIGRATIONS = (
    """
CREATE TABLE opened (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    how TEXT NOT NULL,
    box TEXT NOT NULL,
    fax TEXT NOT NULL,
    received TEXT NOT NULL,
    sender TEXT NOT NULL
);
CREATE INDEX opened_box ON opened (box, fax);
""",
)
"""Entries are never changed; see `Schema`."""

_COLUMNS = "at, by, how, box, fax, received, sender"
SCHEMA = Schema(said("the log of opened faxes"), _MIGRATIONS, lambda _version: f"SELECT {_COLUMNS} FROM opened LIMIT 0")


class SeenBy(Enum):
    """How somebody came to see a fax."""

    PAGE = "page"
    """On the local page."""
    COMMAND = "command"
    """By a command on the unit."""
    MAIL = "mail"
    """Its pages were sent by mail."""
    PRINT = "print"
    """It was printed."""
    FORWARDED = "forwarded"
    """It was put into another box, too."""


@dataclass(frozen=True, slots=True)
class FaxOpened:
    """One opening. Times are UTC."""

    at: datetime
    """When."""
    by: str
    """The id of the person; of mail the address, of a print the printer; empty: nobody known."""
    how: SeenBy
    """In which way."""
    box: str
    """The box the fax was in."""
    fax: str
    """Its id there."""
    received: datetime
    """When the fax had come."""
    sender: str
    """The number of its sender, as far as it was known."""


class FaxOpenedStore(StoreFile):
    """The log in one file; see `StoreFile`."""

    schema = SCHEMA

    @staticmethod
    def _unusable(why: str) -> Said:
        return said("who opens faxes is only noted until the next start: %(why)s", why=why)

    @staticmethod
    def _damaged(why: str, aside: str) -> Said:
        return said("the log of opened faxes was damaged (%(why)s); it is kept as %(file)s", why=why, file=aside)

    def add(self, opened: FaxOpened, *, may_forget: bool = True) -> None:
        """Add an opening, and forget those that are too old by then, if they may be."""
        at, received = _text(opened.at), _text(opened.received)
        row = (at, opened.by, opened.how.value, opened.box, opened.fax, received, opened.sender)
        with self._writing() as connection:
            connection.execute(f"INSERT INTO opened ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)", row)
            connection.execute(
                "DELETE FROM opened WHERE at < ? OR id <= (SELECT max(id) FROM opened) - ?",
                (_text(opened.at - KEPT_FOR) if may_forget else "", MOST_KEPT),
            )

    def of(self, box: str, fax: str = "") -> list[FaxOpened]:
        """Who has opened the faxes of a box, or one of them, the last one first; so many at the most."""
        with self._reading() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS} FROM opened WHERE box = ? AND (? = '' OR fax = ?) ORDER BY id DESC LIMIT ?",
                (box, fax, fax, MOST_TOLD),
            ).fetchall()
        return [
            FaxOpened(_time(at), by, SeenBy(how), box, id, _time(received), sender)
            for at, by, how, box, id, received, sender in rows
        ]


def _text(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)

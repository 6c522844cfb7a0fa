"""What addresses elsewhere are still to be told, in SQLite: it outlasts a restart of the unit and of its page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from appliance.store.database import Schema, together
from appliance.store.storefile import StoreFile
from hw.said import Said, said

MOST_WAITING = 100
"""For one address. One that is away for long misses the oldest."""

_MIGRATIONS = (
    """
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    webhook TEXT NOT NULL,
    at TEXT NOT NULL,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX deliveries_webhook ON deliveries (webhook, id);
""",
)
"""Entries are never changed; see `Schema`."""

SCHEMA = Schema(said("what addresses are told"), _MIGRATIONS, lambda _version: "SELECT webhook FROM deliveries LIMIT 0")


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something that one address is to be told. at: when it happened (UTC). tries: how many have failed."""

    id: int
    at: datetime
    event: str
    body: str
    tries: int


class DeliveryStore(StoreFile):
    """All of them, in one file; see `StoreFile`."""

    schema = SCHEMA

    @staticmethod
    def _unusable(why: str) -> Said:
        return said(
            "what addresses are to be told cannot be kept, it only lasts until the next start: %(why)s", why=why
        )

    @staticmethod
    def _damaged(wrong: str, aside: str) -> Said:
        return said(
            "the list of what addresses are to be told was damaged (%(wrong)s); it is kept as %(aside)s",
            wrong=wrong,
            aside=aside,
        )

    def add(self, webhooks: Collection[str], at: datetime, event: str, body: str) -> None:
        """Have all these addresses, by their ids, told. Of an address for which too much waits, the oldest goes."""
        with self._writing() as connection, together(connection):
            for webhook in webhooks:
                connection.execute(
                    "INSERT INTO deliveries (webhook, at, event, body) VALUES (?, ?, ?, ?)",
                    (webhook, at.astimezone(UTC).isoformat(), event, body),
                )
                connection.execute(
                    "DELETE FROM deliveries WHERE webhook = ? AND id NOT IN"
                    " (SELECT id FROM deliveries WHERE webhook = ? ORDER BY id DESC LIMIT ?)",
                    (webhook, webhook, MOST_WAITING),
                )

    def next(self, webhook: str) -> Delivery | None:
        """What an address is to be told first; None: nothing."""
        query = "SELECT id, at, event, body, tries FROM deliveries WHERE webhook = ? ORDER BY id LIMIT 1"
        with self._reading() as connection:
            row = connection.execute(query, (webhook,)).fetchone()
        return Delivery(row[0], datetime.fromisoformat(row[1]), *row[2:]) if row is not None else None

    def done(self, id: int) -> None:
        """It was told, or is given up."""
        with self._writing() as connection:
            connection.execute("DELETE FROM deliveries WHERE id = ?", (id,))

    def failed(self, id: int) -> None:
        """One more try has failed."""
        with self._writing() as connection:
            connection.execute("UPDATE deliveries SET tries = tries + 1 WHERE id = ?", (id,))

    def forget(self, webhook: str) -> None:
        """This address is told nothing more."""
        with self._writing() as connection:
            connection.execute("DELETE FROM deliveries WHERE webhook = ?", (webhook,))

    def forget_others(self, webhooks: Collection[str]) -> None:
        """Only these addresses, by their ids, are told anything more."""
        marks = ", ".join("?" * len(webhooks))
        with self._writing() as connection:
            connection.execute(f"DELETE FROM deliveries WHERE webhook NOT IN ({marks})", tuple(webhooks))

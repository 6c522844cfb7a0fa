"""Every office document that was in use, the last 200 of them, in SQLite: who saved it, when, and what changed by it.

The documents are compressed: one of 500 people takes some 30 kB, and 200 of them a few megabytes.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from appliance.store.database import Schema, together
from appliance.store.storefile import StoreFile
from hw.said import Said, said

KEPT = 200
"""Versions. The oldest goes when there is one more."""

_MIGRATIONS = (
    """
CREATE TABLE versions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    changes TEXT NOT NULL,
    document BLOB NOT NULL
);
CREATE TABLE draft (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    at TEXT NOT NULL,
    by TEXT NOT NULL,
    base BLOB NOT NULL,
    document BLOB NOT NULL
);
""",
    "ALTER TABLE versions ADD COLUMN sounds TEXT NOT NULL DEFAULT '{}';",
)
"""Entries are never changed; see `Schema`."""

_OLDEST = "id, at, by, changes"
_COLUMNS = f"{_OLDEST}, sounds"
SCHEMA = Schema(
    said("the earlier versions of the office"),
    _MIGRATIONS,
    lambda version: f"SELECT {_COLUMNS if version > 1 else _OLDEST} FROM versions",
)


@dataclass(frozen=True, slots=True)
class Version:
    """A document that was in use."""

    id: int
    """Counts up."""
    at: datetime
    """When it was saved (UTC)."""
    by: str
    """Who did."""
    changes: list[dict[str, str]]
    """What differs from the one before, by fields."""
    sounds: dict[str, str]
    """By place the recording, or the text (""), that callers heard before, where that has changed with it."""


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A document that is being worked on. base: the document in use when that began. at, by: its last change (UTC)."""

    document: dict[str, Any]
    base: dict[str, Any]
    at: datetime
    by: str


class VersionStore(StoreFile):
    """The versions and the draft in one file; see `StoreFile`."""

    schema = SCHEMA

    @staticmethod
    def _unusable(why: str) -> Said:
        return said(
            "earlier versions of the office cannot be used, new ones are kept until the next start: %(why)s",
            why=why,
        )

    @staticmethod
    def _damaged(why: str, aside: str) -> Said:
        return said(
            "the earlier versions of the office were damaged (%(why)s); they are kept as %(file)s",
            why=why,
            file=aside,
        )

    def add(self, document: dict[str, Any], changes: list[dict[str, str]], at: datetime, by: str) -> int:
        """Keep a document as the newest version; the oldest goes if there are too many. Its id."""
        with self._writing() as connection, together(connection):
            added = connection.execute(
                "INSERT INTO versions (at, by, changes, document) VALUES (?, ?, ?, ?)",
                (_text(at), by, json.dumps(changes, ensure_ascii=False), _packed(document)),
            )
            connection.execute("DELETE FROM versions WHERE id <= ?", ((added.lastrowid or 0) - KEPT,))
        return added.lastrowid or 0

    def all(self) -> list[Version]:
        """Every version that is kept, the newest first."""
        with self._reading() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM versions ORDER BY id DESC").fetchall()
        return [
            Version(id, datetime.fromisoformat(at), by, json.loads(changes), json.loads(sounds))
            for id, at, by, changes, sounds in rows
        ]

    def add_sounds(self, id: int, sounds: dict[str, str], changes: list[dict[str, str]]) -> None:
        """Recordings have changed with this version, too. sounds: see `Version`. changes: what is told of it."""
        with self._writing() as connection, together(connection):
            (told,) = connection.execute("SELECT changes FROM versions WHERE id = ?", (id,)).fetchone() or ("[]",)
            connection.execute(
                "UPDATE versions SET sounds = ?, changes = ? WHERE id = ?",
                (json.dumps(sounds), json.dumps(json.loads(told) + changes, ensure_ascii=False), id),
            )

    def document(self, id: int) -> dict[str, Any] | None:
        """The document of a version; None where it is not kept."""
        with self._reading() as connection:
            row = connection.execute("SELECT document FROM versions WHERE id = ?", (id,)).fetchone()
        return _unpacked(row[0]) if row is not None else None

    def newest_id(self) -> int:
        """Of the version that was kept last; 0 where there is none."""
        with self._reading() as connection:
            (id,) = connection.execute("SELECT max(id) FROM versions").fetchone()
        return id or 0

    def newest(self) -> dict[str, Any] | None:
        """The document that was kept last."""
        with self._reading() as connection:
            row = connection.execute("SELECT document FROM versions ORDER BY id DESC LIMIT 1").fetchone()
        return _unpacked(row[0]) if row is not None else None

    def draft(self) -> KeptDraft | None:
        """The draft; None where nobody works on one."""
        with self._reading() as connection:
            row = connection.execute("SELECT document, base, at, by FROM draft").fetchone()
        if row is None:
            return None
        document, base, at, by = row
        return KeptDraft(_unpacked(document), _unpacked(base), datetime.fromisoformat(at), by)

    def put_draft(self, draft: KeptDraft) -> None:
        """Keep this draft in place of the one before."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO draft VALUES (1, ?, ?, ?, ?)",
                (_text(draft.at), draft.by, _packed(draft.base), _packed(draft.document)),
            )

    def drop_draft(self) -> None:
        with self._writing() as connection:
            connection.execute("DELETE FROM draft")


def _text(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _packed(document: dict[str, Any]) -> bytes:
    return zlib.compress(json.dumps(document, ensure_ascii=False).encode())


def _unpacked(packed: bytes) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(zlib.decompress(packed))
    return document

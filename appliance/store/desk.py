"""What the operator's desk keeps: notes on callers, and what callers have answered to a script, in SQLite.

A note that is taken back is gone; answers stay with their call.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from appliance.store.database import Schema, together
from appliance.store.storefile import StoreFile
from hw.said import Said, said

_MIGRATIONS = (
    """
CREATE TABLE notes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    caller TEXT NOT NULL,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX notes_caller ON notes (caller);
CREATE TABLE answers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    call TEXT NOT NULL,
    caller TEXT NOT NULL,
    at TEXT NOT NULL,
    author TEXT NOT NULL,
    script TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL
);
CREATE INDEX answers_call ON answers (call);
CREATE INDEX answers_caller ON answers (caller);
""",
)
"""Entries are never changed; see `Schema`."""

SCHEMA = Schema(said("the notes of the desk"), _MIGRATIONS, lambda _version: "SELECT caller, text FROM notes LIMIT 0")


@dataclass(frozen=True, slots=True)
class CallerNote:
    """id: 0 for one that is not kept yet. caller: the key of the number. at: when it was written (UTC). author: by
    whom."""

    id: int
    caller: str
    at: datetime
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class ScriptAnswer:
    """What somebody has answered to one question of a script."""

    call: str
    """The id of the call; empty: none was going on."""
    caller: str
    """The key of the caller's number; empty: not known."""
    at: datetime
    """When the script was gone through (UTC)."""
    author: str
    """Who has asked."""
    script: str
    """The name of the script."""
    question: str
    """What was asked."""
    answer: str
    """What was said."""


class DeskStore(StoreFile):
    """Both in one file; see `StoreFile`."""

    schema = SCHEMA

    @staticmethod
    def _unusable(why: str) -> Said:
        return said("the notes of the desk cannot be used, they are only kept until the next start: %(why)s", why=why)

    @staticmethod
    def _damaged(why: str, aside: str) -> Said:
        return said("the notes of the desk were damaged (%(why)s); they are kept as %(file)s", why=why, file=aside)

    def add_note(self, note: CallerNote) -> int:
        """Keep a note. Its id."""
        with self._writing() as connection:
            added = connection.execute(
                "INSERT INTO notes (caller, at, author, text) VALUES (?, ?, ?, ?)",
                (note.caller, _text(note.at), note.author, note.text),
            )
            return int(added.lastrowid or 0)

    def remove_note(self, id: int) -> bool:
        """Whether it was there."""
        with self._writing() as connection:
            return connection.execute("DELETE FROM notes WHERE id = ?", (id,)).rowcount > 0

    def notes(self, callers: Collection[str], most: int) -> list[CallerNote]:
        """Those on a caller, the newest first. callers: the keys under which the number may stand."""
        marks = ", ".join("?" * len(callers))
        query = f"SELECT id, caller, at, author, text FROM notes WHERE caller IN ({marks}) ORDER BY id DESC LIMIT ?"
        with self._reading() as connection:
            rows = connection.execute(query, (*callers, most)).fetchall()
        return [CallerNote(id, caller, _time(at), author, text) for id, caller, at, author, text in rows]

    def add_answers(self, answers: Sequence[ScriptAnswer]) -> None:
        """Keep all of them, or none."""
        rows = [
            (one.call, one.caller, _text(one.at), one.author, one.script, one.question, one.answer) for one in answers
        ]
        with self._writing() as connection, together(connection):
            connection.executemany(
                "INSERT INTO answers (call, caller, at, author, script, question, answer) VALUES (?, ?, ?, ?, ?, ?, ?)",
                rows,
            )

    def answers(self, callers: Collection[str], call: str, most: int) -> list[ScriptAnswer]:
        """Those of a caller, and those of a call, the newest script first."""
        marks = ", ".join("?" * len(callers))
        query = (
            "SELECT call, caller, at, author, script, question, answer FROM answers"
            f" WHERE caller IN ({marks}) OR (call = ? AND call != '') ORDER BY at DESC, id LIMIT ?"
        )
        with self._reading() as connection:
            rows = connection.execute(query, (*callers, call, most)).fetchall()
        return [ScriptAnswer(one, two, _time(at), *rest) for one, two, at, *rest in rows]

    def answers_in(self, calls: Collection[str]) -> dict[str, list[ScriptAnswer]]:
        """What was answered in these calls, by their ids, in the order in which it was asked."""
        marks = ", ".join("?" * len(calls))
        query = (
            "SELECT call, caller, at, author, script, question, answer FROM answers"
            f" WHERE call IN ({marks}) AND call != '' ORDER BY id"
        )
        with self._reading() as connection:
            rows = connection.execute(query, tuple(calls)).fetchall()
        found: dict[str, list[ScriptAnswer]] = {}
        for call, caller, at, *rest in rows:
            found.setdefault(call, []).append(ScriptAnswer(call, caller, _time(at), *rest))
        return found


def _text(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="microseconds")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)

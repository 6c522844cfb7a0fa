"""The sessions of those who have signed in at the local page. They end here, whatever a browser keeps."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from appliance.store.accountfile import AccountFile, hashed, written

MOST_OF_AN_ACCOUNT = 20
"""Whoever signs in is never refused for having too many: the one that was not used for longest gives way."""

SEEN_EVERY = timedelta(minutes=5)
"""How exactly the last use is kept: each note of it is a write to the disk."""

CLOCK_ERROR = timedelta(days=1)
"""A session that begins further ahead than this began while the clock was wrong, and has ended. Less than that is
borne: a unit without a clock of its own begins a little early after a power cut."""


@dataclass(frozen=True, slots=True)
class Lasts:
    """When sessions end by themselves: so long after their last use, and in any case so long after they began."""

    idle: timedelta
    at_most: timedelta


LASTS = {"administrator": Lasts(timedelta(hours=12), timedelta(days=7))}
"""By role. Who may change everything signs in anew every day or so."""

OTHERS_LAST = Lasts(timedelta(days=14), timedelta(weeks=12))


@dataclass(frozen=True, slots=True)
class WebSession:
    """One session, without its secret."""

    id: str
    """With which it is ended."""
    account: str
    """Whose it is."""
    began: datetime
    """When its owner signed in."""
    seen: datetime
    """Its last use, within SEEN_EVERY."""
    address: str
    """Where it was begun from."""
    browser: str
    """What the browser called itself then."""


_COLUMNS = "sessions.id, account, began, seen, address, browser"


class SessionStore:
    """The sessions in the file of the accounts. Methods block, may be called from any thread, and raise OSError."""

    def __init__(self, file: AccountFile) -> None:
        self._file = file

    def begin(self, account: str, address: str, browser: str, now: datetime) -> str:
        """Begin a session. Returns its secret."""
        token = secrets.token_urlsafe(32)
        with self._file.using() as connection:
            connection.execute(
                "INSERT INTO sessions (token, account, began, seen, id, address, browser) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (hashed(token), account, written(now), written(now), secrets.token_hex(8), address, browser[:200]),
            )
            connection.execute(
                "DELETE FROM sessions WHERE account = ? AND token NOT IN"
                " (SELECT token FROM sessions WHERE account = ? ORDER BY seen DESC, rowid DESC LIMIT ?)",
                (account, account, MOST_OF_AN_ACCOUNT),
            )
        return token

    def find(self, token: str, now: datetime) -> WebSession | None:
        """The session with this secret, which is used now; None where it has ended, or never was."""
        with self._file.using() as connection:
            row = connection.execute(
                f"SELECT {_COLUMNS}, role FROM sessions JOIN accounts ON accounts.name = account WHERE token = ?",
                (hashed(token),),
            ).fetchone()
        if row is None:
            return None
        found, role = _session(row[:-1]), row[-1]
        if has_ended(found, role, now):
            self.end(token)
            return None
        if abs(now - found.seen) >= SEEN_EVERY:
            with suppress(OSError), self._file.using() as connection:  # On a full disk, who is signed in stays so.
                connection.execute("UPDATE sessions SET seen = ? WHERE id = ?", (written(now), found.id))
        return found

    def of(self, account: str, now: datetime) -> list[WebSession]:
        """Those of an account that have not ended, the last used first."""
        with self._file.using() as connection:
            rows = connection.execute(
                f"SELECT {_COLUMNS}, role FROM sessions JOIN accounts ON accounts.name = account"
                " WHERE account = ? ORDER BY seen DESC",
                (account,),
            ).fetchall()
        found = [(_session(row[:-1]), row[-1]) for row in rows]
        return [session for session, role in found if not has_ended(session, role, now)]

    def end(self, token: str) -> None:
        with self._file.using() as connection:
            connection.execute("DELETE FROM sessions WHERE token = ?", (hashed(token),))

    def end_of(self, account: str, id: str = "", but: str = "") -> None:
        """End the session of an account with this id, or all of them. but: the secret of one that goes on."""
        with self._file.using() as connection:
            connection.execute(
                "DELETE FROM sessions WHERE account = ? AND (? = '' OR id = ?) AND token != ?",
                (account, id, id, hashed(but)),
            )


def has_ended(session: WebSession, role: str, now: datetime) -> bool:
    """Whether it has ended by itself."""
    lasts = LASTS.get(role, OTHERS_LAST)
    if session.began > now + CLOCK_ERROR:
        return True
    return now >= session.began + lasts.at_most or now >= session.seen + lasts.idle


def _session(row: list[str]) -> WebSession:
    id, account, began, seen, address, browser = row
    return WebSession(id, account, datetime.fromisoformat(began), datetime.fromisoformat(seen), address, browser)

"""Tokens: what programs show in place of a password. They have no session, and take nobody's."""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from appliance.store.accountfile import AccountFile, hashed, written
from appliance.store.sessions import SEEN_EVERY

PREFIX = "cd_"
"""With which every secret begins, so that programs that search for leaked secrets know it."""

_COLUMNS = "id, name, scope, made, until, used"


@dataclass(frozen=True, slots=True)
class ApiToken:
    """A token without its secret."""

    id: str
    """With which it is removed."""
    name: str
    """What it is for, in its owner's words."""
    scope: str
    """What it may do, in words of the interface for programs."""
    made: datetime
    """When."""
    until: datetime | None
    """When it ends; None: when it is removed."""
    used: datetime | None
    """Its last use, within SEEN_EVERY; None: it was never used."""


class TokenStore:
    """The tokens in the file of the accounts. Methods block, may be called from any thread, and raise OSError."""

    def __init__(self, file: AccountFile) -> None:
        self._file = file

    def add(self, name: str, scope: str, until: datetime | None, now: datetime) -> tuple[ApiToken, str]:
        """A new token, and its secret, which is known this once."""
        secret = PREFIX + secrets.token_urlsafe(32)
        token = ApiToken(secrets.token_hex(8), name, scope, now, until, None)
        with self._file.using() as connection:
            connection.execute(
                "INSERT INTO tokens (id, secret, name, scope, made, until, used) VALUES (?, ?, ?, ?, ?, ?, '')",
                (token.id, hashed(secret), name, scope, written(now), written(until) if until else ""),
            )
        return token, secret

    def find(self, secret: str, now: datetime) -> ApiToken | None:
        """The token with this secret, which is used now; None where it has ended, or never was."""
        with self._file.using() as connection:
            row = connection.execute(f"SELECT {_COLUMNS} FROM tokens WHERE secret = ?", (hashed(secret),)).fetchone()
        token = _token(row) if row else None
        if token is None or (token.until is not None and now >= token.until):
            return None
        if token.used is None or abs(now - token.used) >= SEEN_EVERY:
            with suppress(OSError), self._file.using() as connection:  # On a full disk, programs go on.
                connection.execute("UPDATE tokens SET used = ? WHERE id = ?", (written(now), token.id))
        return token

    def all(self) -> list[ApiToken]:
        """Every token, ended ones too, by its name."""
        with self._file.using() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM tokens ORDER BY name, made").fetchall()
        return [_token(row) for row in rows]

    def remove(self, id: str) -> bool:
        """Whether there was one."""
        with self._file.using() as connection:
            return connection.execute("DELETE FROM tokens WHERE id = ?", (id,)).rowcount == 1


def _token(row: tuple[str, ...]) -> ApiToken:
    id, name, scope, made, until, used = row
    return ApiToken(id, name, scope, datetime.fromisoformat(made), _moment(until), _moment(used))


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None

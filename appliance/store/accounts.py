"""Who may sign in at the local page, in SQLite, with what belongs to it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path
from sqlite3 import Connection

from appliance.store.accountfile import AccountFile, hashed
from appliance.store.sessions import SessionStore
from appliance.store.tokens import TokenStore
from appliance.store.wrongtries import WrongTryStore

ADMINISTRATOR = "administrator"
ROLES = (ADMINISTRATOR, "operator", "person")

_COLUMNS = "name, role, person, language, hash, factor"


class LastAdministrator(ValueError):
    """Nobody would be left who may set the unit up."""


@dataclass(frozen=True, slots=True)
class WebAccount:
    """One account of the local page."""

    name: str
    """What its owner signs in with."""
    role: str
    """One of ROLES."""
    person: str
    """The id of the person whose mailbox it has; empty: nobody's."""
    language: str
    """What its pages are in; empty: what the browser asks for."""
    hash: str
    """Of the password, by Argon2."""
    factor: str = ""
    """The secret of its second factor (TOTP, RFC 6238), in base32; empty: it has none."""


class AccountStore:
    """The accounts in one file, and the sessions, tokens and wrong tries beside them.

    Methods block, may be called from any thread, and raise OSError.
    fault: what was found damaged when it was opened, in plain words; or empty.
    """

    def __init__(self, file: AccountFile) -> None:
        self.fault = file.fault
        self.sessions = SessionStore(file)
        self.tokens = TokenStore(file)
        self.tries = WrongTryStore(file)
        self._file = file

    @classmethod
    def open(cls, path: Path) -> AccountStore:
        """Open or begin the file. A damaged one is set aside, and a new one begun. FileFromTheFuture, or OSError."""
        return cls(AccountFile.open(path))

    def all(self) -> list[WebAccount]:
        """Every account, by its name."""
        with self._file.using() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM accounts ORDER BY name").fetchall()
        return [WebAccount(*row) for row in rows]

    def find(self, name: str) -> WebAccount | None:
        """The account of this name, in capital letters or small ones: telephones begin names with a capital."""
        return next((one for one in self.all() if one.name.casefold() == name.casefold()), None)

    def put(self, account: WebAccount) -> None:
        """Enter an account, or put what is known now in place of what was. LastAdministrator."""
        with self._file.using() as connection, _an_administrator_stays(connection):
            connection.execute(
                f"INSERT INTO accounts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET role ="
                " excluded.role, person = excluded.person, language = excluded.language, hash = excluded.hash,"
                " factor = excluded.factor",
                astuple(account),
            )

    def remove(self, name: str) -> None:
        """Remove an account and end its sessions. LastAdministrator."""
        with self._file.using() as connection, _an_administrator_stays(connection):
            connection.execute("DELETE FROM accounts WHERE name = ?", (name,))

    def set_factor(self, name: str, secret: str, recovery_codes: list[str]) -> None:
        """Ask for a second factor from now on, or with an empty secret no longer. Older recovery codes are void."""
        with self._file.using() as connection:
            connection.execute("UPDATE accounts SET factor = ?, factor_step = 0 WHERE name = ?", (secret, name))
            connection.execute("DELETE FROM recovery_codes WHERE account = ?", (name,))
            connection.executemany(
                "INSERT INTO recovery_codes VALUES (?, ?)", [(name, hashed(code)) for code in set(recovery_codes)]
            )

    def use_step(self, name: str, step: int) -> bool:
        """Whether the code of this time step was not used before, nor a later one. Now it is."""
        with self._file.using() as connection:
            done = connection.execute(
                "UPDATE accounts SET factor_step = ? WHERE name = ? AND factor_step < ?", (step, name, step)
            )
            return done.rowcount == 1

    def use_recovery_code(self, name: str, code: str) -> bool:
        """Whether this is one of the account's recovery codes. It is void from now on."""
        with self._file.using() as connection:
            done = connection.execute("DELETE FROM recovery_codes WHERE account = ? AND code = ?", (name, hashed(code)))
            return done.rowcount == 1

    def recovery_codes_left(self, name: str) -> int:
        with self._file.using() as connection:
            return int(
                connection.execute("SELECT count(*) FROM recovery_codes WHERE account = ?", (name,)).fetchone()[0]
            )

    def setting(self, name: str) -> str:
        """What `set_setting` has kept under this name; or empty."""
        with self._file.using() as connection:
            row = connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_setting(self, name: str, value: str) -> None:
        with self._file.using() as connection:
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def close(self) -> None:
        self._file.close()


@contextmanager
def _an_administrator_stays(connection: Connection) -> Iterator[None]:
    """Raise LastAdministrator, which undoes what was done within, where that leaves none."""

    def administrators() -> int:
        return int(connection.execute("SELECT count(*) FROM accounts WHERE role = ?", (ADMINISTRATOR,)).fetchone()[0])

    before = administrators()
    yield
    if before and not administrators():
        raise LastAdministrator("nobody would be left who may set the unit up")

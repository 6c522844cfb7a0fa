"""Wrong passwords slow down whoever guesses: by account, by address, and by both together; for ten minutes at most.

A try counts as wrong from its beginning until it is known to be right, so that nobody gains by many at once. It lasts
over a restart. Names and addresses are kept as their SHA-256: people type passwords where their name belongs.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from datetime import datetime, timedelta
from sqlite3 import Connection

from appliance.store.accountfile import AccountFile, hashed, written

DELAYS = tuple(timedelta(seconds=seconds) for seconds in (5, 15, 30, 60, 120, 300, 600))
"""How long the next try has to wait, from the first wrong one on that is not free; the last is for all behind it."""

FREE_OF_BOTH = 5
"""Wrong tries at one account from one address that cost no time: people mistype."""
FREE_OF_ADDRESS = 20
FREE_OF_ACCOUNT = 30
"""From all addresses together. It does not count for addresses from which the account is signed in, so that nobody
keeps its owner out by guessing."""

FORGOTTEN_AFTER = timedelta(days=1)


class WrongTryStore:
    """The wrong tries in the file of the accounts. Methods block, may be called from any thread, and raise OSError."""

    def __init__(self, file: AccountFile) -> None:
        self._file = file

    def begin(self, name: str, address: str, now: datetime) -> timedelta:
        """How long to wait before a try; zero: it may be made now, and counts as wrong unless `right` follows."""
        with self._file.using() as connection:
            connection.execute(
                "DELETE FROM tries WHERE last < ? OR last > ?",
                (written(now - FORGOTTEN_AFTER), written(now + FORGOTTEN_AFTER)),
            )
            counted = list(_counted(connection, name, address))
            wait = max((_wait(connection, key, now) for key, _free in counted), default=timedelta())
            if not wait:
                for key, free in counted:
                    _count(connection, key, free, now)
            return wait

    def right(self, name: str, address: str) -> None:
        """The try that began last was right: the account's wrong ones are forgotten. Those of the address are not, or
        whoever has an account of their own could guess at others for ever."""
        with self._file.using() as connection:
            both, of_address, of_account = _keys(name, address)
            connection.execute("DELETE FROM tries WHERE key IN (?, ?)", (both, of_account))
            connection.execute("UPDATE tries SET wrong = wrong - 1 WHERE key = ?", (of_address,))

    def lift(self) -> None:
        """Forget all wrong tries: nobody has to wait."""
        with self._file.using() as connection:
            connection.execute("DELETE FROM tries")


def _counted(connection: Connection, name: str, address: str) -> Iterator[tuple[str, int]]:
    """What a try counts for, and how many of each are free."""
    both, of_address, of_account = _keys(name, address)
    yield both, FREE_OF_BOTH
    yield of_address, FREE_OF_ADDRESS
    known = "SELECT 1 FROM sessions WHERE account = ? COLLATE NOCASE AND address = ?"
    if connection.execute(known, (name, address)).fetchone() is None:
        yield of_account, FREE_OF_ACCOUNT


def _keys(name: str, address: str) -> tuple[str, str, str]:
    account, place = name.casefold(), network(address)
    return hashed(f"both\n{place}\n{account}"), hashed(f"address\n{place}"), hashed(f"account\n{account}")


def network(address: str) -> str:
    """What one guesser has: an IPv4 address, or with IPv6 the 2 ** 64 addresses of a network."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed, 64), strict=False)) if parsed.version == 6 else address


def _wait(connection: Connection, key: str, now: datetime) -> timedelta:
    row = connection.execute("SELECT until FROM tries WHERE key = ?", (key,)).fetchone()
    if row is None:
        return timedelta()
    wait = datetime.fromisoformat(row[0]) - now
    if wait > DELAYS[-1]:  # The clock was set back: never longer than ten minutes from now.
        wait = DELAYS[-1]
        connection.execute(
            "UPDATE tries SET until = ?, last = ? WHERE key = ?", (written(now + wait), written(now), key)
        )
    return max(wait, timedelta())


def _count(connection: Connection, key: str, free: int, now: datetime) -> None:
    row = connection.execute("SELECT wrong FROM tries WHERE key = ?", (key,)).fetchone()
    wrong = (row[0] if row else 0) + 1
    delay = DELAYS[min(wrong - free, len(DELAYS) - 1)] if wrong >= free else timedelta()
    connection.execute(
        "INSERT OR REPLACE INTO tries VALUES (?, ?, ?, ?)", (key, wrong, written(now), written(now + delay))
    )

"""Every database of a data folder, with the version of it that this program knows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from appliance.store import (
    accountfile,
    changelog,
    contacts,
    deliveries,
    desk,
    faxcarriers,
    faxopened,
    lostcalls,
    versions,
)
from appliance.store.calllogschema import CALL_LOG
from appliance.store.database import Schema

DATABASES: dict[str, Schema] = {
    "accounts.sqlite": accountfile.SCHEMA,
    "calls.sqlite": CALL_LOG,
    "changes.sqlite": changelog.SCHEMA,
    "contacts.sqlite": contacts.SCHEMA,
    "deliveries.sqlite": deliveries.SCHEMA,
    "desk.sqlite": desk.SCHEMA,
    "fax-carriers.sqlite": faxcarriers.SCHEMA,
    "fax-opened.sqlite": faxopened.SCHEMA,
    "lost-callers.sqlite": lostcalls.SCHEMA,
    "versions.sqlite": versions.SCHEMA,
}
"""By the names of the files."""


def is_from_the_future(database: Path) -> bool:
    """Whether a newer program has written this database, so that this one could not use it. Raises OSError.

    Of one that this program does not know, nothing is asked: it is never opened.
    """
    known = DATABASES.get(database.name)
    if known is None:
        return False
    try:
        with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise OSError(f"{database.name} cannot be read: {error}") from error
    return int(version) > known.version

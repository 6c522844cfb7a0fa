"""What the file of the call log holds, from its first version on.

`parties` has every number and name that calls came from or were for, so that a few thousand short rows are looked
through for a word and not a million calls. `tallies` has the sums of each day that is over (`appliance.store.tallies`);
whatever changes a call of such a day strikes out the day in `tallied`, and it is added up anew.
"""

from __future__ import annotations

from appliance.store.database import Schema
from hw.said import said

_STRUCK_OUT = "DELETE FROM tallied WHERE start = (SELECT max(start) FROM tallied WHERE start <= {at}) AND till > {at};"

_MIGRATIONS = (
    """
CREATE TABLE calls (
    id TEXT PRIMARY KEY,
    started TEXT NOT NULL,
    answered TEXT,
    ended TEXT,
    direction TEXT NOT NULL,
    line TEXT NOT NULL,
    caller_number TEXT NOT NULL,
    caller_name TEXT NOT NULL,
    called TEXT NOT NULL,
    reached TEXT NOT NULL,
    outcome TEXT NOT NULL,
    cause TEXT NOT NULL,
    fault TEXT NOT NULL
);
CREATE INDEX calls_started ON calls (started);
""",
    "ALTER TABLE calls ADD COLUMN steps TEXT NOT NULL DEFAULT '[]';",
    "CREATE INDEX calls_caller ON calls (caller_number, direction, started);",
    """
CREATE TABLE outside_calls (
    call TEXT NOT NULL,
    began TEXT NOT NULL,
    ended TEXT,
    number TEXT NOT NULL,
    class TEXT NOT NULL,
    person TEXT NOT NULL,
    telephone TEXT NOT NULL,
    account TEXT NOT NULL
);
CREATE INDEX outside_calls_began ON outside_calls (began);
""",
    f"""
CREATE INDEX calls_line ON calls (line, started);
CREATE INDEX calls_reached ON calls (reached, started);
CREATE INDEX calls_outcome ON calls (outcome, started);
CREATE INDEX calls_called ON calls (called, started);
CREATE INDEX calls_going_on ON calls (started) WHERE ended IS NULL;
CREATE INDEX outside_calls_call ON outside_calls (call);
CREATE INDEX outside_calls_account ON outside_calls (account, began) WHERE account != '';
CREATE TABLE parties (number TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (number, name)) WITHOUT ROWID;
INSERT OR IGNORE INTO parties SELECT DISTINCT caller_number, caller_name FROM calls;
INSERT OR IGNORE INTO parties SELECT DISTINCT called, '' FROM calls;
CREATE TABLE messages_heard (received TEXT NOT NULL, heard TEXT NOT NULL);
CREATE INDEX messages_heard_at ON messages_heard (heard);
CREATE TABLE tallied (start TEXT PRIMARY KEY, till TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE tallies (
    start TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    number INTEGER NOT NULL,
    seconds REAL NOT NULL,
    PRIMARY KEY (start, kind, key)
) WITHOUT ROWID;
CREATE TABLE tallied_by (id INTEGER PRIMARY KEY, rules TEXT NOT NULL);
CREATE TRIGGER calls_begun AFTER INSERT ON calls BEGIN
    INSERT OR IGNORE INTO parties VALUES (NEW.caller_number, NEW.caller_name), (NEW.called, '');
    {_STRUCK_OUT.format(at="NEW.started")}
END;
CREATE TRIGGER calls_named AFTER UPDATE OF caller_number, caller_name, called ON calls
WHEN (NEW.caller_number, NEW.caller_name, NEW.called) != (OLD.caller_number, OLD.caller_name, OLD.called) BEGIN
    INSERT OR IGNORE INTO parties VALUES (NEW.caller_number, NEW.caller_name), (NEW.called, '');
END;
CREATE TRIGGER calls_changed AFTER UPDATE ON calls BEGIN {_STRUCK_OUT.format(at="NEW.started")} END;
CREATE TRIGGER calls_deleted AFTER DELETE ON calls BEGIN
    DELETE FROM parties WHERE number = OLD.caller_number
        AND NOT EXISTS (SELECT 1 FROM calls WHERE caller_number = OLD.caller_number)
        AND NOT EXISTS (SELECT 1 FROM calls WHERE called = OLD.caller_number);
    {_STRUCK_OUT.format(at="OLD.started")}
END;
CREATE TRIGGER outside_calls_begun AFTER INSERT ON outside_calls BEGIN
    INSERT OR IGNORE INTO parties VALUES (NEW.number, '');
    {_STRUCK_OUT.format(at="NEW.began")}
END;
CREATE TRIGGER outside_calls_changed AFTER UPDATE ON outside_calls BEGIN {_STRUCK_OUT.format(at="NEW.began")} END;
CREATE TRIGGER messages_heard_noted AFTER INSERT ON messages_heard BEGIN {_STRUCK_OUT.format(at="NEW.heard")} END;
""",
)
"""Entries are never changed; see `Schema`."""

FIELDS = (
    *("id", "started", "direction", "line", "answered", "ended", "caller_number", "caller_name", "called"),
    *("reached", "outcome", "cause", "fault", "steps"),
)
"""The columns of a call, in the order of the fields of `CallRecord`."""

_ADDED = {"steps": 2}
"""The version of the file from which on it has these columns."""


def _probe(version: int) -> str:
    columns = (name for name in FIELDS if _ADDED.get(name, 1) <= version)
    return f"SELECT {', '.join(columns)} FROM calls LIMIT 0"


CALL_LOG = Schema(said("the call log"), _MIGRATIONS, _probe)

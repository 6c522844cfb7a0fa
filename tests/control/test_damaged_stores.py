"""What was found damaged at the start and set aside is told, whichever store it is."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from appliance.control import BlockingClient
from tests.bench.daemon import started

STORES = ("accounts", "calls", "changes", "contacts", "deliveries", "desk", "fax-opened", "lost-callers", "versions")


def test_every_store_that_is_damaged_is_told(tmp_path: Path) -> None:
    for name in STORES:
        (tmp_path / f"{name}.sqlite").write_bytes(b"no database" * 500)
    running = started(tmp_path)
    try:
        with BlockingClient(tmp_path / "control.sock", 30) as control:
            faults = control.call("status")["faults"]
    finally:
        running.stop()
    assert [name for name in STORES if any(f"{name}.sqlite.damaged" in fault for fault in faults)] == list(STORES)


def test_accounts_of_a_newer_version_are_told_in_words_and_stay_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "accounts.sqlite"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
    before = file.read_bytes()
    command = [sys.executable, "-m", "appliance.cli", "run", "--data", str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith(
        "copperdesk: a newer version has worked here, install that one again: accounts.sqlite"
    )
    assert file.read_bytes() == before

"""What was found damaged at the start and set aside is told, whichever store it is."""

from __future__ import annotations

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

"""Backups at the daemon: the work is another process's, and the daemon answers meanwhile."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest

from appliance.api.backup import Backups
from appliance.control.errors import ControlError
from tests.notify.offered import Offered

WORKER = """#!/bin/sh
echo $$ >"$0.pid"
echo '{"percent": 7}'
exec sleep 60
"""
"""A backup that does not come to its end."""


@pytest.mark.real_time
async def test_the_work_is_a_process_that_holds_up_nobody_and_ends_with_the_daemon(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = tmp_path / "worker"
    worker.write_text(WORKER)
    worker.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(worker))
    control, backups = Offered(), Backups(tmp_path, lambda: None, lambda now: now)
    backups.offer(control)
    await control.call("backup.begin", passphrase="kettle on the copper stove")
    async with asyncio.timeout(20):
        while (state := await control.call("backup.state"))["percent"] != 7:  # noqa: ASYNC110 - a page asks, too
            await asyncio.sleep(0.01)
    assert (state["running"], state["ready"], state["failed"]) == (True, False, None)
    with pytest.raises(ControlError, match="in work already"):
        await control.call("backup.begin", passphrase="kettle on the copper stove")
    await backups.close()
    assert not Path(f"/proc/{(tmp_path / 'worker.pid').read_text().strip()}").exists()

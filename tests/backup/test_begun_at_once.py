"""Two who want a backup at the same moment: one is made, and it is never lost sight of."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from appliance.api.nightly import NightlyBackups
from appliance.clock import LoopClock
from tests.control.offered import Offered


async def test_a_place_that_is_set_twice_at_once_has_one_backup_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    async def process(*words: str, **_: object) -> None:
        begun.append(words[4])
        await asyncio.sleep(60)

    async def later(work, *args):  # type: ignore[no-untyped-def]
        await asyncio.sleep(1)  # As a disk takes its time.
        return work(*args)

    monkeypatch.setattr("asyncio.create_subprocess_exec", process)
    monkeypatch.setattr("appliance.api.nightly.off_loop", later)
    clock = LoopClock(asyncio.get_running_loop(), datetime(2026, 3, 9, 8, tzinfo=UTC))
    nightly, offered = NightlyBackups(tmp_path, clock, lambda at: at), Offered()
    nightly.offer(offered)
    where = {"kind": "stick", "place": "BACKUP", "passphrase": "abcd efgh jkmn", "at": "02:30", "keep": 3, "days": 9}
    setting = [offered.ask("nightly.set", by="ada", **where) for _ in range(2)]
    await asyncio.gather(*setting)
    assert begun == ["nightly"]
    await nightly.close()

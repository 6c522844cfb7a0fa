"""How much is written to the memory card while nobody calls."""

from __future__ import annotations

import asyncio
import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from appliance.advicewatch import AdviceWatch
from appliance.clock import RealClock
from appliance.machinewatch import MachineWatch
from tests.calls.world import world
from tests.powercuts.cuts import DISK_BYTES, make_file_system, mounted_file_system, recorded_disk

MOST_BYTES = 20 * 1024 * 1024
HOUR_S = 3600

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system"),
]


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """All that is written to the partition on which the folders of worlds are."""
    image, record, folder = tmp_path / "image", tmp_path / "record", tmp_path / "partition"
    make_file_system(image, DISK_BYTES)
    record.touch()
    with recorded_disk(image, record, tmp_path) as disk, mounted_file_system(disk, folder):
        monkeypatch.setattr(tempfile, "tempdir", str(folder))
        yield record


def written(record: Path) -> int:
    """Bytes so far, with what the system has kept back."""
    subprocess.run(["sync", "--file-system", str(record.with_name("partition"))], check=True)
    return record.stat().st_size


async def test_an_idle_day_writes_less_than_20_mb(record: Path, tmp_path: Path) -> None:
    async with world() as here:
        unit, partition = here.appliance, record.with_name("partition")
        watches = [AdviceWatch(unit, partition), MachineWatch(unit.trouble, unit.advice, RealClock(), tmp_path)]
        for watch in watches:
            watch.start()
        await asyncio.sleep(HOUR_S)
        before = written(record)
        assert before > 0, "a start writes something, and it is seen"
        for _hour in range(24):
            await asyncio.sleep(HOUR_S)
            written(record)
        assert written(record) - before <= MOST_BYTES
        for watch in watches:
            await watch.close()

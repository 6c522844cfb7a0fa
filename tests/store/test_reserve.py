"""Room is kept for a start on a full disk."""

from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from appliance.backup.contents import lasting
from appliance.store.reserve import RESERVE, RESERVE_BYTES, have_room_to_start

Usage = namedtuple("Usage", "total used free")


@pytest.mark.parametrize(
    ("there", "free", "then"),
    [
        (False, 2 * RESERVE_BYTES, True),
        (False, 2 * RESERVE_BYTES - 1, False),
        (True, RESERVE_BYTES, True),
        (True, RESERVE_BYTES - 1, False),
        (False, 0, False),
    ],
)
def test_the_reserve_is_given_up_on_a_full_disk_and_laid_in_where_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool, free: int, then: bool
) -> None:
    if there:
        (tmp_path / RESERVE).write_bytes(b"")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(10 * RESERVE_BYTES, 0, free))
    have_room_to_start(tmp_path)
    assert (tmp_path / RESERVE).exists() is then


def test_the_reserve_takes_its_room_and_is_in_no_backup(tmp_path: Path) -> None:
    have_room_to_start(tmp_path)
    assert (tmp_path / RESERVE).stat().st_blocks * 512 >= RESERVE_BYTES
    assert lasting(tmp_path) == []

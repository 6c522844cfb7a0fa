"""What a backup or a look into one has in the data folder for a while is removed, also after a power cut."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from appliance.backup.restoring import take_over
from appliance.backup.scratch import remove_left, scratch_folder


def ended_process() -> int:
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def left_by(data: Path, name: str) -> Path:
    """A folder with something in it."""
    (data / name).mkdir()
    (data / name / "calls.sqlite").write_bytes(b"calls")
    return data / name


def test_a_folder_is_gone_behind_its_work(tmp_path: Path) -> None:
    with scratch_folder(tmp_path, "backup") as folder:
        assert folder.parent == tmp_path
        remove_left(tmp_path)  # Another one begins meanwhile.
        assert folder.is_dir()
    assert list(tmp_path.iterdir()) == []


def test_what_processes_left_that_have_ended_is_removed_by_the_next_one_and_nothing_else(tmp_path: Path) -> None:
    for what in ("backup", "restore"):
        left_by(tmp_path, f".{what}-{ended_process()}-x_7a")
        left_by(tmp_path, f".{what}-x_7a")  # Of a version that did not say whose it was.
    at_work = left_by(tmp_path, f".backup-{os.getpid()}-x_7a")
    others = [left_by(tmp_path, name) for name in ("messages", ".nightly-x", ".backups")]
    with scratch_folder(tmp_path, "restore") as folder:
        assert set(tmp_path.iterdir()) == {folder, at_work, *others}


def test_a_start_removes_what_was_left_with_files_that_did_not_come_to_their_end(tmp_path: Path) -> None:
    left_by(tmp_path, f".restore-{ended_process()}-x")
    for name in ("unit.backup.part", "unit.backup"):
        (tmp_path / name).write_bytes(b"sealed")
    assert not take_over(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["unit.backup"]

"""A stick as the kernel has it: a block device with ext4 that fills, is unmounted, or is pulled out during a copy."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from appliance.backup import sealing
from appliance.backup.nightly import NightlyFailed, back_up
from appliance.backup.nightlysetting import NightlySetting, read_state, write_setting
from appliance.store.office import OfficeStore
from tests.powercuts.blockdisk import NAME
from tests.powercuts.cuts import READY_S, make_file_system, run_program

pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a file system"),
]

NIGHT = datetime(2026, 3, 3, 2, 30, tzinfo=UTC)
STICK_BYTES, RECORDING_BYTES = 16 << 20, 6 << 20


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A unit with a recording that cannot be packed away."""
    monkeypatch.setattr(sealing, "SCRYPT_COST", 2)
    folder = tmp_path / "data"
    (folder / "messages").mkdir(parents=True)
    OfficeStore(folder / "office.json").save({"name": "Riverside"})
    (folder / "messages" / "audio.wav").write_bytes(os.urandom(RECORDING_BYTES))
    place = str(tmp_path / "stick")
    write_setting(folder, NightlySetting("stick", place, passphrase="kettle on the copper stove", unit="0a1b2c3d"))
    return folder


@pytest.fixture
def device(tmp_path: Path) -> Iterator[str]:
    """A block device with a file system, mounted at `stick`. It goes at the end, whatever was done to it."""
    image, stick = tmp_path / "image", tmp_path / "stick"
    stick.mkdir()
    with image.open("wb") as file:
        file.truncate(STICK_BYTES)
    run_program("mkfs.ext4", "-q", "-F", str(image))
    loop = subprocess.run(["losetup", "--find", "--show", str(image)], capture_output=True, text=True, check=True)
    name = loop.stdout.strip()
    try:
        run_program("mount", name, str(stick))
        yield name
    finally:
        subprocess.run(["umount", "--lazy", str(stick)], capture_output=True, check=False)
        subprocess.run(["losetup", "--detach", name], capture_output=True, check=False)


def made(data: Path, number: int, half_way: Callable[[], None] = lambda: None) -> str:
    """Make a backup; at half of the copy to the stick this is done once."""
    left = [half_way]

    def progress(done: int, total: int) -> None:
        if left and done > 0.75 * total:  # The copy is the second half of the whole.
            left.pop()()

    return back_up(data, NIGHT + timedelta(days=number), "Riverside", progress)


def test_a_stick_that_is_full_is_told_and_the_backups_on_it_stay(data: Path, device: str, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    good = made(data, 0)
    (stick / "holiday.jpg").write_bytes(os.urandom(6 << 20))
    before = {path.name: path.stat().st_size for path in stick.iterdir() if path.is_file()}
    with pytest.raises(NightlyFailed, match="the stick is full"):
        made(data, 1)
    assert {path.name: path.stat().st_size for path in stick.iterdir() if path.is_file()} == before
    assert read_state(data).archive == good
    (stick / "holiday.jpg").unlink()
    made(data, 2)


def test_a_stick_that_is_taken_away_during_the_copy_leaves_nothing_on_the_unit(
    data: Path, device: str, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    good = made(data, 0)
    with pytest.raises(NightlyFailed, match="the stick was pulled out, or is broken"):
        made(data, 1, lambda: run_program("umount", "--lazy", str(stick)))
    assert list(stick.iterdir()) == [], "the folder on the memory card that the stick was mounted over"
    with pytest.raises(NightlyFailed, match="is the stick plugged in"):
        made(data, 2)
    run_program("mount", device, str(stick))
    assert (stick / good).exists()
    made(data, 3)
    assert not list(stick.glob("*.part")), "what the copy that broke off had left is gone"


def test_a_stick_that_is_pulled_out_during_the_copy_is_told(data: Path, tmp_path: Path) -> None:
    """The device itself goes: what serves its blocks is killed while the file system on it is mounted."""
    image, served, stick = tmp_path / "image", tmp_path / "served", tmp_path / "stick"
    make_file_system(image, STICK_BYTES)
    for folder in (served, stick):
        folder.mkdir()
    words = [sys.executable, "-m", "tests.powercuts.blockdisk", str(image), str(tmp_path / "record"), str(served)]
    with subprocess.Popen(words) as device:
        until = time.monotonic() + READY_S
        while not (served / NAME).exists():
            assert time.monotonic() < until
            time.sleep(0.02)
        run_program("mount", "-o", "loop", str(served / NAME), str(stick))
        try:
            good = made(data, 0)
            with pytest.raises(NightlyFailed, match=r"pulled out, or is broken|locked, or damaged"):
                made(data, 1, device.kill)
        finally:
            device.kill()
            for folder in (stick, served):
                subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=False)
    state = read_state(data)
    assert state.failed is not None
    assert state.archive == good
    assert not list(data.glob(".nightly-*"))

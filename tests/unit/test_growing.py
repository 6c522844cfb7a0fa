"""The data partition takes the whole card: the real sfdisk on a card in a file; what needs a kernel is a stand-in."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from image.building.disk import LAYOUT, size, starts, table

GROW = Path(__file__).resolve().parents[2] / "systemd/copperdesk-grow"
SECTOR = 512


def partitions(card: Path) -> list[tuple[int, int]]:
    """Begin and length of each partition of a card, in sectors."""
    told = subprocess.run(["sfdisk", "--json", card], check=True, capture_output=True, text=True).stdout
    return [(one["start"], one["size"]) for one in json.loads(told)["partitiontable"]["partitions"]]


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """A card as an image makes it, and the files by which a kernel tells of it."""
    card = tmp_path / "dev/mmcblk0"
    card.parent.mkdir()
    with card.open("wb") as file:
        file.truncate(size(LAYOUT))
    subprocess.run(["sfdisk", "--quiet", card], input=table(LAYOUT), text=True, check=True)
    (tmp_path / "dev/mmcblk0p3").touch()
    (tmp_path / "bin").mkdir()
    for name in ("partx", "resize2fs"):
        program = tmp_path / "bin" / name
        program.write_text(f'#!/bin/sh\necho {name} "$@" >> {tmp_path}/done\n')
        program.chmod(0o755)
    return card


def grow(card: Path, card_bytes: int) -> list[str]:
    """Put what is on the card onto one of this size, start with it, and tell what was called."""
    root = card.parent.parent
    with card.open("r+b") as file:
        file.truncate(card_bytes)
    disk = root / "sys/devices/mmcblk0"
    part, known = disk / "mmcblk0p3", root / "sys/class/block"
    for folder in (part, known):
        folder.mkdir(parents=True, exist_ok=True)
    begin, length = partitions(card)[2]
    for file, text in {disk / "size": card_bytes // SECTOR, part / "partition": 3, part / "start": begin}.items():
        file.write_text(f"{text}\n")
    (part / "size").write_text(f"{length}\n")
    if not (known / "mmcblk0p3").exists():
        (known / "mmcblk0p3").symlink_to(part)
    (root / "done").write_text("")
    env = {
        **os.environ,
        "PATH": f"{root}/bin:/usr/sbin:/sbin:{os.environ['PATH']}",
        "COPPERDESK_SYS": str(root / "sys"),
    }
    subprocess.run([GROW, root / "dev/mmcblk0p3"], env=env, check=True, capture_output=True, timeout=20)
    return (root / "done").read_text().replace(f"{root}/dev/", "").splitlines()


def test_the_data_partition_takes_what_is_free_of_a_larger_card_and_the_others_stay(card: Path) -> None:
    before = partitions(card)
    large = 8_000_000_000 // SECTOR * SECTOR
    assert grow(card, large) == ["partx --update --nr 3 mmcblk0", "resize2fs mmcblk0p3"]
    after = partitions(card)
    assert after[:2] == before[:2]
    assert after[2] == (before[2][0], large // SECTOR - before[2][0])
    assert before[2][0] == starts(LAYOUT)[2] * 2048


def test_a_second_start_leaves_the_table_alone_and_finishes_a_resize_that_was_cut_off(card: Path) -> None:
    grow(card, 4_000_000_000 // SECTOR * SECTOR)
    assert grow(card, 4_000_000_000 // SECTOR * SECTOR) == ["resize2fs mmcblk0p3"]
    assert partitions(card)[2][1] * SECTOR > 2_000_000_000

"""The disk of a unit, built in small with the real programs from a made-up folder, and read back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from datetime import UTC, datetime

import pytest

from image.building import disk
from image.building.disk import LAYOUT, MIB, Partition, make_disk, size, starts, table
from image.building.same import differing
from image.building.steps import BuildSteps, BuildTrouble

SMALL = (Partition("BOOTFS", "vfat", 64), Partition("copperdesk-root", "ext4", 8), Partition("copperdesk", "ext4", 8))
EPOCH = 1_750_000_000
OLD = 1_600_000_000


def run(*command):
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, check=True, env={**os.environ, "TZ": "UTC"}
    )
    return done.stdout.decode(errors="replace")


def a_root(folder):
    root = folder / "root"
    for name, text in {
        "etc/fstab": "LABEL=copperdesk-root / ext4\n",
        "boot/firmware/config.txt": "arm_64bit=1\n",
        "boot/firmware/overlays/uart.dtbo": "x" * 5000,
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "etc/link").symlink_to("fstab")
    os.utime(root / "etc/fstab", (OLD, OLD))
    for path in (root, root / "etc"):
        os.utime(path, (OLD, OLD))
    os.utime(root / "etc/link", (OLD, OLD), follow_symlinks=False)
    return root


def made(folder):
    folder.mkdir()
    image = folder / "unit.img"
    make_disk(image, a_root(folder), EPOCH, BuildSteps(folder / "log"), SMALL)
    return image


@pytest.fixture(scope="module")
def image(tmp_path_factory):
    return made(tmp_path_factory.mktemp("disk") / "first")


def part(image, number):
    file = image.with_name(f"{number}.part")
    with image.open("rb") as whole, file.open("wb") as copy:
        whole.seek(starts(SMALL)[number] * MIB)
        copy.write(whole.read(SMALL[number].mib * MIB))
    return file


def test_the_table_has_three_partitions_beside_one_another(image):
    found = json.loads(run("sfdisk", "--json", image))["partitiontable"]
    assert (found["label"], found["id"]) == ("dos", "0x5049b001")
    assert [(one["start"] * 512 // MIB, one["size"] * 512 // MIB) for one in found["partitions"]] == [
        (4, 64),
        (68, 8),
        (76, 8),
    ]
    assert [one["type"] for one in found["partitions"]] == ["c", "83", "83"]
    assert image.stat().st_size == size(SMALL)


def test_the_boot_partition_has_what_stood_in_its_folder_with_the_time_of_the_source(image):
    boot = f"{image}@@4M"
    assert run("mtype", "-i", boot, "::config.txt") == "arm_64bit=1\n"
    listed = run("mdir", "-i", boot, "::overlays")
    assert "5000" in listed
    assert datetime.fromtimestamp(EPOCH, UTC).strftime("%Y-%m-%d") in listed


def test_the_root_partition_has_all_else_and_keeps_its_times(image):
    root = part(image, 1)
    assert run("debugfs", "-R", "cat etc/fstab", root) == "LABEL=copperdesk-root / ext4\n"
    about = run("debugfs", "-R", "stat etc/fstab", root)
    assert f"mtime: {OLD:#x}" in about
    assert f"ctime: {EPOCH:#x}" in about
    assert "fstab" in run("debugfs", "-R", "stat etc/link", root)


@pytest.mark.parametrize(("number", "label"), [(1, "copperdesk-root"), (2, "copperdesk")])
def test_the_file_systems_are_without_fault_and_have_their_names(image, number, label):
    file = part(image, number)
    run("e2fsck", "-fn", file)
    assert run("e2label", file) == f"{label}\n"


def test_the_same_folder_at_another_moment_gives_the_same_bytes(image, tmp_path):
    again = made(tmp_path / "second")
    assert again.read_bytes() == image.read_bytes()
    assert differing(image, again, BuildSteps(tmp_path / "log"), SMALL) == []


def test_what_differs_is_named(image, tmp_path):
    other = tmp_path / "other.img"
    content = bytearray(image.read_bytes())
    content[content.index(b"LABEL=copperdesk-root / ext4")] += 1
    content[content.index(b"arm_64bit=1")] += 1
    content[440] += 1
    content[(starts(SMALL)[2] + 1) * MIB] += 1
    other.write_bytes(content)
    assert differing(image, other, BuildSteps(tmp_path / "log"), SMALL) == [
        "the partition table",
        "BOOTFS",
        "/etc/fstab",
        "copperdesk",
    ]


def test_the_image_of_a_unit_fits_on_the_smallest_card():
    assert size(LAYOUT) <= disk.SMALLEST_CARD
    assert table(LAYOUT).splitlines()[2:] == [
        "start=4MiB, size=256MiB, type=c, bootable",
        "start=260MiB, size=1400MiB, type=83",
        "start=1660MiB, size=128MiB, type=83",
    ]


def test_a_disk_that_is_too_large_for_it_is_not_begun(tmp_path):
    with pytest.raises(BuildTrouble, match="more than a card of 2 GB"):
        make_disk(
            tmp_path / "x.img", a_root(tmp_path), EPOCH, BuildSteps(tmp_path / "log"), (Partition("a", "ext4", 2000),)
        )
    assert not (tmp_path / "x.img").exists()


def test_a_folder_that_does_not_fit_is_told_with_what_the_program_said(tmp_path):
    root = a_root(tmp_path)
    (root / "large").write_bytes(os.urandom(9 * MIB))
    with pytest.raises(BuildTrouble, match="mke2fs failed"):
        make_disk(tmp_path / "x.img", root, EPOCH, BuildSteps(tmp_path / "log"), SMALL)


def test_a_program_that_is_missing_is_named(tmp_path):
    assert shutil.which("no-such-program") is None
    with pytest.raises(BuildTrouble, match="image/setup image"):
        BuildSteps(tmp_path / "log").run(["no-such-program"])

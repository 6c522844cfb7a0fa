"""The disk of a unit: three partitions, made as files and put side by side, without mounting anything.

Everything that a build could make different by chance is given: names and numbers of the file systems, the seed of
their folders' order, and the times of all that is in them.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from image.building.steps import BuildSteps, BuildTrouble

MIB: Final = 1 << 20
FIRST_MIB: Final = 4
"""Where the first partition begins: whole erase blocks of common SD cards are kept together."""
DISK_NUMBER: Final = 0x5049B001
SPACE: Final = uuid.UUID("6a0f7c1e-40a5-4c3b-9d27-c0bbe2de5c00")
"""The name space of the file systems' identities: the same label has the same one in every image."""
SMALLEST_CARD: Final = 2_000_000_000
"""Bytes of the smallest card that an image must fit on: one of 2 GB."""


@dataclass(frozen=True, slots=True)
class Partition:
    """One of the disk's. mib: its size in the image; the last one grows to the end of the card at the first start."""

    label: str
    kind: Literal["vfat", "ext4"]
    mib: int


LAYOUT: Final = (
    Partition("BOOTFS", "vfat", 256),
    Partition("copperdesk-root", "ext4", 1400),
    Partition("copperdesk", "ext4", 128),
)


def starts(layout: tuple[Partition, ...]) -> list[int]:
    """Where each partition begins, in MiB."""
    return [FIRST_MIB + sum(one.mib for one in layout[:place]) for place in range(len(layout))]


def size(layout: tuple[Partition, ...]) -> int:
    """The bytes of the whole disk."""
    return (FIRST_MIB + sum(one.mib for one in layout)) * MIB


def table(layout: tuple[Partition, ...]) -> str:
    """The partition table, as sfdisk reads it. The firmware of Raspberry Pis knows this kind on every model."""
    lines = ["label: dos", f"label-id: {DISK_NUMBER:#x}"]
    for begin, one in zip(starts(layout), layout, strict=True):
        kind = "type=c, bootable" if one.kind == "vfat" else "type=83"
        lines.append(f"start={begin}MiB, size={one.mib}MiB, {kind}")
    return "\n".join(lines) + "\n"


def make_fat(file: Path, part: Partition, content: Path, epoch: int, steps: BuildSteps) -> None:
    """A FAT file system with what is in a folder. All its times are `epoch`."""
    with file.open("wb") as empty:
        empty.truncate(part.mib * MIB)
    steps.run(["mkfs.vfat", "-F", "32", "-n", part.label, "-i", f"{DISK_NUMBER:08X}", "--invariant", file])
    for folder, _, names in sorted(os.walk(content)):
        place = Path(folder).relative_to(content)
        files = [Path(folder) / name for name in sorted(names)]
        for path in [Path(folder), *files]:
            os.utime(path, (epoch, epoch))
        if place.parts:
            steps.run(["mmd", "-i", file, f"::{place}"], env={"SOURCE_DATE_EPOCH": str(epoch)})
        if files:
            steps.run(["mcopy", "-m", "-i", file, *files, f"::{place}"])


def make_ext4(file: Path, part: Partition, content: Path | None, epoch: int, steps: BuildSteps) -> None:
    """An ext4 file system with what is in a folder, or empty. Its times of creation, change and reading are `epoch`."""
    with file.open("wb") as empty:
        empty.truncate(part.mib * MIB)
    name = uuid.uuid5(SPACE, part.label)
    fixed = {"E2FSPROGS_FAKE_TIME": str(epoch)}
    command = ["mke2fs", "-q", "-t", "ext4", "-L", part.label, "-m", "1", "-U", name]
    command += ["-E", f"hash_seed={name},lazy_itable_init=0,lazy_journal_init=0"]
    steps.run([*map(str, command), *(["-d", content] if content else []), file], env=fixed)
    # What stands in the folder was written and read only now: these two times are not the content's but the build's.
    changes = "".join(
        f"sif <{inode}> {field} @{epoch}\n"
        for inode in used_inodes(file, steps)
        for field in ("ctime", "atime", "crtime")
    )
    steps.run(["debugfs", "-w", "-f", "/dev/stdin", file], env=fixed, given=changes)


def used_inodes(file: Path, steps: BuildSteps) -> Iterator[int]:
    """The root folder, and all that a new file system holds: mke2fs gives out numbers from 11 on, without gaps."""
    about = dict(line.split(":", 1) for line in steps.run(["dumpe2fs", "-h", file]).splitlines() if ":" in line)
    yield 2
    yield from range(11, int(about["Inode count"]) - int(about["Free inodes"]) + 1)


def make_disk(disk: Path, root: Path, epoch: int, steps: BuildSteps, layout: tuple[Partition, ...] = LAYOUT) -> None:
    """The whole disk from a root folder, whose boot/firmware becomes the first partition, and an empty data partition.

    Raises `BuildTrouble` where it would not fit on the smallest card.
    """
    if size(layout) > SMALLEST_CARD:
        raise BuildTrouble(f"The image would have {size(layout):,} bytes, more than a card of 2 GB.")
    boot = root.with_name("boot-partition")
    firmware = root / "boot/firmware"
    firmware.rename(boot)
    firmware.mkdir()
    os.utime(firmware, (epoch, epoch))
    os.utime(firmware.parent, (epoch, epoch))
    contents = {"BOOTFS": boot, "copperdesk-root": root}
    disk.unlink(missing_ok=True)
    with disk.open("wb") as empty:
        empty.truncate(size(layout))
    steps.run(["sfdisk", "-q", disk], given=table(layout))
    for begin, part in zip(starts(layout), layout, strict=True):
        file = disk.with_name(f"{disk.stem}-{part.label}.part")
        with steps.step(f"the partition {part.label}"):
            if part.kind == "vfat":
                make_fat(file, part, boot, epoch, steps)
            else:
                make_ext4(file, part, contents.get(part.label), epoch, steps)
            steps.run(
                ["dd", f"if={file}", f"of={disk}", "bs=1M", f"seek={begin}", "conv=notrunc,sparse", "status=none"]
            )
        file.unlink()

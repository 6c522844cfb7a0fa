"""Whether two builds of an image have the same bytes, and otherwise which of their files differ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Final

from image.building.disk import LAYOUT, MIB, Partition, starts
from image.building.steps import BuildSteps

BLOCK: Final = 1024
"""Bytes that are compared at once: the smallest block that ext4 has."""
MOST_ASKED: Final = 1000
"""Blocks whose files are looked up; two images that differ in more have little in common."""


def differing(one: Path, other: Path, steps: BuildSteps, layout: tuple[Partition, ...] = LAYOUT) -> list[str]:
    """What differs in two disks: files of the ext4 partitions, and the labels of partitions for all else."""
    places = [(0, None), *((begin * MIB, part) for begin, part in zip(starts(layout), layout, strict=True))]
    found: dict[str, None] = {}
    asked: dict[tuple[int, Partition], list[int]] = {}
    for at in different_blocks(one, other):
        begin, part = next(place for place in reversed(places) if place[0] <= at)
        if part is None:
            found["the partition table"] = None
        elif part.kind == "vfat":
            found[part.label] = None
        else:
            asked.setdefault((begin, part), []).append(at - begin)
    for (begin, part), blocks in asked.items():
        found |= dict.fromkeys(names(one, begin, part, blocks[:MOST_ASKED], steps))
    return list(found)


def different_blocks(one: Path, other: Path) -> Iterator[int]:
    """Where blocks of two files differ, in bytes from their beginning."""
    with one.open("rb") as first, other.open("rb") as second:
        parts = zip_longest(*(iter(lambda file=file: file.read(MIB), b"") for file in (first, second)), fillvalue=b"")
        for number, (left, right) in enumerate(parts):
            if left != right:
                for at in range(0, max(len(left), len(right)), BLOCK):
                    if left[at : at + BLOCK] != right[at : at + BLOCK]:
                        yield number * MIB + at


def names(disk: Path, begin: int, part: Partition, blocks: list[int], steps: BuildSteps) -> Iterator[str]:
    """The files that these bytes of an ext4 partition belong to; its label for what is no file's content."""
    place = f"{disk}?offset={begin}"
    about = dict(line.split(":", 1) for line in steps.run(["dumpe2fs", "-h", place]).splitlines() if ":" in line)
    numbers = {byte // int(about["Block size"]) for byte in blocks}
    of_blocks = steps.run(["debugfs", "-R", f"icheck {' '.join(map(str, sorted(numbers)))}", place]).splitlines()[1:]
    inodes = {line.split("\t")[1] for line in of_blocks}
    files = sorted(inodes - {"<block not found>"}, key=int)
    listed = steps.run(["debugfs", "-R", f"ncheck {' '.join(files)}", place]).splitlines()[1:] if files else []
    found = dict(line.split("\t")[::-1] for line in listed)
    yield from found
    if inodes - set(found.values()):  # The journal, a table of the file system, or room that is free.
        yield part.label

"""Records what a disk is told during work, and makes the disks that a power cut may leave of it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.fax.papers import saved, text
from tests.powercuts.blockdisk import NAME, SECTOR, entries
from tests.powercuts.facts import Facts
from tests.powercuts.work import Work, found

DISK_BYTES = 160 * 1024 * 1024
OPTIONS = "noatime,nosuid,nodev,commit=5,errors=remount-ro"
"""Those of the data partition of the image (`image/rootfs/etc/fstab`)."""
PAGE = 4096
READY_S = 20.0
MENDED = 1
"""The largest exit status of e2fsck that says the file system is in order now."""

Pages = dict[int, bytes]
"""What is on a disk, by the number of the page; pages that are not there are empty."""


class Unmountable(Exception):
    """A file system that no start could use. Its text says why."""


@dataclass(frozen=True, slots=True)
class Recording:
    """All that a disk was told during some work."""

    before: Pages
    """What was on it, with an empty file system."""
    record: bytes
    """As `BlockDisk` writes it."""
    begins: int
    """Where the work begins in it: the power is not cut before."""
    facts: Facts
    """What somebody was told, with the moment in the record."""

    def moments(self, count: int, chance: Random) -> list[int]:
        """So many at which the power goes, rising. One of ten is just behind a write of the superblock, or in it."""
        writes = [
            end for place, data, end in entries(self.record) if data and place < PAGE and end - len(data) > self.begins
        ]
        rare = [chance.choice(writes) - chance.choice((0, 1)) for _ in range(count // 10 if writes else 0)]
        return sorted((*rare, *(chance.randint(self.begins, len(self.record)) for _ in range(count - len(rare)))))


def record_work(seed: int, deeds: int, folder: Path) -> Recording:
    """Work on a new ext4 file system, on a disk that keeps a record. folder: takes its files. Needs root."""
    image, record, mounted = folder / "image", folder / "record", folder / "mounted"
    make_file_system(image, DISK_BYTES)
    record.touch()
    paper = saved(folder / "paper.tif", [text(seed=seed)]).read_bytes()
    with recorded_disk(image, record, folder) as disk, mounted_file_system(disk, mounted):
        facts, begins = Facts(lambda: record.stat().st_size), record.stat().st_size
        with closing(Work(mounted, facts, Random(seed), paper, folder)) as work:
            work.goes_on(deeds)
    content = image.read_bytes()
    before = {at // PAGE: content[at : at + PAGE] for at in range(0, len(content), PAGE)}
    empty = bytes(PAGE)
    return Recording(
        {number: page for number, page in before.items() if page != empty}, record.read_bytes(), begins, facts
    )


@dataclass(frozen=True, slots=True)
class AfterACut:
    """How the next start went."""

    wrong: list[str]
    """What is not as it was told, in sentences."""
    questions: bool = False
    """The file system could not be put in order without an answer to questions."""


def after_cuts(recording: Recording, cuts: Sequence[int], chance: Random, folder: Path) -> Iterator[AfterACut]:
    """For each moment of the record at which the power goes, rising: how the next start goes."""
    disk = CutDisk(dict(recording.before))
    image, mounted = folder / "cut", folder / "mounted-again"
    told = iter(entries(recording.record))
    coming = next(told, None)
    for cut in cuts:
        while coming is not None and coming[2] <= cut:
            disk.told(coming[0], coming[1])
            coming = next(told, None)
        under_way = [] if coming is None or coming[1] is None else [(coming[0], coming[1])]
        _write(disk.after_a_cut(chance, under_way), image)
        try:
            questions = _check(image)
            with mounted_file_system(image, mounted):
                result = AfterACut(recording.facts.wrong(found(mounted), cut), questions)
        except (Unmountable, OSError) as error:
            result = AfterACut([f"the unit could not be started: {error}"])
        yield result


class CutDisk:
    """A disk with a memory of its own: what was written since the last flush may be on it, or not, or in part."""

    def __init__(self, pages: Pages) -> None:
        self._safe = pages
        self._unsafe: list[tuple[int, bytes]] = []

    def told(self, place: int, data: bytes | None) -> None:
        if data is not None:
            self._unsafe.append((place, data))
            return
        for place, data in self._unsafe:
            _put(self._safe, place, data)
        self._unsafe.clear()

    def after_a_cut(self, chance: Random, under_way: Sequence[tuple[int, bytes]]) -> Pages:
        """What is on it then. Writes are torn where a sector ends, or on some disks only where a page does."""
        size = chance.choice((SECTOR, PAGE))
        kept = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        pages = dict(self._safe)
        for place, data in (*self._unsafe, *under_way):
            for at in range(0, len(data), size):
                if chance.random() < kept:
                    _put(pages, place + at, data[at : at + size])
        return pages


def _put(pages: Pages, place: int, data: bytes) -> None:
    while data:
        number, within = divmod(place, PAGE)
        part = data[: PAGE - within]
        old = pages.get(number, bytes(PAGE)) if len(part) < PAGE else b""
        pages[number] = old[:within] + part + old[within + len(part) :]
        place, data = place + len(part), data[len(part) :]


def make_file_system(image: Path, size: int) -> None:
    """An empty one as on the data partition, of so many bytes."""
    with image.open("wb") as file:
        file.truncate(size)
    run_program("mke2fs", "-q", "-t", "ext4", "-b", str(PAGE), "-m", "0", str(image))


def _write(pages: Pages, image: Path) -> None:
    """In a new file: where something else holds the mount before, `mount` would take its loop device, with what was on
    that disk, once more."""
    image.unlink(missing_ok=True)
    with image.open("wb") as file:
        for number, page in pages.items():
            file.seek(number * PAGE)
            file.write(page)
        file.truncate(DISK_BYTES)


def _check(image: Path) -> bool:
    """Have the file system put in order as a start does, and say whether it could not be done without questions.

    A power cut may tear the superblock where a sector ends. `e2fsck -p` then refuses. With all questions answered yes,
    as `fsck.repair=yes` makes systemd do, it takes a copy of the superblock, and what the journal holds.
    """
    preened = subprocess.run(["e2fsck", "-p", str(image)], capture_output=True, text=True)
    if preened.returncode <= MENDED:
        return False
    answered = subprocess.run(["e2fsck", "-y", str(image)], capture_output=True, text=True)
    if answered.returncode > MENDED:
        raise Unmountable(answered.stdout.strip() or answered.stderr.strip())
    return True


@contextmanager
def recorded_disk(image: Path, record: Path, folder: Path) -> Iterator[Path]:
    """The disk that keeps a record, as a file."""
    served = folder / "served"
    served.mkdir()
    disk = served / NAME
    words = [sys.executable, "-m", "tests.powercuts.blockdisk", str(image), str(record), str(served)]
    with subprocess.Popen(words) as process:
        try:
            until = time.monotonic() + READY_S
            while not disk.exists():
                if process.poll() is not None or time.monotonic() > until:
                    raise Unmountable("no file system in user space could be mounted here")
                time.sleep(0.02)
            yield disk
        finally:
            if subprocess.run(["umount", str(served)], capture_output=True).returncode != 0:
                process.terminate()


@contextmanager
def mounted_file_system(disk: Path, folder: Path) -> Iterator[None]:
    """Mounted as the data partition is. Raises Unmountable."""
    folder.mkdir(exist_ok=True)
    try:
        run_program("mount", "-o", f"loop,{OPTIONS}", str(disk), str(folder))
    except subprocess.CalledProcessError as error:
        raise Unmountable(error.stderr.decode().strip()) from error
    try:
        yield
    except BaseException:
        run_program("umount", "--lazy", str(folder))  # What failed may have files open.
        raise
    run_program("umount", str(folder))


def run_program(*words: str) -> None:
    """Raises CalledProcessError."""
    subprocess.run(words, check=True, capture_output=True)

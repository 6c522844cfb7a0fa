"""The SD card of a trial: a copy of an image on a larger card, and what is read out of it without mounting anything."""

from __future__ import annotations

import shutil
import struct
import subprocess
from dataclasses import dataclass
from pathlib import Path

SECTOR = 512
TABLE_AT, ENTRY = 446, struct.Struct("<B3xB3xII")
"""Where the four entries of an MBR stand, and one of them: flags, kind, first sector, sectors."""
BOOT, ROOT, DATA = 0, 1, 2
"""The partitions of a unit's image, in their order."""

CHUNK = 1 << 20
FSCK, DEBUGFS = "/sbin/e2fsck", "/sbin/debugfs"
"""Not on the path of a plain user, who may try an image, too."""
HARMLESS = ("changing ownership", "directory already exists")
"""What debugfs complains of: files whose owners only root can set, and a folder that need not be made."""


class NotAnImage(Exception):
    """The file is no image of a unit."""


@dataclass(frozen=True, slots=True)
class Extent:
    """Where a partition lies on the card, in bytes."""

    start: int
    length: int


def partitions(table: bytes) -> list[Extent]:
    """The partitions in the first sector of a card. Raises `NotAnImage`."""
    if len(table) < SECTOR or table[510:512] != b"\x55\xaa":
        raise NotAnImage("its first sector has no partition table")
    entries = [ENTRY.unpack_from(table, TABLE_AT + n * ENTRY.size) for n in range(4)]
    found = [Extent(first * SECTOR, sectors * SECTOR) for _flags, kind, first, sectors in entries if kind]
    if len(found) <= DATA:
        raise NotAnImage(
            f"it has {len(found)} partitions; a unit has one to start from, one of the system, one of data"
        )
    return found


class Card:
    """A card as a file. `make` puts an image on it."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @classmethod
    def make(cls, file: Path, image: Path, size: int) -> Card:
        """A new card of so many bytes with an image on it. Raises `NotAnImage` where the image is larger than that."""
        if image.stat().st_size > size:
            raise NotAnImage(f"it is larger than the card of {size:,} bytes")
        subprocess.run(["cp", "--sparse=always", image, file], check=True)
        with file.open("r+b") as opened:
            opened.truncate(size)
        return cls(file)

    def partition(self, number: int) -> Extent:
        """As the card's table has it at this moment: the unit changes it when it first starts."""
        with self.file.open("rb") as opened:
            return partitions(opened.read(SECTOR))[number]

    def boot_files(self) -> list[str]:
        """The names in the partition that a unit starts from."""
        return self._mtool("mdir", "-b", "::").decode().replace("::/", "").split()

    def boot_file(self, name: str) -> bytes:
        """A file of the partition that a unit starts from."""
        return self._mtool("mtype", f"::{name}")

    def write_boot_file(self, name: str, content: bytes) -> None:
        self._mtool("mcopy", "-o", "-", f"::{name}", given=content)

    def put_into_root(self, source: Path, place: str) -> None:
        """Put a file into a folder of the partition of the system, which is made where there is none yet."""
        folder = place.rpartition("/")[0]
        self._debugfs(ROOT, f"mkdir {folder}", f"write {source} {place}", write=True)

    def take_from_root(self, folder: str, target: Path) -> None:
        """Copy a folder of the partition of the system into another one, without its owners."""
        self._debugfs(ROOT, f"rdump {folder} {target}")

    def copy_of(self, number: int, file: Path) -> Path:
        """A partition alone, as a file with holes where it has only zeros."""
        extent = self.partition(number)
        with self.file.open("rb") as source, file.open("wb") as target:
            source.seek(extent.start)
            left = extent.length
            while left:
                chunk = source.read(min(CHUNK, left))
                if not chunk:
                    raise NotAnImage(f"partition {number + 1} goes beyond the end of the card")
                left -= len(chunk)
                target.seek(len(chunk), 1) if not any(chunk) else target.write(chunk)
            target.truncate(extent.length)
        return file

    def unsound(self, number: int, scratch: Path) -> str:
        """What fsck says of an ext4 partition once its journal is replayed, as a start does; empty: it is sound.

        The card itself is not touched. The first run replays the journal and may make such small repairs as every start
        makes (e2fsck(8): exit code 1); the second one must find nothing at all.
        """
        copy = self.copy_of(number, scratch)
        try:
            replayed = subprocess.run([FSCK, "-p", copy], capture_output=True, text=True)
            if replayed.returncode > 1:
                return replayed.stdout + replayed.stderr
            checked = subprocess.run([FSCK, "-f", "-n", copy], capture_output=True, text=True)
            return "" if checked.returncode == 0 else checked.stdout + checked.stderr
        finally:
            copy.unlink()

    def _debugfs(self, number: int, *requests: str, write: bool = False) -> None:
        place = f"{self.file}?offset={self.partition(number).start}"
        command = [DEBUGFS, *(["-w"] if write else []), "-f", "-", place]
        run = subprocess.run(command, input="\n".join(requests), capture_output=True, text=True)
        told = [line for line in run.stderr.splitlines() if ":" in line]
        if told := [line for line in told if not any(harmless in line for harmless in HARMLESS)]:
            raise NotAnImage(f"debugfs: {told[0]}")

    def _mtool(self, command: str, *words: str, given: bytes = b"") -> bytes:
        place = f"{self.file}@@{self.partition(BOOT).start}"
        run = subprocess.run([command, "-i", place, *words], input=given, capture_output=True)
        if run.returncode:
            raise NotAnImage(f"{command} {' '.join(words)}: {run.stderr.decode(errors='replace').strip()}")
        return run.stdout


TOOLS = ("cp", "mdir", "mtype", "mcopy", "mkfs.vfat", "minisign", FSCK, DEBUGFS)


def tools_missing() -> list[str]:
    """Of the programs that a trial needs, those that this machine has not."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]

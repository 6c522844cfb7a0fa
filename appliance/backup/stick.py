"""Archives on a USB stick, or another disk that is mounted: by its label, or by a folder on it."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType

from appliance.backup.target import PART, Moved, TargetFailed, copied
from appliance.store.disk import Disk
from hw.said import said, told_by

LABELS = Path("/dev/disk/by-label")
MOUNTS = Path("/proc/self/mountinfo")
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
"""A FAT file system takes no file of 4 GB, which is no room either."""
GONE = (errno.EIO, errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ENOTCONN, errno.ESTALE)


class Stick:
    """place: a label, or an absolute folder. data: the data folder, which is not to be mistaken for a stick."""

    def __init__(self, place: str, data: Path) -> None:
        self._place = place
        self._data = data
        self._folder = Path()
        self._disk = Disk()

    def __enter__(self) -> Stick:
        self._folder = Path(self._place) if self._place.startswith("/") else mounted_at(self._place)
        with _told():
            if not self._folder.is_dir():
                raise TargetFailed(said("there is no folder %(folder)s: is the stick plugged in?", folder=self._place))
            # Where the stick is not plugged in, its folder is an empty one on the memory card.
            if self._folder.stat().st_dev == self._data.stat().st_dev:
                raise TargetFailed(
                    said("%(folder)s is on the unit itself: is the stick plugged in?", folder=self._place)
                )
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def put(self, file: Path, name: str, moved: Moved) -> None:
        part = self._folder / (name + PART)
        with _told():
            try:
                with file.open("rb") as source, part.open("wb") as to:
                    copied(source, to, moved)
                self._disk.sync(part)
                self._disk.rename(part, self._folder / name)
                self._disk.sync(self._folder)
            except OSError:
                with suppress(OSError):
                    self._disk.remove(part)
                raise

    def sizes(self) -> dict[str, int]:
        with _told(), os.scandir(self._folder) as found:
            return {one.name: one.stat().st_size for one in found if one.is_file(follow_symlinks=False)}

    def room(self) -> int:
        with _told():
            return shutil.disk_usage(self._folder).free

    def fetch(self, name: str, file: Path, moved: Moved) -> None:
        with _told(), (self._folder / name).open("rb") as source, file.open("wb") as to:
            copied(source, to, moved)

    def remove(self, name: str) -> None:
        with _told():
            self._disk.remove(self._folder / name)


def mounted_at(label: str, labels: Path = LABELS, mounts: Path = MOUNTS) -> Path:
    """Where the disk with this label is mounted. Raises TargetFailed. labels, mounts: as the kernel tells them."""
    device = labels / label.replace("/", "\\x2f").replace(" ", "\\x20")
    if not device.exists():
        raise TargetFailed(said("no stick with the name %(label)s is plugged in", label=label))
    for line in mounts.read_text().splitlines():
        fields, _, beyond = line.partition(" - ")
        words, sources = fields.split(" "), beyond.split(" ")
        if len(words) > 4 and len(sources) > 1 and os.path.realpath(sources[1]) == os.path.realpath(device):
            return Path(words[4].replace("\\040", " "))
    raise TargetFailed(said("the stick %(label)s is plugged in, but cannot be opened", label=label))


@contextmanager
def _told() -> Iterator[None]:
    """What the system says of a file, in words about a stick."""
    try:
        yield
    except TargetFailed:
        raise
    except OSError as error:
        if error.errno in FULL:
            raise TargetFailed(said("the stick is full")) from error
        if error.errno in GONE:
            raise TargetFailed(said("the stick was pulled out, or is broken")) from error
        if error.errno == errno.EROFS:
            raise TargetFailed(said("nothing can be written to the stick: it is locked, or damaged")) from error
        raise TargetFailed(said("the stick does not work: %(why)s", why=told_by(error))) from error

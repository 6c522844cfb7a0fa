"""Makes a backup of a data folder, whether a daemon runs on it or not. Blocking: for a process of its own."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from errno import ENOSPC
from importlib.metadata import version
from pathlib import Path

from appliance.backup.contents import is_database, lasting
from appliance.backup.origin import this_unit
from appliance.backup.packing import Packer
from appliance.backup.scratch import scratch_folder
from appliance.backup.sealing import SealingWriter
from appliance.store.disk import Disk, room_for
from appliance.store.snapshot import copy_database
from hw.said import said

MANIFEST = "manifest.json"
LAST = "last-backup.json"
"""In the data folder: when the last one was made."""

ROOM_LEFT = 50 * 1024 * 1024
"""Bytes that stay free for what goes on meanwhile, such as messages."""

BytesDone = Callable[[int, int], None]
"""Is told how many bytes are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself, before all else."""

    made: str
    """When, in ISO 8601."""
    office: str
    """The name of the office."""
    program: str
    """The version of Copperdesk that made it."""
    names: tuple[str, ...]
    """What is in it: names in the data folder."""
    bytes: int
    """How large all that is."""
    files: int = 0
    """How many files are in it; 0: not told, as in backups of before."""
    machine: str = ""
    """What the machine was called that made it; empty: not told."""
    unit: str = ""
    """By which that machine is told from others (`UnitOrigin.mark`); empty: not told."""


def make_backup(data: Path, file: Path, passphrase: str, made: str, office: str, progress: BytesDone) -> Manifest:
    """Write a backup of this data folder to the file. made: this moment, in ISO 8601. Raises OSError, StoreFull.

    The file has its name only once it is complete and on the disk. On the unit's own disk it leaves room for messages,
    or is not made.
    """
    names = lasting(data)
    sizes = [size for name in names for size in _sizes(data / name)]
    total = sum(sizes)
    here = this_unit()
    manifest = Manifest(
        made, office, version("copperdesk"), tuple(names), total, len(sizes), machine=here.name, unit=here.mark
    )
    part, disk = file.with_name(f"{file.name}.part"), Disk()
    try:
        aside = scratch_folder(data, "backup")
        with room_for(said("the backup")), part.open("wb") as raw, aside as copies:
            part.chmod(0o600)
            sealed = SealingWriter(raw, passphrase)
            with Packer(sealed) as packer:
                packer.add(MANIFEST, json.dumps(asdict(manifest)).encode())
                done = 0
                for name in names:
                    for path, inside in _files(data, name, copies):
                        if part.stat().st_dev == data.stat().st_dev:
                            _leave_room(data, path)
                        done += _add(packer, path, inside)
                        progress(min(done, total), total)
            sealed.close()
        disk.sync(part)
        disk.rename(part, file)
        disk.sync(file.parent)
    except BaseException:
        with suppress(OSError):
            disk.remove(part)
        raise
    return manifest


def note_made(data: Path, made: str) -> None:
    """Keep that a backup was made at this moment, in ISO 8601, and is where it is to be kept. Raises OSError."""
    Disk().replace(data / LAST, json.dumps({"made": made}).encode())


def last_made(data: Path) -> str:
    """When the last backup of this data folder was made, in ISO 8601; empty: never, as far as is known."""
    try:
        return str(json.loads((data / LAST).read_bytes())["made"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _files(data: Path, name: str, aside: Path) -> Iterator[tuple[Path, str]]:
    """Each file of this name in the data folder, and what it is called in the backup."""
    path = data / name
    if is_database(name):
        _leave_room(data, path)
        copy_database(path, aside / name)
        yield aside / name, name
        (aside / name).unlink()
    elif path.is_dir():
        for inside in sorted(path.rglob("*")):
            if inside.is_file() and not inside.is_symlink():
                yield inside, str(inside.relative_to(data))
    else:
        yield path, name


def _leave_room(data: Path, path: Path) -> None:
    """Raises OSError where as much again as this file would leave the data folder's disk too full for messages."""
    with suppress(FileNotFoundError):
        if shutil.disk_usage(data).free < path.stat().st_size + ROOM_LEFT:
            raise OSError(ENOSPC, "the rest is kept for messages", str(path))


def _add(packer: Packer, path: Path, name: str) -> int:
    """Add a file, and return its size. A message that was deleted meanwhile is left out: it may go at any moment."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            packer.copy(name, file, size)
    except FileNotFoundError:
        return 0
    return size


def _sizes(path: Path) -> list[int]:
    """Of the file, or of each file in the folder, in bytes."""
    if path.is_dir():
        return [inside.stat().st_size for inside in path.rglob("*") if inside.is_file() and not inside.is_symlink()]
    return [path.stat().st_size]

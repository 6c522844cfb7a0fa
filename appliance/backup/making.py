"""Makes a backup of a data folder, whether a daemon runs on it or not. Blocking: for a process of its own."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import IO, cast

from appliance.backup.contents import is_database, lasting
from appliance.backup.sealing import SealingWriter
from appliance.store.disk import Disk, room_for
from appliance.store.snapshot import copy_database
from hw.said import said

MANIFEST = "manifest.json"
LAST = "last-backup.json"
"""In the data folder: when the last one was made."""

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


def make_backup(data: Path, file: Path, passphrase: str, made: str, office: str, progress: BytesDone) -> Manifest:
    """Write a backup of this data folder to the file. made: this moment, in ISO 8601. Raises OSError, StoreFull.

    The file has its name only once it is complete and on the disk.
    """
    names = lasting(data)
    total = sum(_size(data / name) for name in names)
    manifest = Manifest(made, office, version("copperdesk"), tuple(names), total)
    part, disk = file.with_name(f"{file.name}.part"), Disk()
    try:
        aside = tempfile.TemporaryDirectory(dir=data, prefix=".backup-")
        with room_for(said("the backup")), part.open("wb") as raw, aside as copies:
            part.chmod(0o600)
            sealed = SealingWriter(raw, passphrase)
            # A tar file, compressed: what opens it once the seal is off is to be had everywhere.
            packed = gzip.GzipFile("", "wb", 1, cast(IO[bytes], sealed), mtime=0)
            with packed, tarfile.open(fileobj=packed, mode="w|") as tar:
                _add_bytes(tar, MANIFEST, json.dumps(asdict(manifest)).encode())
                done = 0
                for name in names:
                    for path, inside in _files(data, name, Path(copies)):
                        done += _add(tar, path, inside)
                        progress(min(done, total), total)
            sealed.close()
        disk.sync(part)
        disk.rename(part, file)
        disk.sync(file.parent)
        disk.replace(data / LAST, json.dumps({"made": made}).encode())
    except BaseException:
        with suppress(OSError):
            disk.remove(part)
        raise
    return manifest


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
        copy_database(path, aside / name)
        yield aside / name, name
        (aside / name).unlink()
    elif path.is_dir():
        for inside in sorted(path.rglob("*")):
            if inside.is_file() and not inside.is_symlink():
                yield inside, str(inside.relative_to(data))
    else:
        yield path, name


def _add(tar: tarfile.TarFile, path: Path, name: str) -> int:
    """Add a file, and return its size. A message that was deleted meanwhile is left out: it may go at any moment."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return 0
    _add_bytes(tar, name, content)
    return len(content)


def _add_bytes(tar: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(content), 0o600
    tar.addfile(info, io.BytesIO(content))


def _size(path: Path) -> int:
    if path.is_dir():
        return sum(inside.stat().st_size for inside in path.rglob("*") if inside.is_file())
    return path.stat().st_size

"""Takes a backup over: it is unpacked and looked through beside what is there, and only then put in its place.

A power cut at any moment leaves either all that was there, or all of the backup: what is unpacked counts only once its
list is on the disk, and from then on each start goes on with putting it in place. What was there before is kept in
the folder `before-restore`.
"""

from __future__ import annotations

import json
import shutil
import tarfile
from dataclasses import fields
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from appliance.backup.contents import BEFORE, FOLDER, RESTORED, SIDE_FILES, is_database, is_lasting, lasting
from appliance.backup.making import MANIFEST, ROOM_LEFT, BytesDone, Manifest
from appliance.backup.packing import SAYS_NOTHING, Unpacker
from appliance.backup.scratch import remove_all_left
from appliance.backup.sealing import DAMAGED, FROM_NEWER, NotABackup, SealingReader
from appliance.office.problem import OfficeErrors
from appliance.officeparsing import office_of
from appliance.store.databases import is_from_the_future
from appliance.store.disk import Disk, room_for
from appliance.store.office import DamagedFile, OfficeStore
from appliance.store.snapshot import is_whole_database
from hw.said import Said, said, told_by

LIST = "complete.json"
"""Beside what is unpacked, once it is to be put in place: the names that it consists of."""
UNPACKED = "unpacked.json"
"""The same once all of it is on the disk, until somebody has agreed to it."""

LARGEST_MANIFEST = 100_000


def manifest_of(file: BinaryIO, passphrase: str) -> tuple[Manifest, Unpacker]:
    """What the backup says of itself, and the rest of it. Raises NotABackup and WrongPassphrase, at once."""
    unpacker = Unpacker(SealingReader(file, passphrase))
    first = unpacker.first()
    if first is None or first.name != MANIFEST or not first.isfile() or first.size > LARGEST_MANIFEST:
        raise NotABackup(SAYS_NOTHING)
    try:
        told = json.loads(unpacker.content(first))
        known = {field.name: told[field.name] for field in fields(Manifest) if field.name in told}
        manifest = Manifest(**(known | {"names": tuple(told["names"])}))
        unpacker.expect(int(manifest.bytes), int(manifest.files))
    except (ValueError, KeyError, TypeError) as error:
        raise NotABackup(SAYS_NOTHING) from error
    return manifest, unpacker


def unpack(data: Path, manifest: Manifest, unpacker: Unpacker, progress: BytesDone) -> None:
    """Unpack the rest beside what is there, and look it through. It waits for `agree`.

    Raises NotABackup where something in it cannot be used, and StoreFull; then nothing of it is left.
    """
    folder, disk = data / RESTORED, Disk()
    disk.remove(folder)
    try:
        with room_for(said("the backup")):
            disk.make_folder(folder)
            if shutil.disk_usage(folder).free < manifest.bytes + ROOM_LEFT:
                raise NotABackup(said("there is not enough room for this backup on the memory card"))
            for name in manifest.names:
                if FOLDER.fullmatch(name):
                    disk.make_folder(folder / name)  # It may be empty.
            done = 0
            for member in unpacker.files():
                done += _unpack_one(folder, member, unpacker)
                progress(min(done, manifest.bytes), manifest.bytes)
        _look_through(folder, manifest)
        disk.sync_all(folder)
        disk.replace(folder / UNPACKED, json.dumps(list(manifest.names)).encode())
    except (FileExistsError, IsADirectoryError, NotADirectoryError, UnicodeError) as error:
        disk.remove(folder)
        raise NotABackup(DAMAGED) from error
    except BaseException:
        disk.remove(folder)
        raise


def waits(data: Path) -> bool:
    """Whether a backup is unpacked."""
    return any((data / RESTORED / name).exists() for name in (UNPACKED, LIST))


def agree(data: Path) -> None:
    """Have the next start put in place what is unpacked. A start before that, as after a power cut, removes it."""
    folder, disk = data / RESTORED, Disk()
    if (folder / UNPACKED).exists():
        disk.rename(folder / UNPACKED, folder / LIST)
        disk.sync(folder)


def forget(data: Path) -> None:
    """Remove what is unpacked."""
    Disk().remove(data / RESTORED / LIST)
    Disk().remove(data / RESTORED)


def take_over(data: Path) -> bool:
    """Put in place what is unpacked and agreed to; whether there was anything.

    For a start, before anything in the folder is open.
    """
    new, old, disk = data / RESTORED, data / BEFORE, Disk()
    remove_all_left(data)
    if not (new / LIST).exists():
        disk.remove(old / LIST)
        disk.remove(new)
        return False
    names = json.loads((new / LIST).read_bytes())
    if not (old / LIST).exists():
        disk.remove(old)
        disk.make_folder(old)
        disk.replace(old / LIST, b"[]")
    there = dict.fromkeys([*lasting(data), *names])  # A file may be where a folder is to be.
    for name in [name for name in there if name not in names or (new / name).exists()]:
        _set_aside(disk, data, old, name)
    for name in names:
        if (new / name).exists():
            disk.rename(new / name, data / name)
    disk.sync(data)
    disk.sync(new)
    disk.remove(new / LIST)  # That was all. What stands in `old` is kept from now on, until the next restore.
    disk.sync(new)
    disk.remove(old / LIST)
    disk.remove(new)
    return True


def _set_aside(disk: Disk, data: Path, old: Path, name: str) -> None:
    for found in (name, *(name + side for side in SIDE_FILES if is_database(name))):
        if (data / found).exists():
            disk.move(data / found, old / found)


def _unpack_one(folder: Path, member: tarfile.TarInfo, unpacker: Unpacker) -> int:
    """Unpack one file; its size. Only what a backup of ours has is taken, whatever the file says."""
    parts = PurePosixPath(member.name).parts
    if not member.isfile() or not parts or any(part in ("..", "/") for part in parts):
        raise NotABackup(said("this backup has something in it that is no file"))
    if not is_lasting(parts[0], folder=len(parts) > 1):
        raise NotABackup(_does_not_belong(parts[0]))
    path = folder.joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("xb") as file:
        path.chmod(0o600)
        unpacker.copy(member, file)
    return member.size


def _look_through(folder: Path, manifest: Manifest) -> None:
    """Raises NotABackup where the unit could not be started with it."""
    for name in manifest.names:
        path = folder / name
        if not is_lasting(name, folder=path.is_dir()):
            raise NotABackup(_does_not_belong(name))
        if is_database(name) and not (path.is_file() and is_whole_database(path)):
            raise NotABackup(said("%(name)s in this backup is damaged", name=name))
        if is_database(name) and is_from_the_future(path):
            raise NotABackup(FROM_NEWER)
    try:
        document = OfficeStore(folder / "office.json").load().document
        if document is not None:
            office_of(document)
    except (OfficeErrors, DamagedFile) as error:
        raise NotABackup(said("the office in this backup cannot be used here: %(why)s", why=told_by(error))) from error


def _does_not_belong(name: str) -> Said:
    return said("this backup has something in it that does not belong there: '%(name)s'", name=name)

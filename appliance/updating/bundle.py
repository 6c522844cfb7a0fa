"""A bundle: an application folder as one file, a tar file compressed by zstd, and unpacked with suspicion.

It is unpacked only after its signature was verified. Even so a bundle may hold nothing but files and folders below its
own: a mistake of whoever made it must not write elsewhere on a unit, nor fill its disk.
"""

from __future__ import annotations

import io
import os
import shutil
import stat
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, cast

from appliance.updating.disk import sync_tree
from appliance.updating.folder import ABOUT, LAUNCHER, ProgramFolder, program_in, read_about
from appliance.updating.refusal import UpdateRefused
from hw.said import said

LARGEST_BYTES = 1024**3
"""Of a program on disk, in bytes: with all its libraries it has a third of that."""
MOST_FILES = 60_000
ROOM_KEPT = 64 * 1024 * 1024
"""Bytes of the disk that are left free, for messages that come meanwhile."""
_LEVEL = 10
_LARGEST_WINDOW = 64 * 1024 * 1024
"""Bytes that unpacking may keep to look back at. Level 10 asks for 8 MiB."""
_PIECE = 1024 * 1024
_CUT = said("it is damaged, or was cut short")


def pack(folder: Path, file: IO[bytes]) -> ProgramFolder:
    """Write the bundle of an application folder. Raises UpdateRefused where that is not whole, or has links.

    The same folder gives the same bytes: names are in order, and neither times nor owners are kept.
    """
    import zstandard

    about = program_in(folder)
    paths = sorted(path for path in folder.rglob("*") if path.name != "__pycache__" and path.suffix != ".pyc")
    with (
        zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).stream_writer(file, closefd=False) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        _add(tar, ABOUT, folder / ABOUT)
        for path in paths:
            if path.is_symlink() or not (path.is_dir() or path.is_file()):
                raise UpdateRefused(said("%(file)s is neither a file nor a folder", file=str(path.relative_to(folder))))
            if path != folder / ABOUT:
                _add(tar, path.relative_to(folder).as_posix(), path)
    return about


def _add(tar: tarfile.TarFile, name: str, path: Path) -> None:
    member = tarfile.TarInfo(name)
    if path.is_dir():
        member.type, member.mode = tarfile.DIRTYPE, 0o755
        tar.addfile(member)
        return
    content = path.read_bytes()
    member.size, member.mode = len(content), 0o755 if path.stat().st_mode & stat.S_IXUSR else 0o644
    tar.addfile(member, io.BytesIO(content))


def about_bundle(file: IO[bytes]) -> ProgramFolder:
    """Which program is in a bundle. Raises UpdateRefused."""
    with _opened(file) as tar:
        return _first(tar)


def unpack(file: IO[bytes], folder: Path) -> None:
    """Unpack a bundle into a folder that is not there yet, and return once all of it is on the disk.

    Raises UpdateRefused, and OSError where the disk is full; what was unpacked until then is left to be removed.
    """
    mask = os.umask(0o022)  # The daemon's account must read it, whatever root's shell keeps to itself.
    try:
        _unpack(file, folder)
    finally:
        os.umask(mask)
    sync_tree(folder)


def _unpack(file: IO[bytes], folder: Path) -> None:
    folder.mkdir(mode=0o755)
    left = LARGEST_BYTES
    with _opened(file) as tar:
        (folder / ABOUT).write_bytes(_first(tar).as_json())
        count = 1
        while (member := tar.next()) is not None:
            count += 1
            target = folder / _safe(member.name)
            left -= member.size
            if count > MOST_FILES or left < 0 or member.size < 0:
                raise UpdateRefused(said("it is larger than a program can be"))
            if shutil.disk_usage(folder).free - member.size < ROOM_KEPT:
                raise UpdateRefused(said("the disk has no room for it"))
            if member.isdir():
                target.mkdir(mode=0o755, parents=True, exist_ok=True)
            elif member.isreg():
                _write(tar, member, target)
            else:
                raise UpdateRefused(said("%(file)s in it is neither a file nor a folder", file=member.name))
    launcher = folder / LAUNCHER
    if not launcher.is_file() or not launcher.stat().st_mode & stat.S_IXUSR:
        raise UpdateRefused(said("it holds no program that could be started"))


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[tarfile.TarFile]:
    import zstandard

    try:
        plain = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW).stream_reader(file, closefd=False)
        with plain, tarfile.open(fileobj=cast(IO[bytes], plain), mode="r|", errorlevel=2) as tar:
            yield tar
    except (zstandard.ZstdError, tarfile.TarError, EOFError, FileExistsError, NotADirectoryError):
        raise UpdateRefused(_CUT) from None
    except (ValueError, LookupError, ArithmeticError, TypeError):  # As tarfile fails by headers that contradict itself.
        raise UpdateRefused(_CUT) from None


def _first(tar: tarfile.TarFile) -> ProgramFolder:
    member = tar.next()
    read = tar.extractfile(member) if member is not None and member.isreg() and member.name == ABOUT else None
    if read is None:
        raise UpdateRefused(said("this is no bundle of a program"))
    return read_about(read.read(_PIECE))


def _safe(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or not path.parts or "\0" in name:
        raise UpdateRefused(said("it would write outside of its folder"))
    return path


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    read = tar.extractfile(member)
    if read is None:
        raise UpdateRefused(_CUT)
    target.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    mode = 0o755 if member.mode & stat.S_IXUSR else 0o644
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode)
    with open(handle, "wb") as written:
        rest = member.size
        while piece := read.read(min(_PIECE, rest)):
            written.write(piece)
            rest -= len(piece)
    if rest:
        raise UpdateRefused(_CUT)

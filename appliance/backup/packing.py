"""How the content of a backup is packed: a tar file, compressed, with the checksum of each file at its end.

What opens it once the seal is off is to be had everywhere. A packed file is not believed: it may be made so that it
grows without end when it is unpacked, and so what comes out is counted.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import zlib
from collections.abc import Iterator
from types import TracebackType
from typing import IO, BinaryIO, Protocol, cast

from appliance.backup.sealing import DAMAGED, NotABackup, SealingReader, SealingWriter
from hw.said import said

CHECKSUMS = "checksums.json"
"""The last file: the SHA-256 of each of the others but the manifest, by name."""
LEVEL = 3
"""Of zstd. Voice hardly gets smaller by higher ones, which take twice the time and more."""
LARGEST_WINDOW = 8 * 1024 * 1024
"""Bytes that unpacking may keep to look back at: what level 3 asks for is 2 MiB."""
PIECE_BYTES = 1024 * 1024

SPARE_BYTES = 64 * 1024 * 1024
"""Databases grow while a backup is made, and messages come: so much more than was told may come out."""
FILE_BYTES = 4096
"""Of a tar file for the name of a file, its end and its checksum, at most."""
FILES_OF_BEFORE = 200_000
"""So many files a backup is taken to have that does not tell."""
LARGEST_CHECKSUMS = 256 * 1024 * 1024
GROWS = said("this backup grows to more than it says, and is not unpacked")
SAYS_NOTHING = said("this backup does not say what is in it")


class _Source(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


class Packer:
    """Packs files into a seal, one after the other; complete once its context is left without an error."""

    def __init__(self, sealed: SealingWriter) -> None:
        import zstandard

        compressor = zstandard.ZstdCompressor(level=LEVEL, write_checksum=False)
        self._packed = compressor.stream_writer(cast(IO[bytes], sealed), closefd=False)
        self._tar = tarfile.open(fileobj=cast(IO[bytes], self._packed), mode="w|")  # noqa: SIM115 - open as long as this
        self._sums: dict[str, str] = {}

    def __enter__(self) -> Packer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            del self._sums[next(iter(self._sums))]  # The manifest, which the seal protects and nobody unpacks.
            self._add(CHECKSUMS, json.dumps(self._sums).encode())
            self._tar.close()
            self._packed.close()  # type: ignore[no-untyped-call]  # zstandard tells no types

    def add(self, name: str, content: bytes) -> None:
        """Add a file. The first one is the manifest."""
        self._sums[name] = hashlib.sha256(content).hexdigest()
        self._add(name, content)

    def copy(self, name: str, file: BinaryIO, size: int) -> None:
        """Add so many bytes of a file, piece by piece: a recording may be large. Raises OSError where it has fewer."""
        read = _Hashing(file)
        try:
            self._tar.addfile(_about(name, size), cast(IO[bytes], read))
        except tarfile.TarError as error:
            raise OSError(said("%(name)s became shorter while it was packed", name=name)) from error
        self._sums[name] = read.digest.hexdigest()

    def _add(self, name: str, content: bytes) -> None:
        self._tar.addfile(_about(name, len(content)), io.BytesIO(content))


class _Hashing:
    """Reads a file, and knows the checksum of what it has read."""

    def __init__(self, file: BinaryIO) -> None:
        self.digest = hashlib.sha256()
        self._file = file

    def read(self, size: int = -1, /) -> bytes:
        piece = self._file.read(size)
        self.digest.update(piece)
        return piece


def _about(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info


class Unpacker:
    """Reads what a `Packer` has packed, and what those of before have. Every method raises NotABackup."""

    def __init__(self, sealed: SealingReader) -> None:
        self._checked = sealed.format >= 3
        """Whether checksums stand at the end."""
        self._counted = _Counted(_unpacked(sealed), SPARE_BYTES)
        self._sums: dict[str, str] = {}
        """Of what was copied."""
        try:
            self._tar = tarfile.open(fileobj=cast(IO[bytes], self._counted), mode="r|")  # noqa: SIM115 - read on by the methods
        except tarfile.TarError as error:
            raise NotABackup(SAYS_NOTHING) from error

    def first(self) -> tarfile.TarInfo | None:
        return self._next()

    def expect(self, bytes: int, files: int) -> None:
        """What comes out may be as large as this, and not much larger. files: 0 where it is not told."""
        self._counted.left = 2 * max(bytes, 0) + FILE_BYTES * (max(files, 0) or FILES_OF_BEFORE) + SPARE_BYTES

    def content(self, member: tarfile.TarInfo) -> bytes:
        """All of a small file."""
        into = io.BytesIO()
        self._copy(member, into)
        return into.getvalue()

    def files(self) -> Iterator[tarfile.TarInfo]:
        """Each file in turn, to be copied. Ends once the checksums of all have been found right."""
        found = not self._checked
        while (member := self._next()) is not None:
            if self._checked and member.name == CHECKSUMS:
                if found or member.size > LARGEST_CHECKSUMS:
                    raise NotABackup(DAMAGED)
                self._compare(self.content(member))
                found = True
            else:
                yield member
        if not found:
            raise NotABackup(DAMAGED)
        while _read(self._counted, PIECE_BYTES):
            pass  # The end of the seal is read, too: something may have been cut off there.

    def copy(self, member: tarfile.TarInfo, into: BinaryIO) -> None:
        """Write the file's content, and keep its checksum for the end. Raises OSError, too."""
        self._sums[member.name] = self._copy(member, into)

    def _copy(self, member: tarfile.TarInfo, into: BinaryIO) -> str:
        file, digest, left = self._tar.extractfile(member), hashlib.sha256(), member.size
        if file is None:
            raise NotABackup(DAMAGED)
        while left:
            piece = _read(file, min(PIECE_BYTES, left))
            if not piece:
                raise NotABackup(DAMAGED)
            digest.update(piece)
            into.write(piece)
            left -= len(piece)
        return digest.hexdigest()

    def _compare(self, told: bytes) -> None:
        try:
            sums = dict(json.loads(told))
        except (ValueError, TypeError) as error:
            raise NotABackup(DAMAGED) from error
        wrong = [name for name in sorted({*sums, *self._sums}) if sums.get(name) != self._sums.get(name)]
        if wrong:
            raise NotABackup(said("%(name)s in this backup is not as it was packed", name=wrong[0]))

    def _next(self) -> tarfile.TarInfo | None:
        try:
            return self._tar.next()
        except (tarfile.TarError, EOFError, OSError, zlib.error, ValueError) as error:
            raise _damage(error) from error


class _Counted:
    """Passes on what is read, up to a number of bytes."""

    def __init__(self, source: _Source, left: int) -> None:
        self.left = left
        """So many bytes may come yet."""
        self._source = source

    def read(self, size: int = -1, /) -> bytes:
        piece = _read(self._source, size)
        self.left -= len(piece)
        if self.left < 0:
            raise NotABackup(GROWS)
        return piece


def _read(source: _Source, size: int) -> bytes:
    """NotABackup where what is packed cannot be unpacked."""
    import zstandard

    try:
        return source.read(size)
    except (zstandard.ZstdError, tarfile.TarError, EOFError, OSError, zlib.error) as error:
        raise _damage(error) from error


def _damage(error: Exception) -> NotABackup:
    return error if isinstance(error, NotABackup) else NotABackup(DAMAGED)


def _unpacked(sealed: SealingReader) -> _Source:
    if sealed.format < 3:
        return gzip.GzipFile(fileobj=cast(IO[bytes], sealed))
    import zstandard

    decompressor = zstandard.ZstdDecompressor(max_window_size=LARGEST_WINDOW)
    return decompressor.stream_reader(cast(IO[bytes], sealed), read_across_frames=False)

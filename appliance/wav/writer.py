"""Writes a WAV file that can be read even if the power fails meanwhile. Blocking: to be used off the loop."""

from __future__ import annotations

import os
import struct
from io import FileIO
from pathlib import Path

from hw.audio import SAMPLE_RATE

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
HEADER_BYTES = _HEADER.size
_SAMPLE_BYTES = 2
SYNCED_SECONDS = 5
"""No more of a recording than this is lost when the power fails; less would wear a memory card."""


def _header(sound_bytes: int) -> bytes:
    """The 44 bytes before so many bytes of 8 kHz 16-bit mono sound."""
    return _HEADER.pack(
        *(b"RIFF", HEADER_BYTES - 8 + sound_bytes, b"WAVE"),
        *(b"fmt ", 16, 1, 1, SAMPLE_RATE, SAMPLE_RATE * _SAMPLE_BYTES, _SAMPLE_BYTES, 8 * _SAMPLE_BYTES),
        *(b"data", sound_bytes),
    )


class WavWriter:
    """One file that is being written. After each `append` its header says how much sound is in it; every
    `SYNCED_SECONDS` of sound it is written safely to the disk.

    A file of ours that is there already is gone on with, behind its end: what it has stays. Every method raises
    OSError when the disk does; what was written before stays.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: FileIO | None = None
        self._before = 0
        """Bytes of sound that were in the file."""
        self._bytes = 0
        """Bytes of sound that were written behind them."""
        self._synced = 0
        """Bytes of those that are safely on the disk."""

    @property
    def samples(self) -> int:
        """How many whole samples were written."""
        return self._bytes // _SAMPLE_BYTES

    def append(self, sound: bytes) -> None:
        """Write more sound, then the header that counts it."""
        file = self._opened()
        left = memoryview(sound)
        while left:
            # When a disk becomes full it takes part of the bytes first, and refuses the rest.
            written = file.write(left) or 0
            self._bytes += written
            left = left[written:]
        os.pwrite(file.fileno(), _header(self._before + self._bytes), 0)
        if self._bytes - self._synced >= SYNCED_SECONDS * SAMPLE_RATE * _SAMPLE_BYTES:
            os.fsync(file.fileno())
            self._synced = self._bytes

    def finish(self, samples: int) -> None:
        """Cut what was written to this many samples, write the file safely to the disk, and close it."""
        file = self._opened()
        try:
            self._bytes = min(self._bytes, samples * _SAMPLE_BYTES) // _SAMPLE_BYTES * _SAMPLE_BYTES
            file.truncate(HEADER_BYTES + self._before + self._bytes)
            os.pwrite(file.fileno(), _header(self._before + self._bytes), 0)
            os.fsync(file.fileno())
        finally:
            file.close()

    def _opened(self) -> FileIO:
        if self._file is None:
            file = FileIO(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666), "r+")
            try:
                whole = file.seek(0, os.SEEK_END) - HEADER_BYTES
                self._before = max(0, whole) // _SAMPLE_BYTES * _SAMPLE_BYTES
                if not self._before:
                    file.seek(0)
                    file.write(_header(0))
                file.seek(HEADER_BYTES + self._before)
            except OSError:
                file.close()
                raise
            self._file = file
        return self._file

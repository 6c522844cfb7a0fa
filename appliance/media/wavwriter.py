"""Writing a WAV file that can be read whenever the power fails. Blocking: to be used off the loop."""

from __future__ import annotations

import os
import struct
from io import FileIO
from pathlib import Path

from appliance.media.wavfile import AudioFileError
from hw.audio import SAMPLE_RATE

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
HEADER_BYTES = _HEADER.size
_SAMPLE_BYTES = 2
_SIZES = (slice(4, 8), slice(40, 44))


def _header(sound_bytes: int) -> bytes:
    """The 44 bytes before so many bytes of 8 kHz 16-bit mono sound."""
    return _HEADER.pack(
        *(b"RIFF", HEADER_BYTES - 8 + sound_bytes, b"WAVE"),
        *(b"fmt ", 16, 1, 1, SAMPLE_RATE, SAMPLE_RATE * _SAMPLE_BYTES, _SAMPLE_BYTES, 8 * _SAMPLE_BYTES),
        *(b"data", sound_bytes),
    )


class WavWriter:
    """One file in the making. After each `append` its header is right for what is in it.

    Every method raises OSError when the disk does; what was written before stays.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: FileIO | None = None
        self._bytes = 0

    @property
    def samples(self) -> int:
        """Whole samples in the file."""
        return self._bytes // _SAMPLE_BYTES

    def append(self, sound: bytes) -> None:
        """Write more sound, then the header that counts it."""
        file = self._opened()
        left = memoryview(sound)
        while left:
            # A disk about to be full takes a part before it refuses.
            written = file.write(left) or 0
            self._bytes += written
            left = left[written:]
        os.pwrite(file.fileno(), _header(self._bytes), 0)

    def finish(self, samples: int) -> None:
        """Keep this many samples, make header and sound durable, close."""
        file = self._opened()
        try:
            self._bytes = min(self._bytes, samples * _SAMPLE_BYTES) // _SAMPLE_BYTES * _SAMPLE_BYTES
            file.truncate(HEADER_BYTES + self._bytes)
            os.pwrite(file.fileno(), _header(self._bytes), 0)
            os.fsync(file.fileno())
        finally:
            file.close()

    def _opened(self) -> FileIO:
        if self._file is None:
            file = FileIO(self._path, "w")
            try:
                file.write(_header(0))
            except OSError:
                file.close()
                raise
            self._file = file
        return self._file


def repair_wav(path: Path) -> float:
    """Make a recording of ours that was cut off at any byte readable again; returns its length in seconds.

    A file cut within its header becomes a recording of 0 s. Raises AudioFileError for a file that is not a recording
    of ours, which is left as it is, and OSError.
    """
    with path.open("r+b") as file:
        found = file.read(HEADER_BYTES)
        size = file.seek(0, os.SEEK_END)
        sound_bytes = max(0, size - HEADER_BYTES) // _SAMPLE_BYTES * _SAMPLE_BYTES
        right = _header(sound_bytes)
        if _without_sizes(found) != _without_sizes(right[: len(found)]):
            raise AudioFileError(f"{path.name} is not a recording of this system: it cannot be repaired")
        if found != right or size != HEADER_BYTES + sound_bytes:
            file.truncate(HEADER_BYTES + sound_bytes)
            file.seek(0)
            file.write(right)
            file.flush()
            os.fsync(file.fileno())
    return sound_bytes / _SAMPLE_BYTES / SAMPLE_RATE


def _without_sizes(header: bytes) -> bytes:
    plain = bytearray(header)
    for size in _SIZES:
        plain[size] = bytes(len(plain[size]))
    return bytes(plain)

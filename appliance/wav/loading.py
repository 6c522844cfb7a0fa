"""WAV files into samples: whatever rate and width people have, made 8 kHz 16-bit mono once, when loaded."""

from __future__ import annotations

import io
import stat
import struct
import wave
from pathlib import Path

import numpy as np

from hw.audio import SAMPLE_RATE, Samples
from hw.dsp.resample import resample

LONGEST_SECONDS = 600
"""Ten minutes: longer than any greeting or round of music, short enough for the memory of a small machine."""

_PCM, _FLOAT, _EXTENSIBLE = 0x0001, 0x0003, 0xFFFE
_FORMATS = {0x0002: "Microsoft ADPCM", _FLOAT: "floating point", 0x0006: "A-law", 0x0007: "µ-law", 0x0011: "IMA ADPCM"}
_OTHERS = {b"ID3": "MP3", b"OggS": "Ogg", b"fLaC": "FLAC", b"FORM": "AIFF", b"RF64": "RF64", b"caff": "CAF"}
_EXPORT = "export it as a 16-bit PCM WAV file"


class AudioFileError(ValueError):
    """A sound file that cannot be used. The message says what is wrong with it and what to do."""


def load_wav(path: Path) -> Samples:
    """The sound of a PCM WAV file: 8, 16, 24 or 32 bits, any number of channels (mixed to one), 8–48 kHz, up to 10 min.

    Reads the disk: to be called off the loop. Raises AudioFileError.
    """
    try:
        if stat.S_ISCHR(path.stat().st_mode) or stat.S_ISFIFO(path.stat().st_mode):
            raise AudioFileError(f"{path.name} is a device, which may have no end: {_EXPORT}")
        data = path.read_bytes()
    except OSError as error:
        raise AudioFileError(f"{path.name} cannot be read ({error.strerror}): check that it exists") from error
    try:
        return _decoded(data)
    except AudioFileError as error:
        raise AudioFileError(f"{path.name} {error}") from error


def _decoded(data: bytes) -> Samples:
    if not data:
        raise AudioFileError("is empty (0 bytes): copy it again")
    with _opened(data) as reader:
        channels, width, rate, frames = reader.getparams()[:4]
        if not 8000 <= rate <= 48000:
            raise AudioFileError(f"has {rate} samples a second: {_EXPORT} with 8000 to 48000 samples a second")
        if not 1 <= width <= 4:
            raise AudioFileError(f"has {8 * width} bits a sample: {_EXPORT}")
        if not frames:
            raise AudioFileError(f"contains no sound: record it again, or {_EXPORT}")
        # The header may promise any length. No memory is allocated for sound that is not in the file.
        if frames * channels * width > len(data):
            raise AudioFileError(
                f"says it lasts {frames / rate:.0f} s but ends before that: copy it again, or {_EXPORT}"
            )
        if frames > LONGEST_SECONDS * rate:
            raise AudioFileError(
                f"lasts {frames / rate / 60:.0f} minutes: shorten it to {LONGEST_SECONDS // 60} minutes or less"
            )
        sound = reader.readframes(frames)
    if len(sound) < frames * channels * width:
        raise AudioFileError(f"ends before its sound does: copy it again, or {_EXPORT}")
    wide = _widened(sound, width).reshape(-1, channels)
    mono = wide[:, 0] if channels == 1 else np.rint(wide.mean(axis=1, dtype=np.float32))
    return resample(np.clip(mono, -32768, 32767).astype(np.int16), rate, SAMPLE_RATE)


def kind_of(data: bytes) -> str:
    """What a file is by its first bytes, whatever its name says: WAV, MP3 and so on; empty where that is unknown."""
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "WAV"
    if len(data) > 1 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0:
        return "MP3"
    return next((name for magic, name in _OTHERS.items() if data.startswith(magic)), "")


def _opened(data: bytes) -> wave.Wave_read:
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        if kind := kind_of(data):
            raise AudioFileError(f"is not a WAV file but {kind}: {_EXPORT}")
        raise AudioFileError(f"is not a WAV file: {_EXPORT}")
    try:
        return wave.Wave_read(io.BytesIO(_plain(data)))
    except (wave.Error, EOFError, struct.error, RuntimeError) as error:  # `wave` raises all of these for bad files
        raise AudioFileError(
            f"has a damaged header ({str(error) or 'cut short'}): copy it again, or {_EXPORT}"
        ) from error


def _plain(data: bytes) -> bytes:
    """The same file with an extensible PCM format marked as plain PCM, which is all that `wave` reads."""
    at = 12
    while at + 26 <= len(data):
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if name == b"fmt ":
            kind = int.from_bytes(data[at + 8 : at + 10], "little")
            if kind == _EXTENSIBLE and length >= 26:
                kind = int.from_bytes(data[at + 32 : at + 34], "little")
            if kind != _PCM:
                what = _FORMATS.get(kind, f"format {kind}")
                raise AudioFileError(f"holds its sound as {what}: {_EXPORT}")
            return data[: at + 8] + struct.pack("<H", _PCM) + data[at + 10 :]
        at += 8 + length + length % 2
    return data


def _widened(sound: bytes, width: int) -> np.ndarray[tuple[int, ...], np.dtype[np.int16]]:
    """The samples as int16, the upper 16 bits of wider ones."""
    raw = np.frombuffer(sound, dtype=np.uint8)
    if width == 1:
        return (raw.astype(np.int16) - 128) << 8
    # Little-endian: the last two bytes of each sample are its upper 16 bits.
    upper = np.ascontiguousarray(raw.reshape(-1, width)[:, -2:])
    return upper.view("<i2").reshape(-1).astype(np.int16)

"""WAV files of our own form, 8 kHz and 16 bit: clips, which are mono, and what both parties of a call said."""

from __future__ import annotations

import io
import os
import wave
from pathlib import Path
from typing import BinaryIO

import numpy as np

from hw.audio import SAMPLE_RATE, Samples


class BrokenClip(ValueError):
    """The file is not a whole WAV file of 8 kHz, 16 bit, mono."""


def read_clip(path: Path) -> Samples:
    """The samples of a clip, read-only. FileNotFoundError if there is none; BrokenClip if it is cut short or empty."""
    with path.open("rb") as opened:
        return clip_in(opened, str(path))


def clip_in(opened: BinaryIO, name: str) -> Samples:
    """The same of a file that is open already."""
    try:
        with wave.open(opened, "rb") as file:
            shape = (file.getframerate(), file.getsampwidth(), file.getnchannels())
            expected = file.getnframes()
            data = file.readframes(expected)
    except (wave.Error, EOFError) as error:
        raise BrokenClip(f"{name}: {error or 'cut short'}") from error
    if shape != (SAMPLE_RATE, 2, 1):
        raise BrokenClip(
            f"{name}: {shape[0]} Hz, {8 * shape[1]} bit, {shape[2]} channels instead of 8000 Hz 16 bit mono"
        )
    if not expected or len(data) != 2 * expected:
        raise BrokenClip(f"{name}: {len(data)} bytes of sound instead of {2 * expected}")
    return np.frombuffer(data, dtype="<i2")


def write_clip(path: Path, samples: Samples) -> None:
    """Write a clip under a temporary name, then rename it, as several processes may write the same clip at once."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    _write(unfinished, samples, 1)
    os.replace(unfinished, path)


def write_stereo(path: Path, interleaved: Samples) -> None:
    """Write a stereo file. interleaved: a sample of the left channel, one of the right, and so on. Blocking."""
    _write(path, interleaved, 2)


def written_clip(samples: Samples) -> bytes:
    """The WAV file of a clip, in memory."""
    file = io.BytesIO()
    _write(file, samples, 1)
    return file.getvalue()


def _write(path: Path | BinaryIO, samples: Samples, channels: int) -> None:
    with wave.open(str(path) if isinstance(path, Path) else path, "wb") as file:
        file.setparams((channels, 2, SAMPLE_RATE, len(samples) // channels, "NONE", ""))
        file.writeframes(samples.astype("<i2").tobytes())

"""WAV files of our own form, 8 kHz and 16 bit: clips, which are mono, and what both parties of a call said."""

from __future__ import annotations

import os
import wave
from pathlib import Path

import numpy as np

from hw.audio import SAMPLE_RATE, Samples


class BrokenClip(ValueError):
    """The file is not a whole WAV file of 8 kHz, 16 bit, mono."""


def read_clip(path: Path) -> Samples:
    """The samples of a clip, read-only. FileNotFoundError if there is none; BrokenClip if it is cut short or empty."""
    try:
        with wave.open(str(path), "rb") as file:
            shape = (file.getframerate(), file.getsampwidth(), file.getnchannels())
            expected = file.getnframes()
            data = file.readframes(expected)
    except (wave.Error, EOFError) as error:
        raise BrokenClip(f"{path}: {error or 'cut short'}") from error
    if shape != (SAMPLE_RATE, 2, 1):
        raise BrokenClip(
            f"{path}: {shape[0]} Hz, {8 * shape[1]} bit, {shape[2]} channels instead of 8000 Hz 16 bit mono"
        )
    if not expected or len(data) != 2 * expected:
        raise BrokenClip(f"{path}: {len(data)} bytes of sound instead of {2 * expected}")
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


def _write(path: Path, samples: Samples, channels: int) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((channels, 2, SAMPLE_RATE, len(samples) // channels, "NONE", ""))
        file.writeframes(samples.astype("<i2").tobytes())

"""Clips on disk: WAV of 8 kHz, 16 bit, mono, written so that a reader never sees half of one."""

from __future__ import annotations

import os
import wave
from pathlib import Path

import numpy as np

from hw.audio import SAMPLE_RATE, Samples


class BrokenClip(ValueError):
    """Not a whole WAV file of 8 kHz, 16 bit, mono."""


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
    """Write a clip under a name of its own, then give it its name: several processes may make the same clip at once."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    with wave.open(str(unfinished), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, len(samples), "NONE", ""))
        file.writeframes(samples.astype("<i2").tobytes())
    os.replace(unfinished, path)

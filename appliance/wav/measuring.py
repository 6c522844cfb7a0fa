"""How much sound a WAV file really holds, whatever its header says."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE
from hw.level import VoiceReceiver

_HEADER = 4096
"""Bytes looked through for the sound. Recorders of ours need 44; other programs put remarks before the sound."""


class WavError(ValueError):
    """The file is empty, or not a WAV file of plain samples."""


@dataclass(frozen=True, slots=True)
class Wav:
    """Where the sound of a file is, and how much of it there is.

    at: the byte at which it begins. promised: how many bytes the header says there are. there: how many there are.
    """

    at: int
    promised: int
    there: int
    bytes_per_second: int

    @property
    def seconds(self) -> float:
        return self.there / self.bytes_per_second


def measure(path: Path) -> Wav:
    """Look at a WAV file's header and size. Raises WavError, and OSError where it cannot be read."""
    size = path.stat().st_size
    if size == 0:
        raise WavError("the sound file is empty")
    with open(path, "rb") as file:
        head = file.read(_HEADER)
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE":
        raise WavError("the sound file is not a WAV file")
    per_second = frame = 0
    at = 12
    while at + 8 <= len(head):
        kind, length = struct.unpack_from("<4sI", head, at)
        at += 8
        if kind == b"data":
            if per_second == 0:
                break
            there = size - at
            return Wav(at, length, there - there % frame, per_second)
        if kind == b"fmt " and at + 16 <= len(head):
            coding, _, _, per_second, frame, _ = struct.unpack_from("<HHIIHH", head, at)
            if coding != 1 or per_second == 0 or frame == 0:
                raise WavError("the sound file does not hold plain samples")
        at += length + length % 2
    raise WavError("the sound file has no sound in it")


def speech_seconds(path: Path, wav: Wav) -> float:
    """How much of the sound is speech, as far as one can tell in 8 kHz 16-bit mono; of other sound, all of it."""
    if wav.bytes_per_second != 2 * SAMPLE_RATE:
        return wav.seconds
    with open(path, "rb") as file:
        file.seek(wav.at)
        samples = np.frombuffer(file.read(wav.there), dtype="<i2").astype(np.int16)
    voice = VoiceReceiver()
    frames = samples[: len(samples) // FRAME_SAMPLES * FRAME_SAMPLES].reshape(-1, FRAME_SAMPLES)
    return sum(voice.feed(frame) for frame in frames) * FRAME_SECONDS

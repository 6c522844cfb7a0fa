"""Signals for trying receivers: telephones that are off in frequency, level and length, and lines that are noisy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, Frame, Samples, sine_peak
from hw.dsp.dtmf import DIGITS, HIGH_HZ, LOW_HZ

Wave = npt.NDArray[np.float64]


def rounded(wave: Wave) -> Samples:
    return np.clip(np.rint(wave), -32768, 32767).astype(np.int16)


def silence(seconds: float) -> Samples:
    return np.zeros(round(seconds * SAMPLE_RATE), dtype=np.int16)


def frames(samples: Samples) -> Iterator[Frame]:
    """The samples as frames, the last filled up with silence."""
    padded = np.concatenate([samples, np.zeros(-len(samples) % FRAME_SAMPLES, dtype=np.int16)])
    for at in range(0, len(padded), FRAME_SAMPLES):
        yield padded[at : at + FRAME_SAMPLES]


def tone(frequencies: Sequence[float], seconds: float, dbm0: float, phase: float = 0.0) -> Samples:
    """These frequencies together, dbm0 each."""
    time = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    return rounded(sine_peak(dbm0) * sum(np.sin(2 * np.pi * hz * time + phase) for hz in frequencies))


def noise(random: np.random.Generator, count: int, dbm0: float) -> Wave:
    """White noise of this level over the whole 4 kHz."""
    return random.normal(0.0, sine_peak(dbm0) / np.sqrt(2), count)


def keyed(
    random: np.random.Generator,
    digits: str,
    *,
    low_dbm0: float = -10,
    high_dbm0: float = -10,
    on_ms: float = 40,
    off_ms: float = 40,
    low_off: float = 0.0,
    high_off: float = 0.0,
    snr_db: float | None = None,
    under: Sequence[float] = (),
    under_dbm0: float = -10,
) -> Samples:
    """Digits from a telephone with relative frequency errors, beginning anywhere in a frame and at any phase.

    snr_db: white noise, below both tones together. under: frequencies sounding all the while, under_dbm0 each.
    """
    on = np.arange(round(on_ms * SAMPLE_RATE / 1000)) / SAMPLE_RATE
    parts: list[Wave] = [np.zeros(int(random.integers(200, 400)))]
    for digit in digits:
        row, column = divmod(DIGITS.index(digit), 4)
        low, high = LOW_HZ[row] * (1 + low_off), HIGH_HZ[column] * (1 + high_off)
        first, second = random.uniform(0, 2 * np.pi, 2)
        parts.append(
            sine_peak(low_dbm0) * np.sin(2 * np.pi * low * on + first)
            + sine_peak(high_dbm0) * np.sin(2 * np.pi * high * on + second)
        )
        parts.append(np.zeros(round(off_ms * SAMPLE_RATE / 1000)))
    wave = np.concatenate([*parts, np.zeros(500)])
    if snr_db is not None:
        total_dbm0 = 10 * np.log10(10 ** (low_dbm0 / 10) + 10 ** (high_dbm0 / 10))
        wave += noise(random, len(wave), total_dbm0 - snr_db)
    if under:
        wave += tone(under, len(wave) / SAMPLE_RATE, under_dbm0)
    return rounded(wave)


def program(name: str, package: str) -> str:
    """The path of a program that checks us independently. A missing one fails the test: skipped, it would rot."""
    everywhere = os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"])
    path = shutil.which(name, path=everywhere)
    assert path is not None, f"{name} is not installed: apt-get install {package}"
    return path

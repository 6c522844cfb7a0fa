"""Lines with echo, something to say over them, and how much of it is cancelled."""

from __future__ import annotations

import numpy as np

from hw.audio import Samples, level_dbm0
from hw.dsp.echo import EchoCanceller
from tests.hw.signals import Wave, frames, noise, rounded


def babble(seconds: float, seed: int, dbm0: float = -18) -> Samples:
    """Noise with the spectrum and the syllables of speech."""
    random = np.random.default_rng(seed)
    count = round(seconds * 8000)
    time = np.arange(60)
    coloured = np.convolve(random.normal(0, 1, count), np.exp(-time / 6) * np.cos(0.35 * time), "same")
    at = np.arange(count) / 8000
    coloured *= np.clip(np.sin(2 * np.pi * 3.1 * at) + 0.6 * np.sin(2 * np.pi * 1.3 * at + seed) + 0.4, 0, None)
    return rounded(coloured * 10 ** ((dbm0 - level_dbm0(rounded(coloured * 1000))) / 20) * 1000)


def hybrid(seed: int, delay_ms: float = 5, tail_ms: float = 16, loss_db: float = 14) -> Wave:
    """An echo path: a delay, then a dispersive tail. Its loss is over the telephone band."""
    random = np.random.default_rng(seed)
    tail = round(tail_ms * 8)
    path = np.zeros(round(delay_ms * 8) + tail)
    path[-tail:] = random.normal(0, 1, tail) * np.exp(-np.arange(tail) / (tail / 4))
    band = np.abs(np.fft.rfft(path, 1024))[40:435]
    return path / np.sqrt(np.mean(band**2)) * 10 ** (-loss_db / 20)


def line(sent: Samples, path: Wave, near: Samples | None = None) -> tuple[Samples, Samples]:
    """The echo alone, and what the line gives: echo, the near end and a noise floor of -65 dBm0."""
    echo = np.convolve(sent.astype(np.float64), path)[: len(sent)]
    floor = noise(np.random.default_rng(9), len(sent), -65)
    return rounded(echo), rounded(echo + floor + (0 if near is None else near))


def cancelled(received: Samples, sent: Samples, canceller: EchoCanceller | None = None) -> Samples:
    canceller = canceller or EchoCanceller()
    return np.concatenate(
        [canceller.cancel(heard, said) for heard, said in zip(frames(received), frames(sent), strict=True)]
    )


def enhancement(echo: Samples, left: Samples, second: int) -> float:
    """ERLE in dB over the second that ends then."""
    part = slice((second - 1) * 8000, second * 8000)
    return level_dbm0(echo[part]) - level_dbm0(left[part])

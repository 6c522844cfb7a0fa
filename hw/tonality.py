"""Whether one frame of 20 ms is nothing but a tone of one or two frequencies, and which.

A frame is too short to tell frequencies nearer than 100 Hz apart: 350+440 Hz is told as one. That is enough to know a
tone from speech, whose energy is spread over more harmonics and changes from frame to frame.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hw.audio import FRAME_SAMPLES, SAMPLE_RATE

LOWEST_HZ, HIGHEST_HZ = 250.0, 3000.0
"""Supervisory tones, keys and the tones of machines lie between these."""

_SIZE = 256
_HZ = SAMPLE_RATE / _SIZE
_LOBE = 3
"""Bins to each side of a frequency that hold nearly all of it."""

_BINS = _SIZE // 2 + 1
_ALL = np.ones(_BINS, dtype=np.float32)

_PURE = 0.94
"""The least share of a frame's energy in one or two frequencies for the frame to be a tone."""
_LOBE_TO_TOP = 2.8
"""A frequency holds at most so many times what its strongest bin does: 2.74 where it lies between two bins."""

_TWO_SHARE = 0.1
"""Part of the energy the weaker of two frequencies holds at least."""

NEAR_HZ = 50.0
"""The middles of two frames of one tone differ by less; where two frequencies beat, they sway."""


@dataclass(frozen=True, slots=True)
class Tonal:
    """A frame that is a tone: its one or two frequencies in Hz, rising, and their mean weighed by energy."""

    frequencies: tuple[float, ...]
    middle: float

    def like(self, other: Tonal) -> bool:
        """Whether both may be frames of one tone."""
        return abs(self.middle - other.middle) < NEAR_HZ

    def shares(self, other: Tonal) -> bool:
        """Whether both hold the same frequency, though perhaps not in the same part."""
        return any(abs(one - its) < NEAR_HZ for one in self.frequencies for its in other.frequencies)


def _analysis() -> npt.NDArray[np.float32]:
    """The Fourier transform of a frame under a Hann window as one matrix: for so few samples that is quickest."""
    angles = 2 * np.pi / _SIZE * np.outer(np.arange(FRAME_SAMPLES), np.arange(_BINS))
    both = np.concatenate([np.cos(angles), np.sin(angles)], axis=1)
    analysis: npt.NDArray[np.float32] = (np.hanning(FRAME_SAMPLES)[:, None] * both).astype(np.float32)
    return analysis


_ANALYSIS = _analysis()


def tonal(wave: npt.NDArray[np.float32]) -> Tonal | None:
    """What tone a frame is; None where it is anything else."""
    parts = wave.dot(_ANALYSIS)
    parts *= parts
    power = parts[:_BINS]
    power += parts[_BINS:]
    total = float(power.dot(_ALL))
    if 2 * _LOBE_TO_TOP * float(power[power.argmax()]) <= _PURE * total:  # This alone rules out most of speech.
        return None
    first, held = _strongest(power)
    middle = first
    found: tuple[float, ...] = (first,)
    if held < _PURE * total:
        second, more = _strongest(power)
        if held + more < _PURE * total:
            return None
        middle = (first * held + second * more) / (held + more)
        if more >= _TWO_SHARE * total:
            found = (min(first, second), max(first, second))
    return Tonal(found, middle) if found[0] >= LOWEST_HZ and found[-1] <= HIGHEST_HZ else None


def _strongest(power: npt.NDArray[np.float32]) -> tuple[float, float]:
    """The strongest frequency and its energy, which is taken out of the spectrum."""
    top = int(power.argmax())
    low = max(top - _LOBE, 0)
    lobe = power[low : top + _LOBE + 1]
    held = float(lobe.sum())
    middle = float(lobe.dot(np.arange(low, low + len(lobe)))) / held * _HZ if held > 0 else 0.0
    lobe[:] = 0
    return middle, held

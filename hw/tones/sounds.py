"""Which of a tone plan's sounds (a sound: frequencies heard together) a stretch of signal is.

There are two measurements. The coarse one is made every 40 ms: how much of the energy lies in the narrow bands of each
sound. A band is spanned by vectors that are made beforehand, so that one matrix product measures all sounds. The fine
one is made rarely: the peaks in the spectrum of 0.4 s tell 425 Hz from 400+425 Hz, or 415+440 from 413+428 Hz.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, Floats, Samples
from hw.tones.toneplan import PROGRESS_TONES, Segment, TonePlan

WINDOW_SAMPLES = 2 * FRAME_SAMPLES
FINE_SAMPLES = 20 * FRAME_SAMPLES

TOLERANCE = 0.02
"""How far from its nominal frequency a tone may be."""

SIT_TOLERANCE = 0.045
"""For the special information tones, whose high and low variants tell the cause in North America."""

TONAL = 0.6
"""Part of a window's energy that must lie in some sound's bands for the window to be tone at all."""

_SAME_BAND_HZ = 60.0
"""Frequencies nearer than this cannot be told apart in 40 ms, and share a band."""
_LEAST_SHARE = 0.06
"""The least share of the energy in each band of a sound, so that its frequencies may differ by about 12 dB."""
_ENOUGH = 0.8
"""The least share of a whole burst's energy in the bands of its sound."""
_PEAK = 10 ** (-15 / 10)
"""The least power of a peak in the fine spectrum, as a part of the strongest."""
_EXPLAINED = 0.97
"""A band has as many vectors as are needed to hold this share of a tone anywhere within the tolerance."""
_FINE_TOLERANCE = 0.025
"""How far a peak of the fine spectrum may be off, relatively."""
_UNSEEN_MODULATION = 0.004
"""How much worse, in the measure of `_miss`, a sound fits whose modulation is not seen."""
_AS_NEAR = 0.003
"""Sounds that fit worse than the best by less than this fit as well."""
_FINE_POINTS = 8192
_FINE_LOW_HZ, _FINE_HIGH_HZ = 200, 1000
"""The part of the fine spectrum that is searched for peaks."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Frequencies heard together, in Hz; modulation in Hz, if its amplitude is modulated."""

    frequencies: tuple[float, ...]
    modulation: float | None = None

    @property
    def lines(self) -> tuple[float, ...]:
        """All frequencies in its spectrum."""
        if self.modulation is None:
            return self.frequencies
        sides = (-self.modulation, 0.0, self.modulation)
        return tuple(sorted(hertz + side for hertz in self.frequencies for side in sides))

    @property
    def beats(self) -> bool:
        """Whether its loudness swings slowly enough to be taken for pauses."""
        lines = self.lines
        return any(high - low < _SAME_BAND_HZ for low, high in pairwise(lines))

    def like(self, other: Sound) -> bool:
        """Whether even the fine spectrum might take one for the other."""
        mine, its = self.lines, other.lines
        return len(mine) == len(its) and all(abs(a / b - 1) < 1.5 * TOLERANCE for a, b in zip(mine, its, strict=True))


def sound_of(segment: Segment) -> Sound:
    """The sound of a segment that is not silent."""
    return Sound(tuple(sorted(segment.frequencies)), segment.modulation)


def _bands(sound: Sound) -> list[tuple[float, ...]]:
    """Its lines, those closer than a window can tell apart taken together."""
    bands: list[tuple[float, ...]] = []
    for hertz in sound.lines:
        if bands and hertz - bands[-1][-1] < _SAME_BAND_HZ:
            bands[-1] += (hertz,)
        else:
            bands.append((hertz,))
    return bands


def _span(band: Sequence[float], tolerance: float) -> npt.NDArray[np.float64]:
    """Orthonormal columns in which a tone anywhere near these frequencies lies almost wholly."""
    hertz = np.concatenate([line * np.linspace(1 - tolerance, 1 + tolerance, 7) for line in band])
    turns = np.outer(np.arange(WINDOW_SAMPLES) - WINDOW_SAMPLES / 2, 2 * np.pi * hertz / SAMPLE_RATE)
    tones = np.hstack([np.cos(turns), np.sin(turns)])
    tones /= np.linalg.norm(tones, axis=0)
    columns: npt.NDArray[np.float64] = np.linalg.svd(tones, full_matrices=False)[0]
    explained = np.cumsum((columns.T @ tones) ** 2, axis=0)
    kept = int(np.argmax(explained.min(axis=1) >= _EXPLAINED)) + 1
    return columns[:, :kept]


class SoundSet:
    """The sounds of a plan's progress tones. A set of sounds is a bit mask: bit i is `sounds[i]`."""

    def __init__(self, plan: TonePlan) -> None:
        found: dict[Sound, float] = {}
        for name in PROGRESS_TONES:
            for tone in plan.accepted[name]:
                for segment in tone.segments:
                    if segment.frequencies:
                        found.setdefault(sound_of(segment), SIT_TOLERANCE if name == "sit" else TOLERANCE)
        self.sounds = tuple(found)
        spans: dict[tuple[float, ...], npt.NDArray[np.float64]] = {}
        for sound, tolerance in found.items():
            for band in _bands(sound):
                if band not in spans:
                    spans[band] = _span(band, tolerance)
        ordered = list(spans)
        widths = [spans[band].shape[1] for band in ordered]
        self._vectors: Floats = np.ascontiguousarray(np.hstack([spans[band] for band in ordered]), dtype=np.float32)
        self._band_starts = np.concatenate([[0], np.cumsum(widths)[:-1]])
        self._bands_of = [[ordered.index(band) for band in _bands(sound)] for sound in self.sounds]
        self._sound_of_vector: Floats = np.zeros((sum(widths), len(self.sounds)), dtype=np.float32)
        for index, bands in enumerate(self._bands_of):
            for band_index in bands:
                start = self._band_starts[band_index]
                self._sound_of_vector[start : start + widths[band_index], index] = 1
        self._fine_window = np.hanning(FINE_SAMPLES)

    @property
    def vectors(self) -> int:
        """How many vectors the sounds are measured along."""
        return len(self._sound_of_vector)

    def bit(self, segment: Segment) -> int:
        """The set of only this segment's sound; the empty set for silence."""
        return 1 << self.sounds.index(sound_of(segment)) if segment.frequencies else 0

    def parts(self, window: Floats) -> Floats:
        """The energy of a 40 ms window along each vector: sum these over a burst's windows for `coarse`."""
        along = window @ self._vectors
        along *= along
        return along

    def energies(self, parts: Floats) -> list[float]:
        """The energy in the bands of each sound."""
        energies: list[float] = (parts @ self._sound_of_vector).tolist()
        return energies

    def coarse(self, parts: Floats, energy: float) -> int:
        """The sounds a burst may be, from the sum of its windows' parts and of their energies."""
        bands = np.add.reduceat(parts, self._band_starts).tolist()
        mask = 0
        for index, own in enumerate(self._bands_of):
            shares = [bands[band] / energy for band in own]
            if sum(shares) >= _ENOUGH and min(shares) >= _LEAST_SHARE:
                mask |= 1 << index
        return mask

    def fine(self, samples: Samples) -> int:
        """The sounds that 0.4 s (3200 samples) of steady signal may be: those that fit about as well as the best."""
        spectrum = np.abs(np.fft.rfft(samples * self._fine_window, _FINE_POINTS)) ** 2
        low = _FINE_LOW_HZ * _FINE_POINTS // SAMPLE_RATE
        high = _FINE_HIGH_HZ * _FINE_POINTS // SAMPLE_RATE
        middle = spectrum[low:high]
        strong = middle > _PEAK * middle.max()
        tops = strong & (middle >= spectrum[low - 1 : high - 1]) & (middle > spectrum[low + 1 : high + 1])
        peaks = ((np.flatnonzero(tops) + low) * (SAMPLE_RATE / _FINE_POINTS)).tolist()
        misses = [_miss(sound, peaks) for sound in self.sounds]
        nearest = min(misses)
        if nearest >= 1.0:
            return 0
        return sum(1 << index for index, miss in enumerate(misses) if miss < nearest + _AS_NEAR)


def _miss(sound: Sound, peaks: Sequence[float]) -> float:
    """How badly these peaks fit the sound; 1 if there is a peak without its frequency, or a frequency without a peak.

    Where all frequencies are off by the same factor, as an exchange's oscillator makes them, they fit better than where
    each is off by another. A modulation too shallow to be seen is allowed, but a sound without modulation fits better.
    """
    if not 0 < len(peaks) <= len(sound.lines):
        return 1.0
    off = [min((peak / hertz - 1 for peak in peaks), key=abs) for hertz in sound.frequencies]
    stray = max(min(abs(peak / line - 1) for line in sound.lines) for peak in peaks)
    if max(stray, -min(off), max(off)) > _FINE_TOLERANCE:
        return 1.0
    unseen = 0.0 if len(peaks) >= len(sound.lines) else _UNSEEN_MODULATION
    return max(off) - min(off) + 0.2 * abs(sum(off) / len(off)) + unseen

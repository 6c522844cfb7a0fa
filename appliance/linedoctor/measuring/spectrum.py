"""The frequencies of a stretch of sound, and their levels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hw.audio import FULL_SCALE, FULL_SCALE_SINE_DBM0, SAMPLE_RATE, Samples

WITHIN_DB = 16.0
"""What is weaker than the strongest frequency by more than this is none of a tone's."""
WEAKEST_DBM0 = -55.0
LOWEST_HZ, HIGHEST_HZ = 200.0, 3400.0
"""The band of a telephone line, without mains hum."""
SHORTEST_S = 0.04
NEAR_HZ = 12.0
"""What is so near a frequency belongs to it, be it cut into bursts."""
_PADDED = 4
_MOST = 5


@dataclass(frozen=True, slots=True)
class Partial:
    """One frequency of a sound: Hz, and its level in dBm0."""

    hz: float
    dbm0: float


def partials(
    samples: Samples, *, lowest: float = LOWEST_HZ, highest: float = HIGHEST_HZ, within_db: float = WITHIN_DB
) -> tuple[Partial, ...]:
    """The frequencies of a sound that does not change, rising; none where it is too short, too weak, or no tone.

    Two frequencies are told apart from 2.5 / duration Hz on. A sound of more than five is noise or speech.
    """
    count = len(samples)
    if count < SHORTEST_S * SAMPLE_RATE:
        return ()
    window = np.hanning(count)
    size = 1 << (_PADDED * count - 1).bit_length()
    spectrum = np.abs(np.fft.rfft(samples * window, size)) * 2 / window.sum()
    hertz = SAMPLE_RATE / size
    first, last = int(lowest / hertz), min(int(highest / hertz), len(spectrum) - 2)
    inner = spectrum[first : last + 1]
    peaks = [
        first + int(place) for place in np.flatnonzero((inner[1:-1] > inner[:-2]) & (inner[1:-1] >= inner[2:])) + 1
    ]
    if not peaks:
        return ()
    top = max(spectrum[place] for place in peaks)
    lobe = 2 * size / count  # Half the main lobe of a Hann window, in bins: its side lobes lie outside.
    found: list[int] = []
    for place in sorted(peaks, key=lambda place: -spectrum[place]):
        apart = all(abs(place - other) > lobe for other in found)
        if spectrum[place] >= top * 10 ** (-within_db / 20) and apart and not _side_lobe(spectrum, place, found, lobe):
            found.append(place)
        if len(found) > _MOST:
            return ()
    measured = [_interpolated(spectrum, place, hertz) for place in found]
    return tuple(sorted((one for one in measured if one.dbm0 >= WEAKEST_DBM0), key=lambda one: one.hz))


def _side_lobe(spectrum: npt.NDArray[np.float64], place: int, found: list[int], lobe: float) -> bool:
    """Whether this is a side lobe of a stronger peak: those of a Hann window are 31 dB below it, and fall."""
    weak = spectrum[place] / 10 ** (-29 / 20)
    return any(weak < spectrum[other] and abs(place - other) < 3 * lobe for other in found)


def share_at(samples: Samples, frequencies: Sequence[float]) -> float:
    """Which part of a sound's power is at these frequencies, 0 to 1: nearly all of a tone of them, little of speech."""
    if not len(samples):
        return 0.0
    power = np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) ** 2
    hertz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    there = np.zeros(len(hertz), dtype=bool)
    for one in frequencies:
        there |= np.abs(hertz - one) <= NEAR_HZ
    return float(power[there].sum() / max(float(power.sum()), 1e-9))


def _interpolated(spectrum: npt.NDArray[np.float64], place: int, hertz: float) -> Partial:
    """The peak of the parabola through three values of the logarithm."""
    left, middle, right = np.log(spectrum[place - 1 : place + 2] + 1e-12)
    bend = left - 2 * middle + right
    shift = 0.5 * (left - right) / bend if bend else 0.0
    peak = float(np.exp(middle - 0.25 * (left - right) * shift))
    dbm0 = 20 * float(np.log10(max(peak, 1e-6) / FULL_SCALE)) + FULL_SCALE_SINE_DBM0
    return Partial(float((place + shift) * hertz), dbm0)

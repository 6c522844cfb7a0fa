"""DTMF digits: a receiver with the limits of ITU-T Q.24, and a generator of exact levels and lengths.

The receiver looks at windows of 20 ms, one every 10 ms, and judges a digit by its power, its purity, its frequencies
and its length. spandsp's receiver is not used: its blocks of 12.75 ms refuse frequencies off by 1.5 % in the high
group, 8 dB of twist at low levels, and dial tone louder than the digit, and a break of 10 ms makes two digits of one.
"""

from __future__ import annotations

import cmath
import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, SILENCE, Frame, Samples, decibels, sine_peak
from hw.level import measured

DIGITS = "123A456B789C*0#D"
"""Row by row of the keypad: index = 4 * low group + high group."""

LOW_HZ = (697.0, 770.0, 852.0, 941.0)
HIGH_HZ = (1209.0, 1336.0, 1477.0, 1633.0)
"""The frequencies of ITU-T Q.23."""
_HZ = (*LOW_HZ, *HIGH_HZ)

_WINDOW = FRAME_SAMPLES
_HOP = _WINDOW // 2
_HOP_SECONDS = _HOP / SAMPLE_RATE

_SHAPE = np.sin(np.pi * (np.arange(_WINDOW) + 0.5) / _WINDOW).astype(np.float32)
"""A half sine: 5 bins away, where the other group is, it leaks 38 dB less than the tone."""

_DIAL_TONE_HZ = (330.0, 460.0)
"""Every country's dial tone lies in this band."""

_QUIETEST = sine_peak(-46) ** 2
"""The least power of each tone in a window; those of a digit of -40 dBm0 are less in the windows at its ends."""
_LOW_LOUDER = decibels(12.5) ** 2
_HIGH_LOUDER = decibels(8.6) ** 2
"""The greatest twist, in either direction, of the window in which there is least. 8 and 4 dB must be accepted; of 6 dB
in either direction the speech coder of a cellular network makes 8 to 12, and more at a short digit's beginning."""
_PURE_WINDOW = 0.4
"""The least share of a window's energy in its two tones. Where such a coder is on the way, the third window of a digit
of 35 ms often has no more than that."""
_FREQUENCY_FAULT = 0.0255
_IMPURITY_FAULT = 0.28
"""A digit's tone may be off by the first at most (relative), and have the second at most of its power elsewhere. Where
it has several faults at once, less of each is allowed: speech that resembles a digit has all of them, a telephone has
one. Both tones 1.5 % off, or noise 12 dB below, still make a digit; 3.5 % off do not (ITU-T Q.24)."""

_NEAR_PEAK = 0.33
"""The least power of one tone in a window against the loudest of its digit. A window that the digit fills for 15 of its
20 ms has 0.73, for 10 ms 0.25. One tone is enough: a speech coder lets the other die away within the digit."""

_SURELY_FILLED = 0.5
"""The same for windows by which twist is judged: at its ends a digit begins and ends abruptly, which sounds like any
other tone, too."""

_HITS_FOR_DIGIT = 3
"""35 ms fill at least three windows for 11 ms and more, wherever they begin; 20 ms never more than two."""

_MISSES_FOR_END = 3
"""A break of 10 ms spoils at most two windows in a row, a pause of 40 ms at least three."""


def _analysis(dial_tone_filter: bool) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """The matrix from a shaped window to its tones' cosine and sine parts, and the one that sums their squares.

    Tones come out as squared peaks in sample units, in the order of _HZ. The last sum is the energy in the band of
    dial tone: an orthonormal basis of all shaped sines there, to which the tones are made orthogonal.
    """
    time = np.arange(_WINDOW) / SAMPLE_RATE
    angles = np.asarray(_HZ)[:, None] * 2 * np.pi * time
    tones = np.stack([np.cos(angles), -np.sin(angles)], axis=1).reshape(2 * len(_HZ), _WINDOW).T
    tones *= 2 / float(_SHAPE.sum())
    band = np.arange(*_DIAL_TONE_HZ, 2.0)[:, None] * 2 * np.pi * time
    _, sizes, vectors = np.linalg.svd(np.concatenate([np.cos(band), np.sin(band)]) * _SHAPE, full_matrices=False)
    dial = vectors[sizes > sizes[0] * 1e-4].T if dial_tone_filter else np.zeros((_WINDOW, 1))
    tones -= dial @ (dial.T @ tones)
    sums = np.zeros((tones.shape[1] + dial.shape[1], len(_HZ) + 1))
    sums[np.arange(2 * len(_HZ)), np.arange(2 * len(_HZ)) // 2] = 1
    sums[2 * len(_HZ) :, -1] = 1
    return np.concatenate([tones, dial], axis=1).astype(np.float32), sums.astype(np.float32)


_ANALYSES = {dial_tone_filter: _analysis(dial_tone_filter) for dial_tone_filter in (False, True)}
_ENERGY_OF_PEAK = float(_SHAPE @ _SHAPE) / 2

_TOO_WEAK = _QUIETEST * _ENERGY_OF_PEAK
"""Energy of two frames below which no window in them, shaped or not, can hold a digit."""

_TURNS = tuple(cmath.exp(-2j * math.pi * hz * _HOP_SECONDS) for hz in _HZ)


@dataclass(frozen=True, slots=True)
class _Hit:
    """A window that holds two tones and little else."""

    low: float
    """The power of the lower tone: its squared peak, in sample units."""
    high: float
    """The power of the higher tone."""
    energy: float
    """The sum of the squared samples of the shaped window."""
    low_part: complex
    """The lower tone's amplitude and phase."""
    high_part: complex
    """The higher tone's amplitude and phase."""
    low_turn: complex = 0j
    """How far the lower tone's phase has turned since the window before, against what its nominal frequency does."""
    high_turn: complex = 0j
    """The same of the higher tone."""

    @property
    def power(self) -> float:
        return self.low + self.high


class _PairRun:
    """Successive windows with the same two tones; the last few are kept."""

    _KEPT = 6

    def __init__(self, pair: int) -> None:
        self.pair = pair
        self._low_hz, self._high_hz = LOW_HZ[pair // 4], HIGH_HZ[pair % 4]
        self._hits: list[_Hit] = []

    def add(self, low: float, high: float, energy: float, low_part: complex, high_part: complex) -> None:
        low_turn = high_turn = 0j
        if self._hits:
            last = self._hits[-1]
            low_turn = low_part * last.low_part.conjugate() * _TURNS[self.pair // 4]
            high_turn = high_part * last.high_part.conjugate() * _TURNS[4 + self.pair % 4]
        self._hits = [
            *self._hits[1 - self._KEPT :],
            _Hit(low, high, energy, low_part, high_part, low_turn, high_turn),
        ]

    @property
    def power(self) -> float:
        """The power of the loudest window: the sum of both tones' squared peaks."""
        return max(hit.power for hit in self._hits)

    @property
    def sums(self) -> tuple[float, float, float]:
        """Of all windows: the power of the lower tone, of the higher, and of everything."""
        hits = self._hits
        return sum(hit.low for hit in hits), sum(hit.high for hit in hits), sum(hit.energy for hit in hits)

    def _filled(self, share: float) -> list[_Hit]:
        """The windows in which one of the tones has this share of its power in the loudest at the least."""
        low = share * max(hit.low for hit in self._hits)
        high = share * max(hit.high for hit in self._hits)
        return [hit for hit in self._hits if hit.low >= low or hit.high >= high]

    def is_digit(self) -> bool:
        """Long enough, and within all limits."""
        if len(self._hits) < _HITS_FOR_DIGIT:
            return False
        full = self._filled(_NEAR_PEAK)
        if len(full) < _HITS_FOR_DIGIT:
            return False
        low_off = cmath.phase(sum(hit.low_turn for hit in self._hits)) / (2 * math.pi * _HOP_SECONDS)
        high_off = cmath.phase(sum(hit.high_turn for hit in self._hits)) / (2 * math.pi * _HOP_SECONDS)
        low_kept, high_kept = _kept(low_off), _kept(high_off)
        twists = [hit.low / low_kept / (hit.high / high_kept) for hit in self._filled(_SURELY_FILLED)]
        if min(twists) > _LOW_LOUDER or max(twists) * _HIGH_LOUDER < 1:
            return False
        low = sum(hit.low for hit in full) / low_kept
        high = sum(hit.high for hit in full) / high_kept
        impure = max(0.0, 1 - (low + high) / sum(hit.energy for hit in full))
        faults = (
            low_off / (_FREQUENCY_FAULT * self._low_hz),
            high_off / (_FREQUENCY_FAULT * self._high_hz),
            impure / _IMPURITY_FAULT,
        )
        return sum(fault * fault for fault in faults) <= 1


def _kept(off_hz: float) -> float:
    """How much of a tone's power its filter still gives when the tone is this far off."""
    bins = off_hz * _WINDOW / SAMPLE_RATE
    if abs(abs(bins) - 0.5) < 1e-3:
        return (math.pi / 4) ** 2
    return (math.cos(math.pi * bins) / (1 - 4 * bins * bins)) ** 2


class DtmfReceiver:
    """Recognises DTMF digits of 35 ms and more, from 0 to -40 dBm0 a tone; bursts of 20 ms are ignored.

    Twist up to 12 dB with the low group louder and 8 dB with the high group louder, ±1.5 % of frequency, noise 12 dB
    below. Digits of 35 ms with 6 dB of twist that a cellular network has coded (GSM 06.10) are recognised down to
    -16 dBm0 a tone; at -26 dBm0 one in 40 is missed.
    With the dial tone filter, also under dial tone (330-460 Hz), whatever its level.
    """

    def __init__(self, dial_tone_filter: bool = True) -> None:
        self._analysis, self._sums = _ANALYSES[dial_tone_filter]
        self._before = measured(SILENCE)
        self._heard = np.zeros(_HOP + FRAME_SAMPLES, dtype=np.float32)
        self._windows = np.lib.stride_tricks.sliding_window_view(self._heard, _WINDOW)[::_HOP]
        self._shaped = np.zeros((2, _WINDOW), dtype=np.float32)
        self._first, self._second = self._shaped
        self._parts = np.zeros((2, self._analysis.shape[1]), dtype=np.float32)
        self._run: _PairRun | None = None
        self._held = -1
        self._misses = 0
        self.power = 0.0
        """The power of the digit recognised last: the sum of both tones' squared peaks, in sample units."""
        self.low_power = self.high_power = self.energy = 0.0
        """Of all windows of that digit so far: the power of the lower tone, of the higher, and of everything."""

    @property
    def held(self) -> str:
        """The digit being pressed at the end of what was fed; "" for none. It ends 30 ms after its sound."""
        return DIGITS[self._held] if self._held >= 0 else ""

    def feed(self, frame: Frame) -> str:
        """The digits newly recognised in this frame; usually none."""
        now, before, idle = measured(frame), self._before, self._held < 0 and self._run is None
        self._before = now
        if idle and before.energy + now.energy < _TOO_WEAK:
            return ""
        heard, shaped, parts = self._heard, self._shaped, self._parts
        heard[:_HOP] = before.wave[_HOP:]
        heard[_HOP:] = now.wave
        np.multiply(self._windows, _SHAPE, shaped)
        first_energy = float(self._first.dot(self._first)) / _ENERGY_OF_PEAK
        second_energy = float(self._second.dot(self._second)) / _ENERGY_OF_PEAK
        if idle and first_energy < _QUIETEST and second_energy < _QUIETEST:
            return ""
        shaped.dot(self._analysis, parts)
        first_powers, second_powers = (parts * parts).dot(self._sums).tolist()
        digits = self._window(first_energy, parts[0], first_powers)
        return digits + self._window(second_energy, parts[1], second_powers)

    def _window(self, energy: float, parts: npt.NDArray[np.float32], power: list[float]) -> str:
        low, high = max(power[:4]), max(power[4:8])
        energy -= power[8] / _ENERGY_OF_PEAK
        if low < _QUIETEST or high < _QUIETEST or low + high < _PURE_WINDOW * energy:
            self._run = None
            self._miss()
            return ""
        row, column = power.index(low, 0, 4), power.index(high, 4, 8) - 4
        pair = 4 * row + column
        if pair == self._held:
            self._run = None
            self._misses = 0
            self.low_power += low
            self.high_power += high
            self.energy += energy
            return ""
        self._miss()
        if self._run is None or self._run.pair != pair:
            self._run = _PairRun(pair)
        tones = parts[: 2 * len(_HZ)].view(np.complex64)
        self._run.add(low, high, energy, complex(tones[row]), complex(tones[4 + column]))
        if not self._run.is_digit():
            return ""
        self.power = self._run.power
        self.low_power, self.high_power, self.energy = self._run.sums
        self._run, self._held, self._misses = None, pair, 0
        return DIGITS[pair]

    def _miss(self) -> None:
        self._misses += 1
        if self._misses >= _MISSES_FOR_END:
            self._held = -1


def dtmf_samples(
    digits: str, low_dbm0: float = -10, high_dbm0: float = -10, on_ms: float = 100, off_ms: float = 100
) -> Samples:
    """These digits (0-9 * # A-D) as sound, each followed by its pause. Levels are per tone. ValueError for others."""
    on = round(on_ms * SAMPLE_RATE / 1000)
    pause = np.zeros(round(off_ms * SAMPLE_RATE / 1000), dtype=np.int16)
    seconds = np.arange(on) / SAMPLE_RATE
    low, high = sine_peak(low_dbm0), sine_peak(high_dbm0)
    parts: list[Samples] = []
    for digit in digits:
        row, column = divmod(DIGITS.find(digit), 4)
        if row < 0:
            raise ValueError(f"{digit!r} is not a DTMF digit")
        wave = low * np.sin(2 * np.pi * LOW_HZ[row] * seconds) + high * np.sin(2 * np.pi * HIGH_HZ[column] * seconds)
        parts += [np.clip(np.rint(wave), -32768, 32767).astype(np.int16), pause]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.int16)

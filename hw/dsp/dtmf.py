"""DTMF digits: a receiver with the limits of ITU-T Q.24, and a generator of exact levels and lengths.

The receiver looks at windows of 20 ms, one every 10 ms, and judges a digit by its power, its purity, its frequencies
and its length. spandsp's receiver is not used: its blocks of 12.75 ms refuse frequencies off by 1.5 % in the high
group, 8 dB of twist at low levels, and dial tone louder than the digit, and a break of 10 ms makes two digits of one.
"""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, SILENCE, Frame, Samples, sine_peak
from hw.dsp.dtmfrun import CODED_PURE_WINDOW, HOP, QUIET_WITHIN, WINDOW, PairRun
from hw.level import measured

DIGITS = "123A456B789C*0#D"
"""Row by row of the keypad: index = 4 * low group + high group."""

LOW_HZ = (697.0, 770.0, 852.0, 941.0)
HIGH_HZ = (1209.0, 1336.0, 1477.0, 1633.0)
"""The frequencies of ITU-T Q.23."""
_HZ = (*LOW_HZ, *HIGH_HZ)

_SHAPE = np.sin(np.pi * (np.arange(WINDOW) + 0.5) / WINDOW).astype(np.float32)
"""A half sine: 5 bins away, where the other group is, it leaks 38 dB less than the tone."""

_DIAL_TONE_HZ = (330.0, 460.0)
"""Every country's dial tone lies in this band."""

_QUIETEST = sine_peak(-46) ** 2
"""The least power of each tone in a window; those of a digit of -40 dBm0 are less in the windows at its ends."""
_MISSES_FOR_END = 3
"""A break of 10 ms spoils at most two windows in a row, a pause of 40 ms at least three."""


def _analysis(dial_tone_filter: bool) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]:
    """The matrix from a shaped window to its tones' cosine and sine parts, and the one that sums their squares.

    Tones come out as squared peaks in sample units, in the order of _HZ. The last sum is the energy in the band of
    dial tone: an orthonormal basis of all shaped sines there, to which the tones are made orthogonal.
    """
    time = np.arange(WINDOW) / SAMPLE_RATE
    angles = np.asarray(_HZ)[:, None] * 2 * np.pi * time
    tones = np.stack([np.cos(angles), -np.sin(angles)], axis=1).reshape(2 * len(_HZ), WINDOW).T
    tones *= 2 / float(_SHAPE.sum())
    band = np.arange(*_DIAL_TONE_HZ, 2.0)[:, None] * 2 * np.pi * time
    _, sizes, vectors = np.linalg.svd(np.concatenate([np.cos(band), np.sin(band)]) * _SHAPE, full_matrices=False)
    dial = vectors[sizes > sizes[0] * 1e-4].T if dial_tone_filter else np.zeros((WINDOW, 1))
    tones -= dial @ (dial.T @ tones)
    sums = np.zeros((tones.shape[1] + dial.shape[1], len(_HZ) + 1))
    sums[np.arange(2 * len(_HZ)), np.arange(2 * len(_HZ)) // 2] = 1
    sums[2 * len(_HZ) :, -1] = 1
    return np.concatenate([tones, dial], axis=1).astype(np.float32), sums.astype(np.float32)


_ANALYSES = {dial_tone_filter: _analysis(dial_tone_filter) for dial_tone_filter in (False, True)}
_ENERGY_OF_PEAK = float(_SHAPE @ _SHAPE) / 2

_TOO_WEAK = _QUIETEST * _ENERGY_OF_PEAK
"""Energy of two frames below which no window in them, shaped or not, can hold a digit."""


class DtmfReceiver:
    """Recognises DTMF digits of 40 ms and more, from 0 to -40 dBm0 a tone; bursts of 20 ms are ignored.

    Twist up to 8 dB with the low group louder and 4 dB with the high group louder, ±1.5 % of frequency, noise 12 dB
    below. With the dial tone filter, also under dial tone (330-460 Hz), whatever its level. Such a digit is told within
    50 ms of its start.

    Digits of 35 ms and more with 6 dB of twist that a cellular network has coded (GSM 06.10) are recognised between two
    silences. One that the coder has distorted much is told up to 45 ms behind its end, but 150 ms from its start at the
    latest.
    """

    def __init__(self, dial_tone_filter: bool = True) -> None:
        self._analysis, self._sums = _ANALYSES[dial_tone_filter]
        self._before = measured(SILENCE)
        self._heard = np.zeros(HOP + WINDOW, dtype=np.float32)
        self._windows = np.lib.stride_tricks.sliding_window_view(self._heard, WINDOW)[::HOP]
        self._shaped = np.zeros((2, WINDOW), dtype=np.float32)
        self._first, self._second = self._shaped
        self._parts = np.zeros((2, self._analysis.shape[1]), dtype=np.float32)
        self._energies = deque([0.0] * QUIET_WITHIN, maxlen=QUIET_WITHIN)
        self._run: PairRun | None = None
        self._over: PairRun | None = None
        """A run that is a digit if a quiet window comes soon."""
        self._windows_left = 0
        """So many may come until then."""
        self._held = -1
        self._misses = 0
        self.low_power = self.high_power = 0.0
        """The power of each tone in the loudest window of the digit recognised last: its squared peak, in sample
        units."""
        self.low_sum = self.high_sum = self.energy_sum = 0.0
        """Of all windows of that digit so far: the power of the lower tone, of the higher, and of everything."""
        self.late_frames = 0
        """How long before it was told that digit was long enough to be one."""

    @property
    def power(self) -> float:
        """The power of the digit recognised last: the sum of both tones' squared peaks, in sample units."""
        return self.low_power + self.high_power

    @property
    def held(self) -> str:
        """The digit being pressed at the end of what was fed; "" for none. It ends 30 ms after its sound."""
        return DIGITS[self._held] if self._held >= 0 else ""

    def feed(self, frame: Frame) -> str:
        """The digits newly recognised in this frame; usually none."""
        now, before = measured(frame), self._before
        idle = self._held < 0 and self._run is None and self._over is None
        self._before = now
        if idle and before.energy + now.energy < _TOO_WEAK:
            self._energies.extend((0.0, 0.0))
            return ""
        heard, shaped, parts = self._heard, self._shaped, self._parts
        heard[:HOP] = before.wave[HOP:]
        heard[HOP:] = now.wave
        np.multiply(self._windows, _SHAPE, shaped)
        first_energy = float(self._first.dot(self._first)) / _ENERGY_OF_PEAK
        second_energy = float(self._second.dot(self._second)) / _ENERGY_OF_PEAK
        if idle and first_energy < _QUIETEST and second_energy < _QUIETEST:
            self._energies.extend((first_energy, second_energy))
            return ""
        shaped.dot(self._analysis, parts)
        first_powers, second_powers = (parts * parts).dot(self._sums).tolist()
        digits = self._window(first_energy, parts[0], first_powers)
        return digits + self._window(second_energy, parts[1], second_powers)

    def _window(self, energy: float, parts: npt.NDArray[np.float32], power: list[float]) -> str:
        low, high = max(power[:4]), max(power[4:8])
        energy -= power[8] / _ENERGY_OF_PEAK
        pair = row = column = -1
        if low >= _QUIETEST and high >= _QUIETEST and low + high >= CODED_PURE_WINDOW * energy:
            row, column = power.index(low, 0, 4), power.index(high, 4, 8) - 4
            pair = 4 * row + column
        if self._run is not None and self._run.pair != pair:
            if self._run.may_be_digit():
                self._over, self._windows_left = self._run, QUIET_WITHIN
            self._run = None
        told = self._told_at_its_end(self._over, energy) if self._over is not None else ""
        if pair >= 0 and pair == self._held:
            self._misses = 0
            self.low_sum += low
            self.high_sum += high
            self.energy_sum += energy
        else:
            self._miss()
            if pair >= 0:
                if self._run is None:
                    self._run = PairRun(pair, LOW_HZ[row], HIGH_HZ[column], self._energies)
                tones = parts[: 2 * len(_HZ)].view(np.complex64)
                self._run.add(low, high, energy, complex(tones[row]), complex(tones[4 + column]))
                if self._run.is_digit():
                    told += self._tell(self._run, 0)
                    self._run, self._held, self._misses = None, pair, 0
        self._energies.append(energy)
        return told

    def _told_at_its_end(self, over: PairRun, energy: float) -> str:
        """The digit that is over, if this window behind it is quiet."""
        self._windows_left -= 1
        quiet = over.is_quiet(energy)
        if quiet or not self._windows_left:
            self._over = None
        return self._tell(over, QUIET_WITHIN - self._windows_left) if quiet else ""

    def _tell(self, run: PairRun, windows_ago: int) -> str:
        self.low_power, self.high_power = run.loudest.low, run.loudest.high
        self.low_sum, self.high_sum, self.energy_sum = run.sums
        self.late_frames = (run.windows_late + windows_ago) * HOP // FRAME_SAMPLES
        return DIGITS[run.pair]

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

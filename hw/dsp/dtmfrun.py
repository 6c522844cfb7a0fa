"""What makes a DTMF digit of windows in a row that hold the same two tones: limits of power, purity, frequency, length.

There are two sets of limits. The strict ones are those of ITU-T Q.24 with a small margin; whatever lies within them is
a digit, wherever it is heard. The speech coder of a cellular network brings short digits beyond them: it adds twist,
lets one tone die away, and leaves other sound beside them. Wide limits take such digits in, but also many a vowel. So
they are only for what stands between two silences as a key does, because a telephone mutes its microphone meanwhile.
Speech that resembles a digit has other speech around it.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Sequence
from dataclasses import dataclass

from hw.audio import FRAME_SAMPLES, SAMPLE_RATE, decibels

WINDOW = FRAME_SAMPLES
HOP = WINDOW // 2
_HOP_SECONDS = HOP / SAMPLE_RATE

_HITS_FOR_DIGIT = 3
"""40 ms fill at least three windows to three quarters, wherever they begin, and 35 ms for 11 ms and more; 20 ms never
more than two."""

_FREQUENCY_FAULT = 0.0255
_IMPURITY_FAULT = 0.28
"""A digit's tone may be off by the first at most (relative), and have the second at most of its power elsewhere. Where
it has several faults at once, less of each is allowed: speech that resembles a digit has all of them, a telephone has
one. Both tones 1.5 % off, or noise 12 dB below, still make a digit; 3.5 % off do not (ITU-T Q.24)."""

_LOW_LOUDER = decibels(9.5) ** 2
_HIGH_LOUDER = decibels(5.5) ** 2
"""The greatest twist, in either direction: a little more than the 8 and 4 dB that must be accepted."""
_PURE_WINDOW = 0.55
"""The least share of a window's energy in its two tones."""
_NEAR_PEAK = 0.46
"""The least power of a window against the loudest of its digit. A window that the digit fills for 15 of its 20 ms has
0.73, for 10 ms 0.25."""

_CODED_LOW_LOUDER = decibels(12.5) ** 2
_CODED_HIGH_LOUDER = decibels(8.6) ** 2
"""The wide limits of twist, of the window in which there is least. Of 6 dB in either direction the coder makes 8 to 12,
and more at a short digit's beginning."""
_CODED_LOW_LOUDER_IN_ALL = decibels(16) ** 2
_CODED_HIGH_LOUDER_IN_ALL = decibels(12) ** 2
"""The wide limits of twist of all windows together. In vowels that only begin like a digit it is 20 dB."""
_CODED_FREQUENCY_FAULT = 0.01
"""The wide limit of both tones' relative error together is narrow: the network itself makes the tones, and exactly."""
CODED_PURE_WINDOW = 0.4
"""The wide limit of a window's purity. The third window of a digit of 35 ms often has no more."""
_CODED_NEAR_PEAK = 0.33
"""The least power of one tone in a window against the loudest of its digit. One tone is enough: the coder lets the
other die away within the digit."""
_CODED_SURELY_FILLED = 0.5
"""The same for windows by which twist is judged: at its ends a digit begins and ends abruptly, which sounds like any
other tone, too."""

_KEPT = 6
"""So many of the last windows are judged together."""

_HITS_FOR_SURE = 12
"""130 ms: no syllable that resembles a digit is as steady for as long."""

QUIET_WITHIN = 2
"""One of so many windows before the first that holds the digit must be quiet, and one of so many behind the last. In
speech more of the word lies between the two tones and the silence around it."""
_QUIET = decibels(-7.5) ** 2
"""The greatest energy of a quiet window against the digit's loudest. A pause of 40 ms has one, though the coder blurs
its ends."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """A window that holds two tones and little else."""

    low: float
    """The power of the lower tone: its squared peak, in sample units."""
    high: float
    """The power of the higher tone."""
    energy: float
    """The sum of the squared samples of the shaped window, as the power of a tone that has as much."""
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


class PairRun:
    """Successive windows with the same two tones; the last few are kept.

    before: the energies of the windows before it.
    """

    def __init__(self, pair: int, low_hz: float, high_hz: float, before: Sequence[float]) -> None:
        self.pair = pair
        self._low_hz, self._high_hz = low_hz, high_hz
        self._low_back = cmath.exp(-2j * math.pi * low_hz * _HOP_SECONDS)
        self._high_back = cmath.exp(-2j * math.pi * high_hz * _HOP_SECONDS)
        self._quietest_before = min(before)
        self._hits: list[_Hit] = []
        self._pure = 0
        """How many of the last windows in a row are pure by the strict limit."""
        self._length = 0
        self._within = False
        """Whether it is long enough, came out of quiet and is within the wide limits. A short run need be within them
        once, a longer one all the time: what is steady shows its twist."""

    def add(self, low: float, high: float, energy: float, low_part: complex, high_part: complex) -> None:
        low_turn = high_turn = 0j
        if self._hits:
            last = self._hits[-1]
            low_turn = low_part * last.low_part.conjugate() * self._low_back
            high_turn = high_part * last.high_part.conjugate() * self._high_back
        self._hits = [*self._hits[1 - _KEPT :], _Hit(low, high, energy, low_part, high_part, low_turn, high_turn)]
        self._pure = self._pure + 1 if low + high >= _PURE_WINDOW * energy else 0
        self._length += 1
        if self._length <= _KEPT:
            self._within = self._within or self._came_out_of_quiet_within_wide_limits()
        elif self._within:
            self._within = self._within_wide_limits()

    @property
    def windows_late(self) -> int:
        """How many windows ago it was long enough for a digit."""
        return self._length - _HITS_FOR_DIGIT

    @property
    def loudest(self) -> _Hit:
        return max(self._hits, key=lambda hit: hit.power)

    @property
    def sums(self) -> tuple[float, float, float]:
        """Of the windows that are kept: the power of the lower tone, of the higher, and of everything."""
        hits = self._hits
        return sum(hit.low for hit in hits), sum(hit.high for hit in hits), sum(hit.energy for hit in hits)

    def is_digit(self) -> bool:
        """Surely one: within the strict limits, or within the wide ones, out of quiet, and longer than syllables."""
        return self._within_strict_limits() or (self._length >= _HITS_FOR_SURE and self.may_be_digit())

    def may_be_digit(self) -> bool:
        """Whether it is a digit if it ends in quiet."""
        low, high = sum(hit.low for hit in self._hits), sum(hit.high for hit in self._hits)
        return self._within and low < _CODED_LOW_LOUDER_IN_ALL * high and high < _CODED_HIGH_LOUDER_IN_ALL * low

    def is_quiet(self, energy: float) -> bool:
        """Whether a window of this energy is quiet against this run."""
        return energy <= _QUIET * max(hit.energy for hit in self._hits)

    def _within_strict_limits(self) -> bool:
        hits = self._hits[-self._pure :]
        if min(self._pure, len(hits)) < _HITS_FOR_DIGIT:
            return False
        least = _NEAR_PEAK * max(hit.power for hit in hits)
        full = [hit for hit in hits if hit.power >= least]
        if len(full) < _HITS_FOR_DIGIT:
            return False
        low_off, high_off = _off_hz(hits[1:])  # The first has turned since a window that is not one of these.
        low = sum(hit.low for hit in full) / _kept(low_off)
        high = sum(hit.high for hit in full) / _kept(high_off)
        if low > _LOW_LOUDER * high or high > _HIGH_LOUDER * low:
            return False
        faults = (
            low_off / (_FREQUENCY_FAULT * self._low_hz),
            high_off / (_FREQUENCY_FAULT * self._high_hz),
            _impurity(low + high, full) / _IMPURITY_FAULT,
        )
        return sum(fault * fault for fault in faults) <= 1

    def _came_out_of_quiet_within_wide_limits(self) -> bool:
        enough = len(self._hits) >= _HITS_FOR_DIGIT
        return enough and self.is_quiet(self._quietest_before) and self._within_wide_limits()

    def _within_wide_limits(self) -> bool:
        hits = self._hits
        most_low, most_high = max(hit.low for hit in hits), max(hit.high for hit in hits)

        def filled(share: float) -> list[_Hit]:
            return [hit for hit in hits if hit.low >= share * most_low or hit.high >= share * most_high]

        full = filled(_CODED_NEAR_PEAK)
        if len(full) < _HITS_FOR_DIGIT:
            return False
        low_off, high_off = _off_hz(hits)
        low_kept, high_kept = _kept(low_off), _kept(high_off)
        twists = [hit.low / low_kept / (hit.high / high_kept) for hit in filled(_CODED_SURELY_FILLED)]
        if min(twists) > _CODED_LOW_LOUDER or max(twists) * _CODED_HIGH_LOUDER < 1:
            return False
        if (low_off / self._low_hz) ** 2 + (high_off / self._high_hz) ** 2 > _CODED_FREQUENCY_FAULT**2:
            return False
        power = sum(hit.low for hit in full) / low_kept + sum(hit.high for hit in full) / high_kept
        return _impurity(power, full) <= _IMPURITY_FAULT


def _impurity(power: float, hits: Sequence[_Hit]) -> float:
    """The share of these windows' energy that is not in their tones, which have this power."""
    return max(0.0, 1 - power / sum(hit.energy for hit in hits))


def _off_hz(hits: Sequence[_Hit]) -> tuple[float, float]:
    """How far the two tones are off."""
    low, high = sum(hit.low_turn for hit in hits), sum(hit.high_turn for hit in hits)
    return cmath.phase(low) / (2 * math.pi * _HOP_SECONDS), cmath.phase(high) / (2 * math.pi * _HOP_SECONDS)


def _kept(off_hz: float) -> float:
    """How much of a tone's power its filter still gives when the tone is this far off."""
    bins = off_hz * WINDOW / SAMPLE_RATE
    if abs(abs(bins) - 0.5) < 1e-3:
        return (math.pi / 4) ** 2
    return (math.cos(math.pi * bins) / (1 - 4 * bins * bins)) ** 2

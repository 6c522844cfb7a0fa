"""Compares what was sent with what was heard: level, loss, delay, echo, frames lost, and how alike the two are.

Pure functions over samples at 8 kHz. `sent` is what went in. `heard` is all that came out; it begins earlier and ends
later. test_measure.py tries them with signals of which everything is known.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hw.audio import FRAME_SAMPLES, FULL_SCALE, FULL_SCALE_SINE_DBM0, SAMPLE_RATE, Samples

Wave = npt.NDArray[np.float64]

ALIKE = 0.5
"""From this likeness on, 20 ms of noise count as arrived. What did not come is below 0.3, what came noisy above 0.8."""


class NothingHeard(ValueError):
    """What was sent is not found in what was heard."""


@dataclass(frozen=True, slots=True)
class Lag:
    """What was sent begins so many samples into what was heard; likeness: the normalised correlation, 0 to 1."""

    samples: int
    likeness: float

    @property
    def ms(self) -> float:
        return 1000 * self.samples / SAMPLE_RATE


def lag(sent: Samples, heard: Samples) -> Lag:
    """Where in `heard` all of `sent` fits best."""
    if len(heard) < len(sent) or not sent.any():
        raise NothingHeard(f"{len(heard)} samples cannot hold {len(sent)}")
    return _best(_wave(sent), _wave(heard))


def tone_dbm0(samples: Samples, hertz: float) -> float:
    """The level of this frequency alone, of a tone that sounds throughout."""
    window = np.hanning(len(samples))
    turn = np.exp(-2j * np.pi * hertz * np.arange(len(samples)) / SAMPLE_RATE)
    peak = 2 * abs(np.dot(_wave(samples) * window, turn)) / window.sum()
    return 20 * math.log10(max(peak, 1e-3) / FULL_SCALE) + FULL_SCALE_SINE_DBM0


def loss_db(sent: Samples, heard: Samples) -> float:
    """How much weaker what was sent arrives, in dB. Only what is alike counts, not the noise of the line."""
    found = lag(sent, heard)
    part = _wave(heard)[found.samples : found.samples + len(sent)]
    wave = _wave(sent)
    gain = abs(np.dot(part, wave)) / np.dot(wave, wave)
    return -20 * math.log10(gain) if gain else math.inf


def echo_return_loss_db(sent: Samples, back: Samples, before: Samples) -> float:
    """How far the echo is below what was sent. back: what was heard meanwhile. before: heard while nothing was sent.

    The line's own noise is subtracted. An echo too weak to be told from it counts as 10 dB below that noise.
    """
    noise = _power(before)
    echo = max(_power(back) - noise, noise / 10, 1e-3)
    return 10 * math.log10(_power(sent) / echo)


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of a stream of noise, frame by frame.

    lost: how many frames never came. slips: how often the delay of the others changed. likeness: of each frame.
    moved: by how many samples each frame came later than the first.
    """

    lost: int
    slips: int
    likeness: tuple[float, ...]
    moved: tuple[int, ...]

    @property
    def frames(self) -> int:
        return len(self.likeness)

    @property
    def lost_percent(self) -> float:
        return 100 * self.lost / max(self.frames, 1)


def arrival(sent: Samples, heard: Samples, reach: int = 3 * FRAME_SAMPLES) -> Arrival:
    """Look for each frame of the noise at its place, within `reach` samples of the frame before."""
    first = _first_lag(sent, heard)
    wave, room = _wave(sent), _padded(heard, len(sent) + 2 * reach)
    at, lost, slips = first, 0, 0
    likeness: list[float] = []
    moved: list[int] = []
    for begin in range(0, len(sent) - FRAME_SAMPLES + 1, FRAME_SAMPLES):
        frame = wave[begin : begin + FRAME_SAMPLES]
        here = _likeness(frame, room[max(begin + at, 0) :][:FRAME_SAMPLES])
        if here < ALIKE:
            low = max(begin + at - reach, 0)
            found = _best(frame, room[low : begin + at + reach + FRAME_SAMPLES])
            if found.likeness >= ALIKE:
                here, at, slips = found.likeness, low + found.samples - begin, slips + 1
        lost += here < ALIKE
        likeness.append(here)
        moved.append(at - first)
    return Arrival(lost, slips, tuple(likeness), tuple(moved))


@dataclass(frozen=True, slots=True)
class Match:
    """How alike a recording is to what was sent, sample by sample, once the two are aligned."""

    gain_db: float
    """How much louder it is on the whole."""
    snr_db: float
    """The power of what was sent over that of all that differs from it."""
    equal_percent: float
    """The share of samples that have the same code of ITU-T G.711, or the next one."""
    missing_s: float
    """How much of what was sent is not found."""
    moved_ms: float
    """How much later the end comes than the beginning, against what was sent."""
    expected: Wave
    """What was sent, as the line would change it, for a picture."""
    difference: Wave
    """What differs from that."""


STRETCH = 1600
"""Samples aligned at a time. A gateway may drop or add a few between two of them."""

QUIET = 1e-4
"""A stretch whose mean power is 40 dB below the highest peak is a pause, in which there is nothing to compare."""

BETTER = 0.1
"""How much more alike another place must be for a stretch to have moved there. An echo makes places beside the right
one alike as well."""

TAPS = 24
"""How many taps to either side the filter has that does what the line does to all sounds alike."""


def compare(sent: Samples, heard: Samples) -> Match:
    """Align the two, undo what a line does to all sounds alike (loss, delay, spectrum, echoes), and compare them."""
    first, wave = _first_lag(sent, heard), _wave(sent)
    room = _padded(heard, len(sent) + STRETCH)
    at, missing, moves = first, 0, [0]
    runs: list[list[tuple[Wave, Wave]]] = [[]]
    quiet = float(np.max(wave**2)) * QUIET
    for begin in range(0, len(sent) - STRETCH + 1, STRETCH):
        stretch = wave[begin : begin + STRETCH]
        if _power(stretch) < quiet:
            continue
        low = max(begin + at - STRETCH // 2, 0)
        here = _likeness(stretch, room[max(begin + at, 0) :][:STRETCH])
        found = _best(stretch, room[low : begin + at + STRETCH + STRETCH // 2])
        if max(here, found.likeness) < ALIKE:
            missing += STRETCH
            continue
        if found.likeness > here + BETTER:
            at = low + found.samples - begin
            moves.append(at - first)
            runs.append([])
        runs[-1].append((stretch, room[begin + at : begin + at + STRETCH]))
    pairs = [pair for run in runs for pair in run]
    if not pairs:
        raise NothingHeard("not a fifth of a second is alike")
    through = [_through_the_line(run) for run in runs if run]
    expected = np.concatenate([one for one, _ in through])
    difference = np.concatenate([got for _, got in through]) - expected
    gain = math.sqrt(_power(expected) / _power(np.concatenate([stretch[TAPS:-TAPS] for stretch, _ in pairs])))
    steps = np.abs(g711(expected) - g711(expected + difference))
    return Match(
        20 * math.log10(gain),
        10 * math.log10(_power(expected) / max(_power(difference), 1e-3)),
        100 * float(np.mean(steps <= 1)),
        missing / SAMPLE_RATE,
        1000 * moves[-1] / SAMPLE_RATE,
        expected,
        difference,
    )


def g711(samples: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """The µ-law codes of samples, counted from the loudest negative to the loudest positive, so that neighbours differ
    by 1."""
    clipped = np.clip(np.rint(samples), -FULL_SCALE, FULL_SCALE)
    magnitude = np.minimum(np.abs(clipped), 32635) + 132
    segment = np.floor(np.log2(magnitude)).astype(np.int64) - 7
    step = np.floor(magnitude / 2.0 ** (segment + 3)).astype(np.int64) - 16
    code = segment * 16 + step
    signed: npt.NDArray[np.int64] = np.where(clipped < 0, -code, code)
    return signed


def _through_the_line(pairs: list[tuple[Wave, Wave]]) -> tuple[Wave, Wave]:
    """What the best linear filter makes of each stretch sent, beside what was heard of it; without their edges."""
    rows = np.concatenate([_shifted(stretch) for stretch, _ in pairs])
    got = np.concatenate([heard[TAPS:-TAPS] for _, heard in pairs])
    size = rows.shape[1]
    square = rows.T @ rows
    square += np.eye(size) * 1e-6 * np.trace(square) / size
    filter_taps = np.linalg.solve(square, rows.T @ got)
    expected: Wave = rows @ filter_taps
    return expected, got


def _shifted(stretch: Wave) -> Wave:
    rows: Wave = np.lib.stride_tricks.sliding_window_view(stretch, 2 * TAPS + 1)
    return rows


def _first_lag(sent: Samples, heard: Samples) -> int:
    """Where what was sent begins, by its loudest second, so that a loss in the middle does not matter."""
    size = min(len(sent), SAMPLE_RATE)
    starts = range(0, len(sent) - size + 1, max(size // 2, 1))
    best: tuple[float, int] = (0.0, 0)
    for start in starts:
        part = sent[start : start + size]
        if len(heard) < size or not part.any():
            continue
        found = _best(_wave(part), _wave(heard))
        best = max(best, (found.likeness, found.samples - start))
        if found.likeness > 0.8:
            break
    if best[0] < ALIKE / 2:
        raise NothingHeard(f"the likeness is {best[0]:.2f} at best")
    return best[1]


def _best(sent: Wave, heard: Wave) -> Lag:
    """By correlation over FFTs, each place weighed by its own energy. Its sign does not matter: a pair may be turned
    round."""
    places = len(heard) - len(sent) + 1
    if places <= 0:
        return Lag(0, 0.0)
    size = 1 << (len(heard) - 1).bit_length()
    match = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(sent, size)), size)[:places]
    sums = np.concatenate([[0.0], np.cumsum(heard**2)])
    energy = sums[len(sent) :] - sums[: -len(sent)]
    floor = max(float(np.dot(sent, sent)) * 1e-6, 1.0)
    likeness = np.abs(match) / np.sqrt(np.maximum(energy, floor) * max(float(np.dot(sent, sent)), 1.0))
    place = int(np.argmax(likeness))
    return Lag(place, float(likeness[place]))


def _likeness(one: Wave, other: Wave) -> float:
    if len(one) != len(other):
        return 0.0
    both = math.sqrt(float(np.dot(one, one)) * float(np.dot(other, other)))
    return abs(float(np.dot(one, other))) / both if both else 0.0


def _padded(heard: Samples, length: int) -> Wave:
    return np.concatenate([_wave(heard), np.zeros(length)])


def _power(samples: npt.NDArray[Any]) -> float:
    wave = _wave(samples)
    return float(np.mean(wave**2)) if len(wave) else 0.0


def _wave(samples: npt.NDArray[Any]) -> Wave:
    return samples.astype(np.float64)

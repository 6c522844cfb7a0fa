"""From a voice's raw speech to a clip for the telephone: trimmed, band-limited, at one speech level, never clipped.

The level is an active speech level after the idea of ITU-T P.56: the power while somebody speaks, pauses left out. It
is not P.56's procedure: the threshold 15.9 dB below the result and the hangover of 200 ms are its own, but the
envelope is a mean over 30 ms, and the level is found by iteration instead of from a bank of thresholds.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from hw.audio import FULL_SCALE, SAMPLE_RATE, Samples, decibels, sine_peak
from hw.dsp.resample import resample

SPEECH_DBM0: Final = -18.0
SENTENCE_GAP_MS: Final = 220
"""Between the sentences of one clip; no silence inside a sentence is longer either."""

_PEAK_DBFS: Final = -1.0
_MARGIN_DB: Final = 15.9
_HANGOVER_MS: Final = 200
_ENVELOPE_MS: Final = 30
_QUIET_DB: Final = 38.0
"""Below the loudest moment by this much is silence; an f or th at the edge of a word stays above it."""
_EDGE_MS: Final = 20
_BAND_HZ: Final = ((80.0, 140.0), (3500.0, 3850.0))
"""Where the pass band fades in and out: nothing at 0 Hz, nothing near the Nyquist frequency."""

Wide = npt.NDArray[np.float64]


def active_level_dbm0(samples: Samples) -> float:
    """The level in dBm0 while there is speech; -96 where there is none."""
    power = samples.astype(np.float64) ** 2
    envelope = _smooth(power, _ENVELOPE_MS * SAMPLE_RATE // 1000)
    active = np.ones(len(power), dtype=bool)
    reference = sine_peak(0.0) ** 2 / 2
    level = 0.0
    for _ in range(20):
        if not active.any() or not power[active].any():
            return -96.0
        previous, level = level, float(power[active].mean())
        if level == previous:
            break
        active = _held(envelope > level * 10 ** (-_MARGIN_DB / 10), _HANGOVER_MS * SAMPLE_RATE // 1000)
    return float(10 * np.log10(level / reference))


def clip_of(sentences: Sequence[Samples], rate: int) -> Samples:
    """One clip of 8 kHz from a voice's sentences at `rate` Hz. Speech without any sound becomes 20 ms of silence."""
    gap = np.zeros(SENTENCE_GAP_MS * SAMPLE_RATE // 1000)
    pieces: list[Wide] = []
    for sentence in sentences:
        wide = _closed_up(_band_limited(resample(_headroom(sentence), rate, SAMPLE_RATE).astype(np.float64)))
        if len(wide):
            pieces += [gap, wide] if pieces else [wide]
    if not pieces:
        return np.zeros(SAMPLE_RATE // 50, dtype=np.int16)
    return _levelled(np.concatenate(pieces))


def recorded_clip(samples: Samples) -> Samples:
    """One clip of 8 kHz from a recording of somebody at 8 kHz: its own pauses stay, the quiet at both ends goes.

    Without any sound it is empty.
    """
    wide = _trimmed(_limited_in_blocks(samples.astype(np.float64)))
    return _levelled(wide) if wide.any() else np.zeros(0, dtype=np.int16)


def _headroom(samples: Samples) -> Samples:
    """Half as loud, so that resampling cannot push a peak over full scale."""
    return np.right_shift(samples, 1)


def _band_limited(wide: Wide) -> Wide:
    padding = SAMPLE_RATE // 20
    spectrum = np.fft.rfft(np.concatenate([wide, np.zeros(padding)]))
    hertz = np.linspace(0, SAMPLE_RATE / 2, len(spectrum))
    (low, low_full), (high_full, high) = _BAND_HZ
    rising = np.clip((hertz - low) / (low_full - low), 0, 1)
    falling = np.clip((high - hertz) / (high - high_full), 0, 1)
    shape = np.sin(np.pi / 2 * rising) ** 2 * np.sin(np.pi / 2 * falling) ** 2
    limited: Wide = np.fft.irfft(spectrum * shape, len(wide) + padding)[: len(wide)]
    return limited


def _limited_in_blocks(wide: Wide) -> Wide:
    """The same for minutes of sound, whose spectrum as a whole would take hundreds of megabytes.

    Each block is limited with half a second more on either side, which is many times as long as the filter rings.
    """
    block, more = 30 * SAMPLE_RATE, SAMPLE_RATE // 2
    blocks: list[Wide] = []
    for at in range(0, len(wide), block):
        first = max(0, at - more)
        blocks.append(_band_limited(wide[first : at + block + more])[at - first :][:block])
    return np.concatenate(blocks) if blocks else wide


def _closed_up(wide: Wide) -> Wide:
    """Without the quiet at both ends but for a short edge, faded so that no join clicks, and no long pause inside."""
    envelope = _smooth(wide**2, SAMPLE_RATE // 100)
    if envelope.max(initial=0.0) < 1.0:
        return wide[:0]
    loud = _loud(envelope)
    longest = SENTENCE_GAP_MS * SAMPLE_RATE // 1000
    surplus = [
        np.arange(before + longest // 2, after - longest // 2)
        for before, after in pairwise(loud)
        if after - before > longest
    ]
    first, last = _ends(loud)
    return _faded(np.delete(wide[:last], np.concatenate([np.arange(first), *surplus]).astype(int)))


def _trimmed(wide: Wide) -> Wide:
    """Without the quiet at both ends but for a short edge."""
    envelope = _smooth(wide**2, SAMPLE_RATE // 100)
    if envelope.max(initial=0.0) < 1.0:
        return wide[:0]
    first, last = _ends(_loud(envelope))
    return _faded(wide[first:last].copy())


def _loud(envelope: Wide) -> npt.NDArray[np.intp]:
    """Where it is not silent."""
    return np.flatnonzero(envelope > envelope.max() * 10 ** (-_QUIET_DB / 10))


def _ends(loud: npt.NDArray[np.intp]) -> tuple[int, int]:
    """From where to where there is sound, with a short edge."""
    edge = _EDGE_MS * SAMPLE_RATE // 1000
    return max(0, int(loud[0]) - edge), int(loud[-1]) + edge


def _faded(wide: Wide) -> Wide:
    """Faded in and out, so that no join clicks."""
    fade = np.sin(np.linspace(0, np.pi / 2, min(_EDGE_MS * SAMPLE_RATE // 2000, len(wide)))) ** 2
    wide[: len(fade)] *= fade
    wide[-len(fade) :] *= fade[::-1]
    return wide


def _levelled(wide: Wide) -> Samples:
    """At the speech level of all clips; a clip whose peaks would pass the limit stays quieter."""
    loudest = wide * (FULL_SCALE / np.abs(wide).max())
    gain = decibels(SPEECH_DBM0 - active_level_dbm0(np.rint(loudest).astype(np.int16)))
    levelled: Samples = np.rint(loudest * min(gain, decibels(_PEAK_DBFS))).astype(np.int16)
    return levelled


def _smooth(power: Wide, samples: int) -> Wide:
    """The mean over a window centred on each sample."""
    if not len(power):
        return power
    return np.convolve(power, np.full(samples, 1 / samples), "same")[: len(power)]


def _held(active: npt.NDArray[np.bool_], samples: int) -> npt.NDArray[np.bool_]:
    """Active for `samples` more after each end."""
    where = np.arange(len(active))
    last = np.maximum.accumulate(np.where(active, where, -samples - 1))
    return where - last <= samples

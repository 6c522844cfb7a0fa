"""Music on hold. The built-in one is made here: no recording of anybody's, and the same samples on every machine."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from appliance.media.player import Loop
from hw.audio import SAMPLE_RATE, Samples, decibels, level_dbm0

LEVEL_DBM0 = -20.0
"""A little below speech, so that it does not tire and leaves room for announcements."""

_BAR_SECONDS = 2.5
_STEPS = 8
_NOTE_SECONDS = 2.2
_PAD_SECONDS = 4.0
_OVERTONES = ((1, 1.0), (2, 0.3), (3, 0.08))

# MIDI note numbers; 60 is middle C. Each bar: C major seventh, A minor seventh, F major seventh, and so on home.
_CHORDS = (
    (60, 64, 67, 71),
    (57, 64, 67, 72),
    (53, 60, 65, 69),
    (55, 62, 65, 71),
    (52, 59, 67, 71),
    (57, 60, 64, 67),
    (50, 57, 65, 69),
    (55, 59, 65, 74),
)
_ARPEGGIO = (0, 2, 3, 1, 2, 3, 1, 2)
"""Which note of the chord each eighth plays, an octave up."""

_Wave = npt.NDArray[np.float32]


class HoldMusic:
    """What is heard on hold at this moment."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples

    def use(self, samples: Samples) -> None:
        """Let those who are put on hold from now on hear this. Whoever hears the other goes on hearing it."""
        self._samples = samples

    def loop(self) -> Loop:
        """For one who is put on hold: from the beginning, round and round."""
        return Loop(self._samples)


@cache
def hold_music() -> Samples:
    """Twenty seconds of soft chords at -20 dBm0 that end where they begin. Takes about 50 ms to compute."""
    bar = round(_BAR_SECONDS * SAMPLE_RATE)
    mix = np.zeros(bar * len(_CHORDS), dtype=np.float32)
    for number, chord in enumerate(_CHORDS):
        for note in chord:
            _add(mix, number * bar, 0.22 * _note(note, _PAD_SECONDS, attack=0.7, decay=1.2))
        for step, index in enumerate(_ARPEGGIO):
            strength = 1.0 if step == 0 else 0.7 + 0.1 * (step % 2)
            start = number * bar + step * bar // _STEPS
            _add(mix, start, strength * _note(chord[index] + 12, _NOTE_SECONDS, attack=0.012, decay=0.45))
    shaped = mix * np.float32(10000 / np.abs(mix).max())
    gain = decibels(LEVEL_DBM0 - level_dbm0(shaped.astype(np.int16)))
    music: Samples = np.rint(shaped * gain).astype(np.int16)
    return music


def _add(mix: _Wave, start: int, note: _Wave) -> None:
    """Add a note. What of it lasts beyond the end is added at the beginning, so that the loop has no seam."""
    fits = min(len(note), len(mix) - start)
    mix[start : start + fits] += note[:fits]
    mix[: len(note) - fits] += note[fits:]


def _note(midi: int, seconds: float, *, attack: float, decay: float) -> _Wave:
    """One soft note: a sine with two overtones that rises in `attack` seconds and dies away."""
    time = np.arange(round(seconds * SAMPLE_RATE), dtype=np.float32) / SAMPLE_RATE
    hertz = 440.0 * 2 ** ((midi - 69) / 12)
    wave = sum(strength * np.sin(2 * np.pi * hertz * order * time) for order, strength in _OVERTONES)
    envelope = np.minimum(time / attack, 1) * np.exp(-time / decay) * np.minimum((seconds - time) / 0.05, 1)
    return (wave * envelope).astype(np.float32)

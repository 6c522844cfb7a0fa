"""Makes the samples of a tone."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from hw.audio import FRAME_SAMPLES, FULL_SCALE, SAMPLE_RATE, Frame, Samples, sine_peak
from hw.tones.toneplan import Segment, Tone

MODULATION_DEPTH = 0.85
"""How deep amplitude-modulated tones are modulated. No source gives a depth; 0.85 stays clear of overmodulation."""

_STRETCH = SAMPLE_RATE
"""Samples computed at once: a steady sound is worked out a second at a time. One second holds whole periods of every
whole number of Hz, so a sound of whole Hz is computed once and then repeats without a phase jump."""


def _sound(segment: Segment, start: int, count: int) -> Samples:
    """`count` samples of an endless sound from its sample `start` on; its phases are all 0 at sample 0."""
    seconds = np.arange(start, start + count, dtype=np.float64) / SAMPLE_RATE
    wave = np.zeros(count)
    for hertz in segment.frequencies:
        wave += np.sin(2 * np.pi * hertz * seconds)
    if segment.modulation is not None:
        wave *= 1 + MODULATION_DEPTH * np.sin(2 * np.pi * segment.modulation * seconds)
    wave *= sine_peak(segment.dbm0)
    return np.clip(np.rint(wave), -FULL_SCALE, FULL_SCALE).astype(np.int16)


class ToneGenerator:
    """The samples of a tone from its beginning, without end. Phases run on within a burst and from burst to burst.

    A tone never ends: it either repeats, or its last segment lasts for ever (see `Tone`).
    """

    def __init__(self, tone: Tone) -> None:
        self._tone = tone
        self._index = 0
        self._left = self._samples_of(0)
        self._position = 0
        self._stretches: dict[Segment, tuple[int, Samples]] = {}

    def take(self, count: int) -> Samples:
        """The next `count` samples."""
        taken: Samples = np.zeros(count, dtype=np.int16)
        filled = 0
        while filled < count:
            step = count - filled
            if self._left is not None:
                if not self._left:
                    self._advance()
                    continue
                step = min(step, self._left)
                self._left -= step
            segment = self._tone.segments[self._index]
            if segment.frequencies:
                self._fill(segment, taken[filled : filled + step])
            self._position += step
            filled += step
        return taken

    def next(self) -> Frame:
        """The next frame."""
        return self.take(FRAME_SAMPLES)

    def _advance(self) -> None:
        self._index += 1
        if self._index == len(self._tone.segments):
            self._index = self._tone.repeat_from or 0
        self._left = self._samples_of(self._index)

    def _samples_of(self, index: int) -> int | None:
        seconds = self._tone.segments[index].seconds
        return None if seconds is None else round(seconds * SAMPLE_RATE)

    def _fill(self, segment: Segment, room: npt.NDArray[np.int16]) -> None:
        filled = 0
        while filled < len(room):
            samples = self._stretch(segment, (self._position + filled) // _STRETCH)
            offset = (self._position + filled) % _STRETCH
            step = min(len(room) - filled, _STRETCH - offset)
            room[filled : filled + step] = samples[offset : offset + step]
            filled += step

    def _stretch(self, segment: Segment, number: int) -> Samples:
        """Second `number` of this sound; the same samples for every second where all frequencies are whole."""
        parts = (*segment.frequencies, segment.modulation or 0.0)
        if all(part.is_integer() for part in parts):
            number = 0
        kept = self._stretches.get(segment)
        if kept is None or kept[0] != number:
            kept = (number, _sound(segment, number * _STRETCH, _STRETCH))
            self._stretches[segment] = kept
        return kept[1]


def tone_samples(tone: Tone, seconds: float) -> Samples:
    """The first `seconds` of a tone."""
    return ToneGenerator(tone).take(round(seconds * SAMPLE_RATE))

"""The speech in a recording: where somebody speaks, in pieces that a recogniser takes at once.

Recognisers of the kind used here invent words for silence, clicks and tones, so they are never given any.
"""

from __future__ import annotations

import numpy as np

from hw.audio import FRAME_SAMPLES, FRAME_SECONDS, SAMPLE_RATE, Samples
from hw.level import VoiceReceiver

LEAST_SECONDS = 0.6
"""Less speech than this in a whole recording is no word."""
LONGEST_SECONDS = 28.0
"""Of one piece; the recogniser looks at 30 s at once."""
AROUND_SECONDS = 0.3
"""What is kept before and behind each stretch of speech, so that no first or last sound is lost."""
PAUSE_SECONDS = 1.0
"""A longer pause between two stretches is shortened to this."""


def pieces(recording: Samples) -> list[Samples]:
    """What is said in a recording of 8 kHz, in pieces of LONGEST_SECONDS at most; none where next to nothing is."""
    spans = spoken(recording)
    if sum(end - start for start, end in spans) < (LEAST_SECONDS + _HANGOVER_SECONDS * len(spans)) * SAMPLE_RATE:
        return []
    found: list[list[Samples]] = []
    length = 0
    for start, end in spans:
        for part in _cut(recording[start:end]):
            if not found or length + len(part) > LONGEST_SECONDS * SAMPLE_RATE:
                found.append([])
                length = 0
            found[-1] += [part, np.zeros(round(PAUSE_SECONDS / 2 * SAMPLE_RATE), dtype=np.int16)]
            length += len(part) + round(PAUSE_SECONDS / 2 * SAMPLE_RATE)
    return [np.concatenate(piece) for piece in found]


_HANGOVER_SECONDS = 0.3 + 2 * AROUND_SECONDS
"""What a span is longer than its speech: the receiver's own hangover, and what is kept around it."""


def spoken(recording: Samples) -> list[tuple[int, int]]:
    """Where somebody speaks, as spans of samples, with what is kept around each. Spans that touch are one."""
    voice = VoiceReceiver()
    frames = [recording[at : at + FRAME_SAMPLES] for at in range(0, len(recording) - FRAME_SAMPLES + 1, FRAME_SAMPLES)]
    around = round(AROUND_SECONDS / FRAME_SECONDS)
    spans: list[tuple[int, int]] = []
    for number, frame in enumerate(frames):
        if voice.feed(frame):
            start, end = max(0, number - around), min(len(frames), number + 1 + around)
            if spans and spans[-1][1] >= start:
                spans[-1] = (spans[-1][0], end)
            else:
                spans.append((start, end))
    return [(start * FRAME_SAMPLES, end * FRAME_SAMPLES) for start, end in spans]


def _cut(part: Samples) -> list[Samples]:
    """A stretch without a pause that is too long at once, in parts."""
    longest = round(LONGEST_SECONDS * SAMPLE_RATE) // 2
    return [part[at : at + longest] for at in range(0, len(part), longest)]

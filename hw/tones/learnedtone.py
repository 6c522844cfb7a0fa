"""The tone by which a line's own exchange tells a hang-up, known so well that no other tone is taken for it.

Where the line test has measured how loud that tone comes in, it is told from the same tone on a third party's line,
which has come over further wires, and through a conference or a network: by its level, its frequencies, its lengths,
and the pauses, in which nothing is heard. With a third party's tone there is still somebody who breathes, and a room.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hw.audio import FRAME_SAMPLES, FULL_SCALE, FULL_SCALE_SINE_DBM0, decibels
from hw.tones.regulartone import ToneBurst
from hw.tones.toneplan import Segment, Tone

LEVEL_DB = 1.5
"""The level of a line's own tones changes by less: wires and exchange stay the same."""
HZ = 0.03
"""Of the middle of two frequencies, which shifts where a line weakens one of them more."""
LENGTH, LENGTH_S = 0.03, 0.012
"""Lengths may be off by so much, as a part and in seconds. Frames of 20 ms tell them to within some milliseconds."""
QUIET_DBM0 = -48.0
QUIET_BELOW_DB = 18.0
"""A pause is as quiet as this, and by so much below the tone: a line's own noise is, a room with people is not."""

_POWER_AT_0_DBM0 = FRAME_SAMPLES * FULL_SCALE**2 / 2 / 10 ** (FULL_SCALE_SINE_DBM0 / 10)


@dataclass(frozen=True, slots=True)
class _Expected:
    """One burst. seconds, pause_s: its length, and that of the pause before it. dbm0: all its power."""

    seconds: float
    pause_s: float
    hz: float
    dbm0: float

    def is_like(self, burst: ToneBurst) -> bool:
        lengths = _near(burst.seconds, self.seconds) and _near(burst.pause_s, self.pause_s)
        level = 10 * math.log10(burst.power / _POWER_AT_0_DBM0)
        return lengths and abs(burst.hz / self.hz - 1) <= HZ and abs(level - self.dbm0) <= LEVEL_DB


class LearnedTones:
    """tones: those by which the exchange tells a hang-up; only such with pauses can be told so well. dbm0: how loud the
    loudest burst of each is on the line, all its frequencies together."""

    def __init__(self, tones: Iterable[Tone], dbm0: float) -> None:
        cycles = (_cycle(tone, dbm0) for tone in tones)
        self._cycles = [cycle for cycle in cycles if cycle]
        most = min(QUIET_DBM0, dbm0 - QUIET_BELOW_DB)
        self._quiet = _POWER_AT_0_DBM0 * decibels(most) ** 2

    def are(self, heard: Sequence[ToneBurst]) -> bool:
        """Whether one cycle of a tone is one of them, from whichever burst it is counted."""
        if any(burst.pause_power > self._quiet for burst in heard):
            return False
        return any(
            len(cycle) == len(heard)
            and any(
                all(one.is_like(burst) for one, burst in zip(cycle[turn:] + cycle[:turn], heard, strict=True))
                for turn in range(len(cycle))
            )
            for cycle in self._cycles
        )


def _cycle(tone: Tone, dbm0: float) -> list[_Expected]:
    """The bursts of the shortest part that repeats; none where the tone is steady, or one sound follows another."""
    if tone.repeat_from is None:
        return []
    segments = tone.segments[tone.repeat_from :]
    powers = [_power_db(segment) for segment in segments if segment.frequencies]
    alternate = all(bool(segment.frequencies) != bool(index % 2) for index, segment in enumerate(segments))
    if not powers or not alternate or len(segments) % 2:
        return []
    bursts = [
        _Expected(
            segment.seconds or 0.0,
            segments[index - 1].seconds or 0.0,
            sum(segment.frequencies) / len(segment.frequencies),
            dbm0 + _power_db(segment) - max(powers),
        )
        for index, segment in enumerate(segments)
        if segment.frequencies
    ]
    return next(
        bursts[:length]
        for length in range(1, len(bursts) + 1)
        if len(bursts) % length == 0 and bursts == bursts[:length] * (len(bursts) // length)
    )


def _power_db(segment: Segment) -> float:
    return segment.dbm0 + 10 * math.log10(len(segment.frequencies))


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= LENGTH * other + LENGTH_S

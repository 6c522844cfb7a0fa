"""A tone of the exchange as it is measured: which frequencies, how long, how loud, and what repeats.

The sound is cut into stretches, by its power where it pauses, and by its pitch where one sound follows another without
a pause. What repeats is then looked for in their lengths.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from appliance.linedoctor.measuring.spectrum import Partial, partials
from hw.audio import SAMPLE_RATE, Floats, Samples, level_dbm0, seconds_of

BLOCK = 20
"""Samples: power is looked at 2.5 ms at a time."""
BLOCK_S = BLOCK / SAMPLE_RATE
BRIDGED_S = 0.03
"""Shorter gaps are the beats of two frequencies, or modulation."""
PAUSE_DB = 17.0
"""What is weaker than the loudest by this is a pause. The weaker bursts of some tones are 10 dB below the others."""
WEAKEST_DBM0 = -50.0
STEADY_S = 1.5
"""A stretch this long, with nothing behind it, is a steady tone. The longest burst of a cadence is 3 s (ringback)."""
LIKE_HZ = 4.0
SAME_LENGTH, SAME_LENGTH_S = 0.08, 0.012
"""Two lengths are the same that differ by no more than this part and these seconds."""
MOST_STEPS = 8
"""A cycle has no more stretches."""
RESOLVED_S = 0.2
"""In a burst this long the sidebands of a modulated tone can be seen."""
EDGE_S = 0.012
"""So much of both ends of a burst is left out where its frequencies are measured."""

_PITCH_WINDOW, _PITCH_HOP = 320, 40
_PITCH_STEP_HZ = 18.0


@dataclass(frozen=True, slots=True)
class ToneStep:
    """A stretch of a tone. partials: its frequencies, none in a pause. seconds: its length. dbm0: all its power."""

    partials: tuple[Partial, ...]
    seconds: float
    dbm0: float

    @property
    def frequencies(self) -> tuple[float, ...]:
        return tuple(one.hz for one in self.partials)


@dataclass(frozen=True, slots=True)
class MeasuredTone:
    """A tone: `lead` once, and then `steps` again and again, or, where there is one step alone, without end.

    cycles: how often the steps were heard whole.
    """

    steps: tuple[ToneStep, ...]
    lead: tuple[ToneStep, ...] = ()
    cycles: float = 1.0

    @property
    def steady(self) -> bool:
        return len(self.steps) == 1

    @property
    def dbm0(self) -> float:
        """The level of its loudest step."""
        return max(step.dbm0 for step in self.steps)

    @property
    def frequencies(self) -> tuple[float, ...]:
        """Those of its loudest step."""
        return max(self.steps, key=lambda step: step.dbm0).frequencies

    @property
    def seconds(self) -> tuple[float, ...]:
        """The lengths of its steps; none where it is steady."""
        return () if self.steady else tuple(step.seconds for step in self.steps)

    def __str__(self) -> str:
        """As the tone plan writes it: `425: 0.5/0.5`."""
        if self.steady:
            return _sound(self.steps[0])
        parts: list[str] = []
        for step in self.steps:
            if step.partials:
                parts.append(f"{_sound(step)}: {step.seconds:.3g}")
            elif parts:
                parts[-1] += f"/{step.seconds:.3g}"
        return ", ".join(parts)


def measure_tone(samples: Samples) -> MeasuredTone | None:
    """The tone in these samples; None where there is none. Of a cadence three cycles should be in them."""
    stretches = _stretches(samples)
    while stretches and not stretches[0].partials:
        stretches = stretches[1:]
    if not stretches:
        return None
    last = stretches[-1] if stretches[-1].partials else None
    if last is not None and last.seconds >= STEADY_S and not _repeats(stretches):
        return MeasuredTone((last,), _lead(stretches[:-1]))
    whole = stretches[:-1]  # The last is cut off by the end of the samples.
    if len(whole) < 2:
        return None
    return _cycle(whole)


def _lead(stretches: Sequence[ToneStep]) -> tuple[ToneStep, ...]:
    """The bursts just before a steady tone."""
    return tuple(stretches)


def _repeats(stretches: Sequence[ToneStep]) -> bool:
    """Whether the last stretch, so far, is one of a cadence whose like was there before."""
    last = stretches[-1]
    return any(
        earlier.partials and like(earlier, last) and earlier.seconds >= last.seconds * 0.95
        for earlier in stretches[:-2]
    )


def _cycle(stretches: Sequence[ToneStep]) -> MeasuredTone | None:
    """The steps that explain most of the last stretches, the fewest if there are several; averaged over all of them."""
    found: tuple[int, int] | None = None
    for length in range(2, min(MOST_STEPS, len(stretches)) + 1):
        explained = _explained(stretches, length)
        repeated = explained >= 2 * length or explained == len(stretches)
        if repeated and (found is None or explained > found[0]):
            found = explained, length
    if found is None:
        return None
    explained, length = found
    used = stretches[len(stretches) - explained :]
    steps = tuple(_mean(used[place::length]) for place in range(length))
    begin = _longest_pause_last(steps)
    return MeasuredTone(steps[begin:] + steps[:begin], cycles=explained / length)


def _explained(stretches: Sequence[ToneStep], length: int) -> int:
    """How many of the last stretches repeat with this many steps."""
    count = length
    for place in range(len(stretches) - 1 - length, -1, -1):
        one, other = stretches[place], stretches[place + length]
        if not like(one, other) or not _same_length(one.seconds, other.seconds):
            break
        count += 1
    return count


def _longest_pause_last(steps: Sequence[ToneStep]) -> int:
    """The place to begin with, so that the longest pause ends the cycle."""
    pauses = [place for place, step in enumerate(steps) if not step.partials]
    if not pauses:
        return 0
    return (max(pauses, key=lambda place: steps[place].seconds) + 1) % len(steps)


def _mean(steps: Sequence[ToneStep]) -> ToneStep:
    longest = max(steps, key=lambda step: step.seconds)
    seconds = sum(step.seconds for step in steps) / len(steps)
    return ToneStep(longest.partials, seconds, sum(step.dbm0 for step in steps) / len(steps))


def like(one: ToneStep, other: ToneStep) -> bool:
    """Whether both are a pause, or sound alike: the strongest frequency of each is one of the other's."""
    if not one.partials or not other.partials:
        return not one.partials and not other.partials
    if abs(one.dbm0 - other.dbm0) > 5:
        return False
    if min(one.seconds, other.seconds) >= RESOLVED_S and len(one.partials) != len(other.partials):
        return False
    return _has(one, other) and _has(other, one)


def _has(one: ToneStep, other: ToneStep) -> bool:
    strongest = max(one.partials, key=lambda partial: partial.dbm0)
    slack = LIKE_HZ + 1 / min(one.seconds, other.seconds)
    return any(abs(partial.hz - strongest.hz) <= slack for partial in other.partials)


def _same_length(one: float, other: float) -> bool:
    return abs(one - other) <= SAME_LENGTH * max(one, other) + SAME_LENGTH_S


def _stretches(samples: Samples) -> list[ToneStep]:
    """The sound cut into tones and pauses. What is no tone, as a click or speech, counts as a pause."""
    sounding = _sounding(samples)
    found: list[ToneStep] = []
    for on, begin, end in _runs(sounding):
        parts = _by_pitch(samples[begin * BLOCK : end * BLOCK]) if on else []
        for part in parts or [samples[begin * BLOCK : end * BLOCK]]:
            _append(found, _step(part, on))
    return found


def _append(found: list[ToneStep], step: ToneStep) -> None:
    """Add a stretch; one that sounds as the last does belongs to it."""
    if found and not found[-1].partials and not step.partials:
        last = found.pop()
        step = ToneStep((), last.seconds + step.seconds, max(last.dbm0, step.dbm0))
    found.append(step)


def _step(samples: Samples, on: bool) -> ToneStep:
    if not on:
        return ToneStep((), seconds_of(samples), level_dbm0(samples))
    edge = round(min(EDGE_S * SAMPLE_RATE, len(samples) / 5))
    inner = samples[edge : len(samples) - edge]
    return ToneStep(partials(inner[: 2 * SAMPLE_RATE]), seconds_of(samples), level_dbm0(inner))


def _sounding(samples: Samples) -> list[bool]:
    """For each block whether there is sound, short gaps bridged."""
    blocks = samples[: len(samples) // BLOCK * BLOCK].astype(np.float32).reshape(-1, BLOCK)
    if not len(blocks):
        return []
    power = (blocks * blocks).mean(axis=1)
    weakest = 10 ** ((WEAKEST_DBM0 - 6.15) / 10) * 32767.0**2
    loud = float(np.quantile(power, 0.98))
    if loud < weakest:
        return [False] * len(power)
    threshold = max(loud * 10 ** (-PAUSE_DB / 10), weakest)
    return _bridged((power > threshold).tolist())


def _bridged(on: list[bool]) -> list[bool]:
    """Gaps that are too short for a pause are sound, and clicks that are too short for a burst are none."""
    for value in (True, False):
        for is_on, begin, end in _runs(on):
            inside = begin > 0 and end < len(on)
            if is_on is not value and inside and (end - begin) * BLOCK_S < BRIDGED_S:
                on[begin:end] = [value] * (end - begin)
    return on


def _runs(on: Sequence[bool]) -> list[tuple[bool, int, int]]:
    edges = [0, *(place + 1 for place, (one, other) in enumerate(pairwise(on)) if one != other), len(on)]
    return [(on[begin], begin, end) for begin, end in pairwise(edges) if end > begin]


def _by_pitch(samples: Samples) -> list[Samples]:
    """A burst cut where its pitch changes; empty where it does not."""
    if len(samples) < 3 * _PITCH_WINDOW:
        return []
    pitch = _pitch(samples)
    reach = _PITCH_WINDOW // _PITCH_HOP
    jumps = np.abs(pitch[reach:] - pitch[:-reach])
    cuts: list[int] = []
    place = 0
    while place < len(jumps):
        if jumps[place] <= _PITCH_STEP_HZ:
            place += 1
            continue
        end = place
        while end < len(jumps) and jumps[end] > _PITCH_STEP_HZ:
            end += 1
        if end - place >= 3:
            cuts.append(((place + end - 1) // 2 + reach // 2) * _PITCH_HOP + _PITCH_WINDOW // 2)
        place = end
    edges = [0, *cuts, len(samples)]
    return [samples[begin:end] for begin, end in pairwise(edges)] if cuts else []


def _pitch(samples: Samples) -> Floats:
    """The middle frequency, weighed by power, of 40 ms around every 5 ms."""
    windows = np.lib.stride_tricks.sliding_window_view(samples, _PITCH_WINDOW)[::_PITCH_HOP]
    power = np.abs(np.fft.rfft(windows * np.hanning(_PITCH_WINDOW), axis=1)) ** 2
    hertz = np.arange(power.shape[1]) * SAMPLE_RATE / _PITCH_WINDOW
    power[:, hertz < 200] = 0
    power[:, hertz > 2000] = 0
    power[power < power.max(axis=1, keepdims=True) / 50] = 0
    middle: Floats = ((power @ hertz) / power.sum(axis=1)).astype(np.float32)
    return middle


def _sound(step: ToneStep) -> str:
    return "+".join(f"{one.hz:.0f}" for one in step.partials)

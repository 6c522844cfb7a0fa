"""A guess at what is being heard: that a certain clip began at a certain sample. It is followed until the clip ends or
is cut off."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

import numpy as np

from appliance.ear.clipbook import PRE_EMPHASIS, KnownClip, lift
from hw.audio import SAMPLE_RATE, Floats

CHUNK = 800
"""Samples compared at a time: 100 ms."""

_ALIKE = 0.5
"""The least correlation of a chunk that agrees with the clip."""
_LOST_CHUNKS = 3
"""After so many chunks that do not agree, the sound has shifted or the clip was cut off."""
_SLIP = 320
"""How many samples the sound may shift: 40 ms."""


class FollowState(Enum):
    FOLLOWING = "following"
    COMPLETE = "complete"
    CUT = "cut"


class Tape:
    """What was heard lately, after pre-emphasis, by sample numbers that count from the beginning.

    What is older than `keep_seconds` reads as silence. end: the number of samples so far.
    """

    def __init__(self, keep_seconds: float = 20.0) -> None:
        self._keep = int(keep_seconds * SAMPLE_RATE)
        self._sound: Floats = np.zeros(2 * self._keep, np.float32)
        self._begin = 0
        self.end = 0
        self._last = 0.0

    def append(self, samples: np.ndarray[tuple[int], np.dtype[np.int16]]) -> None:
        """Add these samples, at most `keep_seconds` of them at once."""
        lifted = lift(samples)
        lifted[0] -= PRE_EMPHASIS * self._last
        self._last = float(samples[-1])
        at = self.end - self._begin
        if at + len(lifted) > len(self._sound):
            self._sound[: self._keep] = self._sound[at - self._keep : at].copy()
            self._begin = self.end - self._keep
            at = self._keep
        self._sound[at : at + len(lifted)] = lifted
        self.end += len(lifted)

    def take(self, begin: int, end: int) -> Floats:
        """The samples from `begin` to `end`; zeros where there are none yet, or none any more."""
        lo, hi = max(begin, self._begin), min(end, self.end)
        if lo == begin and hi == end:
            return self._sound[begin - self._begin : end - self._begin]
        sound = np.zeros(max(end - begin, 0), np.float32)
        if hi > lo:
            sound[lo - begin : hi - begin] = self._sound[lo - self._begin : hi - self._begin]
        return sound


@dataclass(slots=True)
class Guess:
    """A clip that may be what is being heard."""

    clip: KnownClip
    """Which clip."""
    at: int
    """The sample number at which its first sample was heard."""
    begin: int
    """The first sample number of the sound that it explains so far."""
    end: int
    """The end of that."""
    noise: float
    """The mean square of the line's own noise."""
    state: FollowState = FollowState.FOLLOWING
    """Whether it is still being followed, or how it ended."""
    product: float = 0.0
    """The correlation of sound and clip over all that was compared."""
    agreed: int = 0
    """How many samples of that were audible and alike."""
    heard_energy: float = 0.0
    """The energy of the sound in them."""
    clip_energy: float = 0.0
    """The energy of the clip in them."""
    _lost: list[int] = field(default_factory=list)
    _slipped: bool = False
    """Whether it was moved since the last chunk that agreed."""

    @property
    def likeness(self) -> float:
        """The normalised correlation over all that was compared, from 0 to 1, with the line's own noise subtracted."""
        heard = max(self.heard_energy - self.noise * self.agreed, 0.6 * self.heard_energy)
        energy = heard * self.clip_energy
        return self.product / energy**0.5 if energy > 0 else 0.0

    @property
    def explained(self) -> float:
        """Seconds of sound explained."""
        return (self.end - self.begin) / SAMPLE_RATE

    @property
    def first(self) -> int:
        return self.at + self.clip.first

    @property
    def last(self) -> int:
        return self.at + self.clip.last

    def extend_back(self, tape: Tape, limit: int) -> None:
        """Move `begin` back as far as sound and clip agree, but not before `limit`."""
        limit = max(limit, self.first)
        while self.begin > limit:
            lo = max(self.begin - CHUNK // 2, limit)
            heard = tape.take(lo, self.begin)
            clip = self.clip.sound[lo - self.at : self.begin - self.at]
            clip_energy = float(np.dot(clip, clip))
            if clip_energy > 0.01 * self.clip.level * len(clip):
                likeness = float(np.dot(heard, clip)) / (clip_energy * float(np.dot(heard, heard)) + 1e-9) ** 0.5
                if likeness < 0.4:
                    return
            self.begin = lo

    def follow(self, tape: Tape, until: int) -> None:
        """Go on comparing, up to sample `until` or the clip's end."""
        while self.state is FollowState.FOLLOWING:
            lo = self._lost[-1] + CHUNK if self._lost else self.end
            hi = min(lo + CHUNK, self.last)
            if lo >= self.last:
                self._finish(tape)
                return
            if hi > until:
                return
            if self._agrees(tape, lo, hi):
                self._lost.clear()
                self._slipped = False
                self.end = hi
            else:
                self._lost.append(lo)
                if len(self._lost) >= _LOST_CHUNKS and not self._slip(tape):
                    self._cut(tape)

    def _agrees(self, tape: Tape, lo: int, hi: int) -> bool:
        clip = self.clip.sound[lo - self.at : hi - self.at]
        heard = tape.take(lo, hi)
        clip_energy, heard_energy = float(np.dot(clip, clip)), float(np.dot(heard, heard))
        gain = self.product / self.clip_energy if self.clip_energy else 0.0
        expected = gain * gain * clip_energy
        if clip_energy > 0.003 * self.clip.level * len(clip) and expected > 2 * self.noise * len(clip):
            product = float(np.dot(clip, heard))
            if product < _ALIKE * (clip_energy * heard_energy) ** 0.5:
                return False
            self.agreed += hi - lo
            self.product += product
            self.clip_energy += clip_energy
            self.heard_energy += heard_energy
            return True
        loud = gain * gain * self.clip.level * 0.05 * len(clip)
        return heard_energy < max(loud, 4 * self.noise * len(clip), 4 * expected)

    def _finish(self, tape: Tape) -> None:
        if self._lost:
            # The end of the clip does not agree. If it is short, noise may cover it; otherwise the clip was cut off.
            if self.last - self._lost[0] > CHUNK:
                self._cut(tape)
                return
            self._lost.clear()
        self.end = self.last
        self.state = FollowState.COMPLETE

    def _slip(self, tape: Tape) -> bool:
        """Try whether the sound has shifted by up to 40 ms, as by a lost or repeated frame; whether it has.

        This is done only once until a chunk agrees again. A steady tone resembles itself a few periods further on, so
        that one tone could be shifted again and again to fit another.
        """
        if self._slipped:
            return False
        lo, hi = self._lost[0], self._lost[-1] + CHUNK
        clip = self.clip.sound[lo - self.at : hi - self.at]
        if len(clip) < CHUNK or not np.any(clip):
            return False
        heard = tape.take(lo - _SLIP, lo + len(clip) + _SLIP)
        match = np.correlate(heard, clip, "valid")
        best = int(match.argmax())
        there = heard[best : best + len(clip)]
        energy = float(np.dot(clip, clip)) * float(np.dot(there, there))
        if energy <= 0 or match[best] < 0.65 * energy**0.5:
            return False
        self.at += best - _SLIP
        self._lost.clear()
        self._slipped = True
        return True

    def _cut(self, tape: Tape) -> None:
        """Find where the clip was cut off, to 20 ms, around the first chunk that did not agree."""
        lost = self._lost[0]
        self.state = FollowState.CUT
        end = self.end
        for lo in range(max(lost - CHUNK, self.begin), min(lost + CHUNK, self.last) - 160, 160):
            clip = self.clip.sound[lo - self.at : lo - self.at + 160]
            heard = tape.take(lo, lo + 160)
            energy = float(np.dot(clip, clip)) * float(np.dot(heard, heard))
            if energy > 0 and float(np.dot(clip, heard)) > 0.6 * energy**0.5:
                end = lo + 160
        self.end = max(end, self.begin)

"""Recognises call-progress tones (dial, ringback, busy…) in the frames of a line.

The signal is cut into stretches in two ways. By its energy, 2.5 ms at a time: a tone's pauses are what is 15 dB weaker
than the loudest burst of its cadence, so that the noise of a line counts as a pause. And by its sound, 40 ms at a time,
where one sound follows another without a pause. What the cadence of the stretches means is decided in
hw/tones/cadence.py.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from hw.audio import FRAME_SAMPLES, FULL_SCALE, FULL_SCALE_SINE_DBM0, SAMPLE_RATE, SILENCE, Frame
from hw.level import Wave, measured
from hw.tones.cadence import CadenceReceiver, CadenceReport, HeardStretch, Pattern
from hw.tones.progresspatterns import junctions, patterns
from hw.tones.sounds import FINE_SAMPLES, TONAL, WINDOW_SAMPLES, SoundSet
from hw.tones.toneplan import TonePlan

WEAKEST_PROGRESS_DBM0 = -48.0
"""The weakest sound looked at, all its frequencies together."""

PAUSE_DB = 15.0
"""What is weaker than the tone by this is a pause of the tone."""

_BLOCK = 20
_BLOCKS = FRAME_SAMPLES // _BLOCK
_BLOCK_S = _BLOCK / SAMPLE_RATE
_BLOCK_SUM = np.ones(_BLOCK, dtype=np.float32)
_WINDOW_BLOCKS = WINDOW_SAMPLES // _BLOCK
_POWER_AT_0_DBM0 = FULL_SCALE**2 / 2 / 10 ** (FULL_SCALE_SINE_DBM0 / 10)
_WEAKEST = _BLOCK * _POWER_AT_0_DBM0 * 10 ** (WEAKEST_PROGRESS_DBM0 / 10)
_PAUSE = 10 ** (-PAUSE_DB / 10)

_BRIDGED_BLOCKS = 6
"""Gaps up to 15 ms do not end a stretch, as beats and modulation leave them; bursts as short are clicks."""
_CHECK_BLOCKS = 32
"""The unfinished stretch is looked at every 80 ms."""
_FORGET_BLOCKS = 400
"""After a pause of 1 s, if no cadence is being followed, weaker tones are looked for again."""
_JUMP = 12.0
"""A new stretch begins where the power is this many times that of the sound before."""
_SURE = 0.85
"""The least share of a window's energy in one sound's bands for the window to be that sound."""
_NEAREST = 0.95
"""The least share that a window's nearest sound must have of the energy in all sounds' bands."""
_STRAY_WINDOWS = 3
"""This many windows in a row of another kind begin a new stretch."""
_STRAY_BACK = 25
"""It began this many blocks before the end of the last of those windows, which overlap the change."""
_CHANGE_BACK = 15
"""The same where the new sound is recognised by one window."""
_OFTEN = 60
"""After this many frames of the same tone it is enough to look at every other frame."""

_FINE_FRAMES = FINE_SAMPLES // FRAME_SAMPLES

_OTHER, _TONE, _UNKNOWN = -1, -2, -3
"""What kind a window is, if not one of the sounds (by index) that may follow another without a pause."""


@lru_cache(maxsize=40)
def _compiled(plan: TonePlan) -> tuple[SoundSet, list[Pattern], list[int]]:
    sounds = SoundSet(plan)
    return sounds, patterns(plan, sounds), junctions(plan, sounds)


class ProgressReceiver:
    """Reports the tones of one country's plan.

    A tone with a cadence is reported with its cycles, a steady one with its whole seconds: each further cycle or second
    once, and 0 when the tone is over.

    Cycle 1 is reported when its pause is over and the next burst has begun, or after 1 s of a longer pause. Each
    further cycle is reported at the end of its last burst, and the special information tones at the end of the third.
    A tone that resembles another at first is reported, with all its cycles so far, once it can no longer be the other.
    An interruption ends a tone, and what follows is counted from 1. Tones that sound the same in a country have one
    name, see `progresspatterns.patterns`.
    """

    def __init__(self, plan: TonePlan) -> None:
        self._sounds, known, self._junctions = _compiled(plan)
        self._cadence = CadenceReceiver(known)
        self._window = np.zeros(WINDOW_SAMPLES, dtype=np.float32)
        self._recent = deque([SILENCE] * _FINE_FRAMES, maxlen=_FINE_FRAMES)
        self._threshold = _WEAKEST
        self._now = 0
        self._on = False
        self._contrary = 0
        self._reports: list[CadenceReport] = []
        self._kind, self._stray, self._windows, self._frames, self._energy = _UNKNOWN, 0, 0, 0, 0.0
        self._parts = np.zeros(self._sounds.vectors, dtype=np.float32)
        self._begin(0)

    def feed(self, frame: Frame) -> list[CadenceReport]:
        """The reports due after this frame: the tone's name and its cycles so far, 0 when it is over.

        The frame must not be changed afterwards.
        """
        self._recent.append(frame)
        heard = measured(frame)
        if self._on or self._contrary or heard.energy > self._threshold:
            self._listen(heard.wave)
        else:
            self._now += _BLOCKS
        if self._now - self._begun >= self._next_check:
            self._check()
        if not self._reports:
            return []
        reports, self._reports = self._reports, []
        return reports

    def _listen(self, wave: Wave) -> None:
        """Keep a frame for `_look`, which needs only those that are not wholly within a pause."""
        window = self._window
        window[:FRAME_SAMPLES] = window[FRAME_SAMPLES:]
        window[FRAME_SAMPLES:] = wave
        energies: list[float] = (wave * wave).reshape(_BLOCKS, _BLOCK).dot(_BLOCK_SUM).tolist()
        loudest = max(energies)
        steady = min(energies) > self._threshold if self._on else loudest <= self._threshold
        if steady and self._contrary == 0:
            self._now += _BLOCKS
        else:
            self._find_edges(energies)
        if self._on:
            if self._kind == _OTHER and loudest > _JUMP * self._background:
                self._find_jump(energies)
            if self._now - self._begun >= _WINDOW_BLOCKS and self._contrary < 3:
                self._frames += 1
                if self._frames % 2 or self._frames < _OFTEN or self._kind != _TONE or self._stray:
                    self._look()

    def _find_edges(self, energies: Sequence[float]) -> None:
        on, contrary, threshold = self._on, self._contrary, self._threshold
        for energy in energies:
            self._now += 1
            if (energy > threshold) == on:
                contrary = 0
                continue
            contrary += 1
            if contrary > _BRIDGED_BLOCKS:
                self._end(self._now - contrary)
                self._on = on = not on
                contrary = 0
        self._contrary = contrary

    def _find_jump(self, energies: Sequence[float]) -> None:
        """Begin a new stretch where the signal suddenly becomes much louder than the speech or noise before."""
        louder = [energy > _JUMP * self._background for energy in energies]
        first = louder.index(True)
        if first + 1 < _BLOCKS and louder[first + 1]:
            self._end(self._now - _BLOCKS + first)

    def _look(self) -> None:
        """Take the last 40 ms into account, which lie within one stretch, and see whether its sound has changed."""
        window = self._window
        energy = float(window.dot(window))
        parts = self._sounds.parts(window)
        kind = self._kind_of(self._sounds.energies(parts), energy)
        if self._kind == _UNKNOWN:
            self._kind = kind
        elif kind != self._kind:
            self._stray += 1
            if kind >= 0:
                self._end(max(self._begun, self._now - _CHANGE_BACK))
            elif self._stray >= _STRAY_WINDOWS:
                self._end(max(self._begun, self._now - _STRAY_BACK))
            else:
                return
            self._kind = kind
        self._stray = 0
        self._windows += 1
        if kind == _OTHER:
            self._background = energy / _WINDOW_BLOCKS
            self._threshold = _WEAKEST
        else:
            self._parts += parts
            self._energy += energy
            # A burst of no cadence followed is measured by itself: what was louder before has gone. The weaker bursts
            # of a cadence keep the threshold of the louder, or the noise in its pauses would be sound.
            anew = self._windows == 1 and not self._cadence.following
            known = _WEAKEST if anew else self._threshold
            self._threshold = max(known, energy / _WINDOW_BLOCKS * _PAUSE)

    def _kind_of(self, energies: list[float], energy: float) -> int:
        most = max(energies)
        if most < TONAL * energy:
            return _OTHER
        for index in self._junctions:
            if energies[index] >= _SURE * energy and energies[index] >= _NEAREST * most:
                return index
        return _TONE

    def _begin(self, at: int) -> None:
        self._begun = at
        self._next_check = _CHECK_BLOCKS
        self._kind = _UNKNOWN
        self._stray = 0
        self._windows = 0
        self._frames = 0
        self._parts = np.zeros(self._sounds.vectors, dtype=np.float32)
        self._energy = 0.0
        self._background = math.inf

    def _end(self, at: int) -> None:
        if at > self._begun:
            self._reports += self._cadence.ended(self._heard(at))
        self._begin(at)

    def _heard(self, until: int) -> HeardStretch:
        seconds = (until - self._begun) * _BLOCK_S
        if not self._on:
            return HeardStretch(0, seconds, silent=True)
        if self._kind == _OTHER or not self._windows:
            return HeardStretch(0, seconds)
        level = 10 * math.log10(self._energy / self._windows)
        return HeardStretch(self._sounds.coarse(self._parts, self._energy), seconds, level)

    def _check(self) -> None:
        self._next_check += _CHECK_BLOCKS
        self._reports += self._cadence.lasting(self._heard(self._now), self._fine)
        if not self._on and self._now - self._begun > _FORGET_BLOCKS and not self._cadence.following:
            self._threshold = _WEAKEST

    def _fine(self) -> int:
        return self._sounds.fine(np.concatenate(self._recent))

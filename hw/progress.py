"""Recognises call-progress tones (dial, ringback, busy…) in the frames of a line.

The signal is cut into stretches: by its energy, 2.5 ms at a time, where a tone's pauses are what is 15 dB weaker than
the loudest burst of its cadence (so a line's noise is a pause all the same); and by its sound, 40 ms at a time, where
one sound follows another without a pause. What the cadence of stretches means is a matter of hw/cadence.py.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from hw.audio import FRAME_SAMPLES, FULL_SCALE, FULL_SCALE_SINE_DBM0, SAMPLE_RATE, Frame
from hw.cadence import CadenceReceiver, Heard, Pattern, Report
from hw.progresspatterns import junctions, patterns
from hw.sounds import FINE_SAMPLES, TONAL, WINDOW_SAMPLES, SoundSet
from hw.toneplan import TonePlan

WEAKEST_DBM0 = -48.0
"""The weakest sound looked at, all its frequencies together."""

PAUSE_DB = 15.0
"""What is weaker than the tone by this is a pause of the tone."""

_BLOCK = 20
_BLOCKS = FRAME_SAMPLES // _BLOCK
_BLOCK_S = _BLOCK / SAMPLE_RATE
_WINDOW_BLOCKS = WINDOW_SAMPLES // _BLOCK
_POWER_AT_0_DBM0 = FULL_SCALE**2 / 2 / 10 ** (FULL_SCALE_SINE_DBM0 / 10)
_WEAKEST = _BLOCK * _POWER_AT_0_DBM0 * 10 ** (WEAKEST_DBM0 / 10)
_PAUSE = 10 ** (-PAUSE_DB / 10)

_BRIDGED_BLOCKS = 6  # 15 ms: beats and modulation leave such gaps, clicks such bursts
_CHECK_BLOCKS = 32  # the unfinished stretch is looked at every 80 ms
_FORGET_BLOCKS = 400  # after 1 s of pause, if no cadence is being followed, weaker tones are looked for again
_JUMP = 12.0  # in power: above the sound before, this begins a new stretch
_SURE = 0.85  # of a window's energy in one sound's bands
_NEAREST = 0.95  # of the energy in any sound's bands
_STRAY_WINDOWS = 3  # so many windows in a row of another kind begin a new stretch…
_OFTEN = 60  # after this many frames of the same tone every other frame is enough
_STRAY_BACK = 25  # …this many blocks ago; the windows overlap the change
_CHANGE_BACK = 15  # the same where the new sound is recognised at once

_OTHER, _TONE, _UNKNOWN = -1, -2, -3
"""What kind a window is, if not one of the sounds (by index) that may follow another without a pause."""


@lru_cache(maxsize=8)
def _compiled(plan: TonePlan) -> tuple[SoundSet, list[Pattern], list[int]]:
    sounds = SoundSet(plan)
    return sounds, patterns(plan, sounds), junctions(plan, sounds)


class ProgressReceiver:
    """Reports the tones of one country's plan.

    A tone with a cadence is reported with its cycles, a steady one with its whole seconds, each further cycle or
    second once, and 0 when it is over. Cycle 1 is reported when its pause is over and the next burst is there, or
    after 1 s of a longer pause; cycle n at the end of its last burst, its pause then having had the right length
    n - 1 times (the special information tones at the end of the third tone). A tone that resembles another at first
    is reported, with all its cycles so far, when it can no longer be the other. An interruption ends the tone; it
    is then counted anew. Tones that are the same in a country have one name, see `progresspatterns.patterns`.
    """

    def __init__(self, plan: TonePlan) -> None:
        self._sounds, known, self._junctions = _compiled(plan)
        self._cadence = CadenceReceiver(known)
        self._window = np.zeros(WINDOW_SAMPLES, dtype=np.float32)
        self._blocks = self._window[FRAME_SAMPLES:].reshape(_BLOCKS, _BLOCK)
        self._recent = np.zeros(FINE_SAMPLES, dtype=np.int16)
        self._recent_end = 0
        self._threshold = _WEAKEST
        self._now = 0
        self._on = False
        self._contrary = 0
        self._reports: list[Report] = []
        self._kind, self._stray, self._windows, self._frames, self._energy = _UNKNOWN, 0, 0, 0, 0.0
        self._parts = np.zeros(self._sounds.vectors, dtype=np.float32)
        self._begin(0)

    def feed(self, frame: Frame) -> list[Report]:
        """The reports due after this frame: the tone's name and its cycles so far, 0 when it is over."""
        window = self._window
        window[:FRAME_SAMPLES] = window[FRAME_SAMPLES:]
        window[FRAME_SAMPLES:] = frame
        end = self._recent_end
        self._recent[end : end + FRAME_SAMPLES] = frame
        self._recent_end = (end + FRAME_SAMPLES) % FINE_SAMPLES
        energies = np.einsum("ij,ij->i", self._blocks, self._blocks)
        above = int(np.packbits(energies > self._threshold)[0])
        if self._contrary == 0 and above == (255 if self._on else 0):
            self._now += _BLOCKS
        else:
            self._find_edges(above)
        if self._on:
            if self._kind == _OTHER:
                self._find_jump(energies)
            if self._now - self._begun >= _WINDOW_BLOCKS and self._contrary < 3:
                self._frames += 1
                if self._frames % 2 or self._frames < _OFTEN or self._kind != _TONE or self._stray:
                    self._look()
        if self._now - self._begun >= self._next_check:
            self._check()
        if not self._reports:
            return []
        reports, self._reports = self._reports, []
        return reports

    def _find_edges(self, above: int) -> None:
        on, contrary = self._on, self._contrary
        for shift in range(_BLOCKS - 1, -1, -1):
            self._now += 1
            if bool(above >> shift & 1) == on:
                contrary = 0
                continue
            contrary += 1
            if contrary > _BRIDGED_BLOCKS:
                self._end(self._now - contrary)
                self._on = on = not on
                contrary = 0
        self._contrary = contrary

    def _find_jump(self, energies: np.ndarray[tuple[int], np.dtype[np.float32]]) -> None:
        """Begin a new stretch where the signal suddenly becomes much louder than the speech or noise before."""
        if energies.max() > _JUMP * self._background:
            first = int(np.argmax(energies > _JUMP * self._background))
            if first + 1 < _BLOCKS and energies[first + 1] > _JUMP * self._background:
                self._end(self._now - _BLOCKS + first)

    def _look(self) -> None:
        """Take the last 40 ms into account, which lie within one stretch, and see whether its sound has changed."""
        window = self._window
        energy = float(window @ window)
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
        self._parts += parts
        self._energy += energy
        self._windows += 1
        if kind == _OTHER:
            self._background = energy / _WINDOW_BLOCKS
            self._threshold = _WEAKEST
        else:
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

    def _heard(self, until: int) -> Heard:
        seconds = (until - self._begun) * _BLOCK_S
        if not self._on:
            return Heard(0, seconds, silent=True)
        if self._kind == _OTHER or not self._windows:
            return Heard(0, seconds)
        level = 10 * math.log10(self._energy / self._windows)
        return Heard(self._sounds.coarse(self._parts, self._energy), seconds, level)

    def _check(self) -> None:
        self._next_check += _CHECK_BLOCKS
        self._reports += self._cadence.lasting(self._heard(self._now), self._fine)
        if not self._on and self._now - self._begun > _FORGET_BLOCKS and not self._cadence.following:
            self._threshold = _WEAKEST

    def _fine(self) -> int:
        return self._sounds.fine(np.roll(self._recent, -self._recent_end))

"""What somebody says into a browser, as it comes, made into the even frames that a line wants."""

from __future__ import annotations

from collections import deque

import numpy as np

from hw.audio import FRAME_SAMPLES, Frame, decibels, energy
from hw.sim.loop import limited
from hw.sim.telephone import MICROPHONE_GAIN_DB

FRAME_BYTES = FRAME_SAMPLES * 2

_BEGIN = 2
"""So many frames have come before the first is said: one that is 20 ms late is then no gap."""
_MOST = 8
"""Frames that may wait; with more, the oldest are dropped."""
_WATCHED = 50
"""Over so many frames it is watched how many always wait."""
_QUIET = 90.0**2 * FRAME_SAMPLES
"""The energy of a frame that nobody misses: -45 dBm0."""
_PATIENCE = 150
"""After so many frames without a quiet one, another is left out."""
_GAIN = np.float32(decibels(MICROPHONE_GAIN_DB))


class Microphone:
    """Takes frames as the network brings them, and gives one a tick.

    Frames that come in a bunch, or a clock that is faster than ours, leave some waiting for good, so that all that
    follows is heard late. Where two frames have waited all the time for a second, one is left out between two words.
    """

    def __init__(self) -> None:
        self._waiting: deque[Frame] = deque(maxlen=_MOST)
        self._begun = False
        self._least = _MOST
        self._ticks = 0
        self._too_late = 0

    def put(self, data: bytes) -> None:
        """Take a frame: 160 little-endian int16 samples. ValueError for other lengths."""
        if len(data) != FRAME_BYTES:
            raise ValueError(f"a frame has {FRAME_BYTES} bytes, and not {len(data)}")
        said = np.frombuffer(data, "<i2").astype(np.int16)
        self._waiting.append(limited(said * _GAIN))

    def next(self) -> Frame | None:
        """The frame to be said now, or None where none has come."""
        if not self._begun and len(self._waiting) < _BEGIN:
            return None
        self._begun = bool(self._waiting)
        if not self._begun:
            self._least, self._ticks, self._too_late = _MOST, 0, 0
            return None
        frame = self._waiting.popleft()
        self._watch()
        if self._too_late and self._waiting and (energy(frame) < _QUIET or self._too_late > _PATIENCE):
            self._too_late = 0
            return self._waiting.popleft()
        return frame

    def _watch(self) -> None:
        self._least = min(self._least, len(self._waiting))
        self._ticks += 1
        if self._too_late:
            self._too_late += 1
        if self._ticks == _WATCHED:
            if self._least >= _BEGIN:
                self._too_late = self._too_late or 1
            self._least, self._ticks = _MOST, 0

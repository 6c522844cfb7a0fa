"""What searches have found before. Prompts are the same each time, so the same sound is searched for over and over."""

from __future__ import annotations

from typing import Generic, TypeVar

import numpy as np

from hw.audio import Floats

_SAME = 0.99
"""Sounds whose normalised correlation is at least this are the same: they differ by a line's noise alone."""
_MOST = 1000
"""So many results are remembered; then the oldest is forgotten."""

Recalled = TypeVar("Recalled")


class Searched(Generic[Recalled]):
    """Results by the sound that was searched for, each sound of the same number of samples."""

    def __init__(self) -> None:
        self._sounds: Floats = np.zeros((0, 0), np.float32)
        self._results: list[Recalled] = []
        self._oldest = 0

    def result(self, sound: Floats) -> Recalled | None:
        """What was found for this sound, or one that is the same but for noise. sound: its energy is 1."""
        if not self._results:
            return None
        likeness = self._sounds[: len(self._results)] @ sound
        best = int(likeness.argmax())
        return self._results[best] if likeness[best] >= _SAME else None

    def remember(self, sound: Floats, result: Recalled) -> None:
        if not self._results:
            self._sounds = np.zeros((_MOST, len(sound)), np.float32)
        if len(self._results) < _MOST:
            self._results.append(result)
            self._sounds[len(self._results) - 1] = sound
            return
        self._sounds[self._oldest], self._results[self._oldest] = sound, result
        self._oldest = (self._oldest + 1) % _MOST

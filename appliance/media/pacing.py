"""Recorded sound that is heard faster or slower, at the pitch it has.

The sound is cut into overlapping pieces, which are put together again closer to each other or farther apart: where one
piece ends, the next is taken from where the recording looks most alike, so that no wave is broken (WSOLA: Verhelst and
Roelands, "An overlap-add technique based on waveform similarity", ICASSP 1993).
"""

from __future__ import annotations

import numpy as np

from appliance.media.sources import OnceOnly
from hw.audio import FRAME_SAMPLES, Frame, Samples

SEARCHED = 80
"""Samples to either side among which the most alike are searched: 10 ms, a whole wave of the deepest voice."""

_PIECE = 2 * FRAME_SAMPLES
_RISING = np.sin(np.linspace(0.0, np.pi / 2, FRAME_SAMPLES, endpoint=False)) ** 2
_FALLING = 1.0 - _RISING


class PacedPlayer(OnceOnly):
    """Plays one recording from a sample on, at a pace: 1.5 is half as fast again. Each frame takes 30 µs to make.

    at: the sample of the recording that is heard next. It must not be changed meanwhile.
    """

    def __init__(self, samples: Samples, start: int = 0, pace: float = 1.0) -> None:
        super().__init__()
        self._samples = samples
        self._pace = pace
        self._at = float(min(max(start, 0), len(samples)))
        self._going_on = int(self._at)
        """Where the recording goes on behind the piece that was taken last."""
        self._fades_in = self.at > 0
        """The next frame begins in the middle of a word, which would be heard as a click."""
        if self.at >= len(samples):
            self.stop()

    @property
    def at(self) -> int:
        return min(int(self._at), len(self._samples))

    def next(self) -> Frame | None:
        if self._done.done():
            return None
        frame = self._cut(self.at, FRAME_SAMPLES) if self._pace == 1.0 else self._joined()
        if self._fades_in:
            frame, self._fades_in = (frame * _RISING).astype(np.int16), False
        self._at += FRAME_SAMPLES * self._pace
        if self._at >= len(self._samples):
            self.stop()
        return frame

    def _joined(self) -> Frame:
        """The end of the last piece going over into the beginning of the next one."""
        ending = self._cut(self._going_on, FRAME_SAMPLES)
        begin = self._most_alike(ending, int(self._at))
        self._going_on = begin + FRAME_SAMPLES
        joined: Frame = (ending * _FALLING + self._cut(begin, FRAME_SAMPLES) * _RISING).astype(np.int16)
        return joined

    def _most_alike(self, ending: Samples, near: int) -> int:
        """Where the recording resembles this piece most, near a sample."""
        first = max(near - SEARCHED, 0)
        searched = self._cut(first, _PIECE + SEARCHED).astype(np.float32)
        wanted = ending.astype(np.float32)
        alike = np.correlate(searched, wanted, "valid")
        squares = np.concatenate(([0.0], np.cumsum(searched * searched)))
        loudness = squares[FRAME_SAMPLES:] - squares[:-FRAME_SAMPLES]
        return first + int(np.argmax(alike / np.sqrt(loudness + 1.0)))

    def _cut(self, begin: int, length: int) -> Samples:
        """So many samples of the recording, with silence behind its end."""
        piece = self._samples[begin : begin + length]
        return piece if len(piece) == length else np.pad(piece, (0, length - len(piece)))

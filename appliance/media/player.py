"""Recorded sound on a line: clips one after another, and music in a loop."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from appliance.media.sources import OnceOnly
from appliance.wav.loading import AudioFileError, load_wav
from hw.audio import FRAME_SAMPLES, Frame, Samples

__all__ = ["AudioFileError", "Loop", "Player", "load_wav"]


class Player(OnceOnly):
    """Plays clips without a gap between them, then is over. The last frame is filled up with silence.

    The clips must not be changed meanwhile: frames inside a clip are sent without being copied.
    """

    def __init__(self, clips: Sequence[Samples]) -> None:
        super().__init__()
        self._clips = [clip for clip in clips if len(clip)]
        self._clip = 0
        self._at = 0
        if not self._clips:
            self.stop()

    def next(self) -> Frame | None:
        if self._done.done():
            return None
        clip, at = self._clips[self._clip], self._at
        frame = clip[at : at + FRAME_SAMPLES]
        self._at = at + len(frame)
        if self._at == len(clip):
            self._clip += 1
            self._at = 0
        if len(frame) < FRAME_SAMPLES:
            frame = self._filled(frame)
        if self._clip == len(self._clips):
            self.stop()
        return frame

    def _filled(self, begun: Samples) -> Frame:
        """A frame that begins with the end of one clip and goes on with those after it."""
        frame = np.zeros(FRAME_SAMPLES, dtype=np.int16)
        filled = len(begun)
        frame[:filled] = begun
        while filled < FRAME_SAMPLES and self._clip < len(self._clips):
            clip = self._clips[self._clip]
            piece = clip[: FRAME_SAMPLES - filled]
            frame[filled : filled + len(piece)] = piece
            filled += len(piece)
            self._at = len(piece)
            if self._at == len(clip):
                self._clip += 1
                self._at = 0
        return frame


class Loop(OnceOnly):
    """Plays a clip round and round until stopped, beginning `start` samples into it. ValueError for an empty clip."""

    def __init__(self, samples: Samples, start: int = 0) -> None:
        super().__init__()
        if not len(samples):
            raise ValueError("an empty clip cannot be looped")
        # A clip is long, and many may hear it at a time, so it is not copied. One shorter than a frame is repeated.
        rounds = -(-FRAME_SAMPLES // len(samples))
        self._samples = np.tile(samples, rounds) if rounds > 1 else samples
        self._round = len(self._samples)
        self._at = start % self._round

    def next(self) -> Frame | None:
        if self._done.done():
            return None
        frame = self._samples[self._at : self._at + FRAME_SAMPLES]
        if len(frame) < FRAME_SAMPLES:
            frame = np.concatenate([frame, self._samples[: FRAME_SAMPLES - len(frame)]])
        self._at = (self._at + FRAME_SAMPLES) % self._round
        return frame

"""What the simulation plays on a line: clips, gap by gap in frames, and the buffer between writer and line."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Protocol

import numpy as np

from hw.audio import FRAME_SAMPLES, Frame, Samples


class Sound(Protocol):
    """Something that sounds: a clip or a tone."""

    def next(self) -> Frame | None:
        """The next frame, or None when it is over."""


class Clip:
    """Samples played once. `done` is set with the tick behind the last frame, or when stopped."""

    def __init__(self, samples: Samples) -> None:
        short = -len(samples) % FRAME_SAMPLES
        self._frames = np.concatenate([samples, np.zeros(short, dtype=np.int16)]).reshape(-1, FRAME_SAMPLES)
        self._next = 0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def next(self) -> Frame | None:
        if self._next < len(self._frames):
            self._next += 1
            frame: Frame = self._frames[self._next - 1]
            return frame
        self.stop()
        return None

    def stop(self) -> None:
        self._next = len(self._frames)
        if not self.done.done():
            self.done.set_result(None)


class PlayOut:
    """The few frames a line card holds between its writer's clock and its own.

    A frame is dropped when a fourth would wait, or when during one second one always waited: the writer was late
    once and all that follows would stay late.
    """

    _LONGEST = 3
    _WATCHED_TICKS = 50

    def __init__(self) -> None:
        self._frames: deque[Frame] = deque(maxlen=self._LONGEST)
        self._least = self._LONGEST
        self._ticks = 0

    def write(self, frame: Frame) -> None:
        self._frames.append(frame)

    def next(self) -> Frame | None:
        """The oldest frame, or None when the writer has written nothing."""
        if not self._frames:
            self._least = self._ticks = 0
            return None
        frame = self._frames.popleft()
        self._least = min(self._least, len(self._frames))
        self._ticks += 1
        if self._ticks == self._WATCHED_TICKS:
            if self._least and self._frames:
                self._frames.popleft()
            self._least, self._ticks = self._LONGEST, 0
        return frame

    def clear(self) -> None:
        self._frames.clear()

"""What a port plays on its line: clips, frame by frame, and the buffer between writer and line."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Protocol

import numpy as np

from hw.audio import FRAME_SAMPLES, SILENCE, Frame, Samples, energy

_PLACES = np.arange(FRAME_SAMPLES + 1)
_SQUEEZED = np.arange(FRAME_SAMPLES) * (FRAME_SAMPLES + 1) / FRAME_SAMPLES


class FrameSource(Protocol):
    """Something that sounds: a clip or a tone."""

    def next(self) -> Frame | None:
        """The next frame, or None when it is over."""


class SamplePlayer:
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

    A frame is dropped when a fourth would wait: the writer is far too fast. When during one second one always waited,
    the writer was late once, or its clock is a little fast, and all that follows would stay late: then the next quiet
    frame is left out, between two words where nobody misses it. If none comes within 3 s, frames are made of 161
    samples each until a frame is used up, in 3.2 s. That is 0.6 % too high meanwhile, and no click.
    """

    _LONGEST = 3
    _WATCHED_TICKS = 50
    _PATIENT_TICKS = 150
    _QUIET = 90.0**2 * FRAME_SAMPLES
    """-45 dBm0."""

    def __init__(self) -> None:
        self._frames: deque[Frame] = deque(maxlen=self._LONGEST)
        self._least = self._LONGEST
        self._ticks = 0
        self._late_ticks = 0
        self._rest: Samples = SILENCE[:0]

    def write(self, frame: Frame) -> None:
        self._frames.append(frame)

    def next(self) -> Frame | None:
        """The oldest frame, or None when the writer has written nothing."""
        if len(self._rest):
            return self._squeezed()
        if not self._frames:
            self._least = self._ticks = 0
            return None
        frame = self._frames.popleft()
        self._least = min(self._least, len(self._frames))
        self._ticks += 1
        if self._ticks == self._WATCHED_TICKS:
            if self._least > 0 and not self._late_ticks:
                self._late_ticks = 1
            self._least, self._ticks = self._LONGEST, 0
        return self._catch_up(frame) if self._late_ticks and self._frames else frame

    def _catch_up(self, frame: Frame) -> Frame:
        """This frame, or the next where this one is quiet, or the first of the squeezed ones."""
        self._late_ticks += 1
        if energy(frame) < self._QUIET:
            self._late_ticks = 0
            return self._frames.popleft()
        if self._late_ticks > self._PATIENT_TICKS:
            self._late_ticks = 0
            self._rest = frame
            return self._squeezed()
        return frame

    def clear(self) -> None:
        self._late_ticks = 0
        self._frames.clear()
        self._rest = SILENCE[:0]

    def _squeezed(self) -> Frame:
        """A frame of one sample more than it has, taken from what is left of the last frame and the next."""
        waiting = np.concatenate([self._rest, self._frames.popleft()]) if self._frames else self._rest
        if len(waiting) <= FRAME_SAMPLES:
            self._rest = SILENCE[:0]
            return np.concatenate([waiting, SILENCE[len(waiting) :]])
        self._rest = waiting[FRAME_SAMPLES + 1 :]
        return np.rint(np.interp(_SQUEEZED, _PLACES, waiting[: FRAME_SAMPLES + 1])).astype(np.int16)

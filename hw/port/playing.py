"""What a port sends down its line: sounds of its own, frame by frame, and the buffer between writer and line."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Protocol

import numpy as np

from hw.audio import FRAME_SAMPLES, SILENCE, Frame, Samples, energy
from hw.dsp.drift import DriftReader

_PLACES = np.arange(FRAME_SAMPLES + 1)
_SQUEEZED = np.arange(FRAME_SAMPLES) * (FRAME_SAMPLES + 1) / FRAME_SAMPLES


class FrameSource(Protocol):
    """Sound that is fetched a frame at a time: a recording or a tone."""

    def next(self) -> Frame | None:
        """The next frame, or None when it is over."""


class SamplePlayer:
    """Plays samples once; the last frame is filled up with silence.

    `done` is set when the frame after the last is asked for, so that the last has been sent by then, or when stopped.
    """

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
    """The few frames a line card holds because its clock is not the writer's.

    At most three frames wait; when a fourth comes the oldest is dropped, as the writer is far too fast.

    If at least one frame waited during a whole second, the writer was late once, or its clock is a little fast. All
    that follows would then be heard 20 ms late for good. So the next quiet frame is left out: it lies between two
    words, where nobody misses it. If no quiet frame comes within 3 s, frames are made of 161 samples each until a whole
    frame has been used up, which takes 3.2 s. Meanwhile the pitch is 0.6 % too high, but there is no click.

    drifts: the card has a crystal of its own. `hw.dsp.drift` keeps what waits as it should be then, without a click.
    """

    _LONGEST = 3
    _WATCHED_TICKS = 50
    _PATIENT_TICKS = 150
    _QUIET = 90.0**2 * FRAME_SAMPLES
    """The energy of a quiet frame at the most: -45 dBm0."""

    def __init__(self, *, drifts: bool = False) -> None:
        self._frames: deque[Frame] = deque(maxlen=self._LONGEST)
        self._drift = DriftReader() if drifts else None
        self._least = self._LONGEST
        self._ticks = 0
        self._late_ticks = 0
        self._rest: Samples = SILENCE[:0]

    def write(self, frame: Frame) -> None:
        self._frames.append(frame)
        if self._drift is not None:
            self._drift.arrived(asyncio.get_running_loop().time())

    def next(self) -> Frame | None:
        """The oldest frame, or None when the writer has written nothing."""
        if self._drift is not None:
            return self._drift.read(self._frames, asyncio.get_running_loop().time())
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
        """Get rid of one frame: give the next instead of this one if it is quiet, or begin to squeeze, or wait on."""
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
        self._drift = self._drift and DriftReader()
        self._frames.clear()
        self._rest = SILENCE[:0]

    def _squeezed(self) -> Frame:
        """A frame made of 161 waiting samples: of what the frame before has left, and the next."""
        waiting = np.concatenate([self._rest, self._frames.popleft()]) if self._frames else self._rest
        if len(waiting) <= FRAME_SAMPLES:
            self._rest = SILENCE[:0]
            return np.concatenate([waiting, SILENCE[len(waiting) :]])
        self._rest = waiting[FRAME_SAMPLES + 1 :]
        return np.rint(np.interp(_SQUEEZED, _PLACES, waiting[: FRAME_SAMPLES + 1])).astype(np.int16)

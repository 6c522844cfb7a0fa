"""The small queue between a card, which may have a crystal of its own, and the engine's tick."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np

from hw.audio import FRAME_SAMPLES, SILENCE, Frame
from hw.dsp.drift import DriftReader
from hw.dsp.plc import Concealer

CONCEALED_FRAMES = 3
"""60 ms: what is missing beyond this is silence. The library's concealment has faded out by then."""

SURPLUS_TICKS = 50
"""One frame too many at every tick for 1 s is clock drift; less is a card that is early now and then. Further frames
count as well, so that a queue which is 100 ms too long, as after a pause of the whole machine, is short again in 2 to
4 s."""

QUIET_WAIT_TICKS = 25
"""How long a surplus may wait for a quiet moment: 0.5 s."""

LONGEST_QUEUE = 8
"""160 ms. More frames come only while the engine itself is not running, and are dropped."""

STORED_FOR_DATA = 4
"""Frames that are there before the first of a modem's is taken, where they come over a network. So 60 ms stay in
store: by so much a packet may be late, or the engine, which makes up for three late ticks at once. Gateways keep 40 ms
and more (docs/fax.md)."""

LONGEST_DATA_QUEUE = 25
"""Frames, 0.5 s, of a modem: what is dropped costs a page, and half a second more costs nothing, as the machines of
T.30 wait for an answer for 3 s."""

_QUIET_POWER = 90.0**2
"""Mean square of -45 dBm0, under which nobody misses 20 ms."""

_FADE_IN = np.linspace(0, 1, FRAME_SAMPLES, dtype=np.float32)
_FADE_OUT = 1 - _FADE_IN


class InboundQueue:
    """The frames that a card delivers, of which one is taken in each tick, on the same loop.

    One frame should be waiting at each tick; two are fine. If none is there, the gap is concealed. If there is a frame
    too many during a whole second, two frames are cross-faded into one. So the delay stays under two frames.

    clock: the loop's, where the card has a crystal of its own; None: frames come by the loop's clock. What the crystal
    is off by is resampled then (`hw.dsp.drift`), and only what a pause of the whole machine has left behind is dropped.

    jitters: a modem's frames come over a network, now several and now none. Some are kept in store then: where they are
    used up there is a gap, behind which as many more are in store. That is what gateways call a fixed jitter buffer.
    """

    def __init__(self, clock: Callable[[], float] | None = None, *, jitters: bool = False) -> None:
        self.concealed = 0
        """Ticks bridged by concealment."""
        self.silent = 0
        """Ticks of silence after a gap too long to conceal."""
        self.dropped = 0
        """Frames dropped because the card's clock is fast. Two that were cross-faded into one count as one."""
        self.carries_data = False
        """The frames are a modem's: none is changed or left out, and none is made up."""
        self._jitters = jitters
        self._filling = False
        """Nothing is taken before the store is full."""
        self._waiting: deque[Frame] = deque()
        self._concealer: Concealer | None = None
        self._missing = 0
        self._surplus = 0
        self._clock = clock
        self._drift = DriftReader()

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def behind_s(self) -> float | None:
        """How long after a frame of a card with a crystal of its own it is taken; see `hw.dsp.drift`. Else None."""
        return self._drift.behind_s

    def carry_data(self, carries: bool) -> None:
        """The frames are a modem's from now on, or a voice's again."""
        self.carries_data = carries
        self._filling = carries and self._jitters

    def put(self, frame: Frame) -> None:
        """A frame from the card. It must not be changed afterwards. ValueError if it is not 160 samples."""
        if frame.shape != (FRAME_SAMPLES,):
            raise ValueError(f"a frame has {FRAME_SAMPLES} samples, not {frame.shape}")
        self._waiting.append(frame)
        if len(self._waiting) > (LONGEST_DATA_QUEUE if self.carries_data and self._jitters else LONGEST_QUEUE):
            self._waiting.popleft()
            self.dropped += 1
        if self._clock is not None:
            self._drift.arrived(self._clock())

    def take(self) -> Frame:
        """The frame for this tick. Silence, uncounted, before the first frame was ever delivered."""
        frame = self._next() if self._clock is None else self._resampled(self._clock())
        if frame is None:
            return self._missed()
        if self._concealer is None:
            self._concealer = Concealer()
        self._missing = 0
        return frame if self.carries_data else self._concealer.received(frame)

    def _next(self) -> Frame | None:
        self._filling = self._filling and len(self._waiting) < STORED_FOR_DATA
        if not self._waiting or self._filling:
            return None
        frame = self._waiting.popleft()
        if self._waiting and not self.carries_data:
            return self._work_off(frame)
        self._surplus = 0
        return frame

    def _resampled(self, now: float) -> Frame | None:
        dropped = self._drift.dropped
        frame = self._drift.read(self._waiting, now)
        self.dropped += self._drift.dropped - dropped
        return frame

    def _missed(self) -> Frame:
        self._surplus = 0
        if self._concealer is None:
            return SILENCE
        self._missing += 1
        if self.carries_data or self._missing > CONCEALED_FRAMES:
            self.silent += 1
            return SILENCE
        self.concealed += 1
        return self._concealer.missing()

    def _work_off(self, frame: Frame) -> Frame:
        self._surplus += len(self._waiting)
        if self._surplus < SURPLUS_TICKS:
            return frame
        wide = frame.astype(np.float32)
        loud = float(np.dot(wide, wide)) > _QUIET_POWER * FRAME_SAMPLES
        if loud and self._surplus < SURPLUS_TICKS + QUIET_WAIT_TICKS:
            return frame
        self._surplus = 0
        self.dropped += 1
        return np.rint(wide * _FADE_OUT + self._waiting.popleft() * _FADE_IN).astype(np.int16)

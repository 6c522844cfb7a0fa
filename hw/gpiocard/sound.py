"""The life of one codec: opened, read by a thread, written to by the loop, given up, and opened again.

What is read and what is written go by the same clock, the codec's. So for each frame that comes in, each line is handed
its half and asked for the frame that goes out.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

import numpy as np

from hw.audio import FRAME_SECONDS, SILENCE, Frame
from hw.gpiocard.codec import AlsaCodec, CodecError, Stereo
from hw.gpiocard.pace import MakePace, Pace
from hw.gpiocard.pinmap import Side
from hw.said import said, told_by

WATCH_S = 0.5
DUMB_S = 1.0
"""A codec that gives no frame for so long is given up."""
AGAIN_S, SELDOM_S = 5.0, 60.0
"""So long it is left alone before it is opened again: the first time, and at the most, twice as long each time. The
library writes of each failure into the unit's log, past us."""
MOST_WAITING = 5
"""Frames that may wait for the loop. If it was away for longer, the older ones are skipped."""
SPEED_FRAMES = 100
MOST_LATE = 5
"""Reads that came too late, in 10 s, before people are told."""
CALM_S = 10.0


class SoundLine(Protocol):
    """A port as its codec sees it."""

    def sound_in(self, frame: Frame) -> None:
        """A frame from its chip."""

    def sound_out(self) -> Frame | None:
        """The next frame for its chip; None for silence."""

    def sound_changed(self, works: bool) -> None:
        """The codec has begun to work, or works no more."""


class CodecSound:
    """One codec with the lines on its two channels.

    on_fault: told in words for people what is wrong with it, and with False when it is over.
    """

    def __init__(self, device: str, make_pace: MakePace, on_fault: Callable[[str, bool], None]) -> None:
        self.device = device
        self.lines: dict[Side, SoundLine] = {}
        self.why = ""
        """Why it does not work, for people."""
        self._make_pace = make_pace
        self._on_fault = on_fault
        self._codec: AlsaCodec | None = None
        self._reader: _Reader | None = None
        self._came_at = 0.0
        self._patience_s = AGAIN_S
        self._watch: asyncio.TimerHandle | None = None
        self._opening: asyncio.Task[None] | None = None
        self._stuttering = False  # It was told so.
        self._stutters: tuple[float, int] | None = None  # Since when, and how many reads were late by then.

    @property
    def works(self) -> bool:
        return self._codec is not None

    async def start(self) -> None:
        """Open it, and keep trying where that fails."""
        await self._open()

    def close(self) -> None:
        """Nothing is read or played any more."""
        for waits in (self._watch, self._opening):
            if waits is not None:
                waits.cancel()
        self._watch = self._opening = None
        self._let_go()

    async def _open(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            codec = await loop.run_in_executor(None, AlsaCodec, self.device)
        except CodecError as error:
            self._tell_lines(False)
            self._give_up(told_by(error))
            return
        self._codec = codec
        self._came_at = loop.time()
        self._stutters = None
        reader = self._reader = _Reader(codec, loop, self._came, self._failed)
        reader.pace = self._make_pace(f"codec {self.device}", reader.step, loop.time)
        self._watch = loop.call_later(WATCH_S, self._look)
        self._tell_lines(True)

    def recovered(self) -> None:
        """A line has heard itself by this codec: what was wrong with it is over."""
        self._patience_s = AGAIN_S
        if self.why:
            self._on_fault(self.why, False)
            self.why = ""

    def _came(self, reader: _Reader, frame: Stereo | None) -> None:
        reader.waiting -= 1
        if self._codec is None or reader is not self._reader or frame is None or reader.waiting > MOST_WAITING:
            return
        self._came_at = asyncio.get_running_loop().time()
        out = (self._pass("left", frame[:, 0]), self._pass("right", frame[:, 1]))
        try:
            self._codec.write(*out)
        except CodecError as error:
            self._failed(reader, told_by(error))

    def _pass(self, side: Side, came: Frame) -> Frame:
        line = self.lines.get(side)
        if line is None:
            return SILENCE
        line.sound_in(np.ascontiguousarray(came))
        sent = line.sound_out()
        return SILENCE if sent is None else sent

    def _failed(self, reader: _Reader, why: str) -> None:
        if reader is self._reader:
            self._let_go()
            self._tell_lines(False)
            self._give_up(why)

    def _tell_lines(self, works: bool) -> None:
        for line in self.lines.values():
            line.sound_changed(works)

    def _let_go(self) -> None:
        if self._reader is not None:
            self._reader.stopped = True
            self._reader = None
        if self._codec is not None:
            self._codec.close_playback()
            self._codec = None

    def _give_up(self, why: str) -> None:
        """Tell why it does not work, if that is new, and open it again in a while."""
        if why != self.why:
            if self.why:
                self._on_fault(self.why, False)
            self.why = why
            self._on_fault(why, True)
        if self._watch is not None:
            self._watch.cancel()
        self._watch = asyncio.get_running_loop().call_later(self._patience_s, self._again)
        self._patience_s = min(2 * self._patience_s, SELDOM_S)

    def _again(self) -> None:
        self._watch = None
        self._opening = asyncio.get_running_loop().create_task(self._open(), name=f"opening codec {self.device}")

    def _look(self) -> None:
        loop = asyncio.get_running_loop()
        if self._codec is None or self._reader is None:
            return
        if loop.time() - self._came_at > DUMB_S:
            self._failed(self._reader, said("codec %(codec)s gives no sound any more", codec=self.device))
            return
        self._watch_stutter(self._codec, loop.time())
        self._watch = loop.call_later(WATCH_S, self._look)

    def _watch_stutter(self, codec: AlsaCodec, now: float) -> None:
        """Tell once where many reads come too late: the machine is too busy, or the codec's driver is at fault."""
        told = said("the sound of codec %(codec)s stutters: the machine is too busy for it", codec=self.device)
        if self._stutters is None:
            self._stutters = (now, codec.late)
        elif now >= self._stutters[0] + CALM_S:
            stutters = codec.late - self._stutters[1] >= MOST_LATE
            if stutters != self._stuttering:
                self._stuttering = stutters
                self._on_fault(told, stutters)
            self._stutters = (now, codec.late)


class _Reader:
    """Reads one open codec until it fails or is stopped, and closes that half of it. It runs in a thread of its own."""

    def __init__(
        self,
        codec: AlsaCodec,
        loop: asyncio.AbstractEventLoop,
        came: Callable[[_Reader, Stereo | None], None],
        failed: Callable[[_Reader, str], None],
    ) -> None:
        self.pace: Pace | None = None
        """What calls `step`."""
        self.stopped = False
        """The loop wants no more."""
        self.waiting = 0
        """Frames that the loop has not taken yet."""
        self._codec = codec
        self._loop = loop
        self._came = came
        self._failed = failed
        self._frames = 0
        self._since = loop.time()

    def step(self) -> float | None:
        """Read a frame and hand it over; the waiting is done in there."""
        frame: Stereo | None = None
        why = ""
        if not self.stopped:
            try:
                frame = self._codec.read()
                self._judge_speed()
            except CodecError as error:
                why = told_by(error)
        if self.stopped or why:
            self._end(why)
            return None
        self.waiting += 1
        self._hand_over(self._came, frame)
        return 0.0

    def _judge_speed(self) -> None:
        """A device that gives 100 frames in the time of 50 is none that plays in real time, or has gone."""
        self._frames += 1
        if self._frames == SPEED_FRAMES:
            now = self._loop.time()
            if now - self._since < SPEED_FRAMES * FRAME_SECONDS / 2:
                raise CodecError(said("codec %(codec)s gives sound faster than time passes", codec=self._codec.device))
            self._frames, self._since = 0, now

    def _end(self, why: str) -> None:
        self._codec.close_capture()
        if self.pace is not None:
            self.pace.stop()
        if why:
            self._hand_over(self._failed, why)

    def _hand_over(self, to: Callable[..., None], *what: object) -> None:
        if self._loop.is_closed():
            self.stopped = True
        else:
            self._loop.call_soon_threadsafe(to, self, *what)

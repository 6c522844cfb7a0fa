"""A simulated codec: ALSA devices in user space, so that the real ALSA library runs, and two chips on their other side.

Each device is two named pipes behind ALSA's file plug-in. An asoundrc in a folder of ours, which ALSA_CONFIG_PATH
names, says so. What the plug-in holds back of what is played is as much as a codec's whole buffer, so sound comes out
up to 40 ms later than by a real codec.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import struct
import termios
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import Literal, Protocol

import numpy as np

from hw.audio import FRAME_SAMPLES, SILENCE, Frame
from hw.gpiocard.pinmap import Side

CodecBehaviour = Literal["works", "refuses", "gone", "noise", "dumb"]
"""It works; refuses 8000 Hz in stereo; is unplugged; gives noise, whatever its chips do; or gives nothing."""

FRAME_BYTES = FRAME_SAMPLES * 4
MOST_UNREAD = 2 * FRAME_BYTES
MOST_UNPLAYED = 1
"""A frame more than that would be heard late for ever: a codec whose buffer is full takes no more."""
NOISE_RMS = 6000

_WORKING = """
pcm.{name} {{
    type asym
    playback.pcm {{ type file slave.pcm {{ type null }} file "{folder}/{name}.out" format raw }}
    capture.pcm {{ type file slave.pcm {{ type null }} file "/dev/null" infile "{folder}/{name}.in" format raw }}
}}
"""
_REFUSING = """
pcm.{name} {{ type multi slaves.a {{ pcm {{ type null }} channels 1 }} bindings.0 {{ slave a channel 0 }} }}
"""


class Chip(Protocol):
    """What hangs on one channel of a codec."""

    def pass_frame(self, sent: Frame | None) -> Frame:
        """20 ms: takes what is played, and gives what is recorded."""


class SimCodec:
    """One codec. `tick` is called every 20 ms; it calls `after_tick` when a frame has been recorded."""

    def __init__(self, name: str, folder: Path, seed: int = 0) -> None:
        self.name = name
        self.chips: dict[Side, Chip] = {}
        self.after_tick: list[Callable[[], None]] = []
        self.behaviour: CodecBehaviour = "gone"
        self._folder = folder
        self._rng = np.random.default_rng(seed)
        self._played: deque[Frame] = deque(maxlen=MOST_UNPLAYED)
        self._rest = b""
        self._recorded = bytes(FRAME_BYTES)  # What the chips have given in the 20 ms that are over at the next tick.
        self._late: list[bytes] = []
        self._late_until = 0.0
        self._in = self._out = -1

    @property
    def unread(self) -> int:
        """The bytes that are there to be read."""
        if self._in < 0:
            return 0
        (size,) = struct.unpack("i", fcntl.ioctl(self._in, termios.FIONREAD, bytes(4)))
        return int(size)

    def definition(self) -> str:
        """What the asoundrc has of it."""
        forms = {"gone": "", "refuses": _REFUSING}
        return forms.get(self.behaviour, _WORKING).format(name=self.name, folder=self._folder)

    def become(self, behaviour: CodecBehaviour) -> None:
        """Behave like this from now on. The asoundrc must be written anew."""
        self.behaviour = behaviour
        self._unplug()
        if behaviour not in ("gone", "refuses"):
            self._plug()

    def tick(self) -> None:
        """20 ms are over: what was recorded in them can be read, and what is written by then is played next."""
        if self._in < 0 or self.behaviour == "dumb":
            return
        self._late.append(self._recorded)
        if asyncio.get_running_loop().time() >= self._late_until:
            self._give()
        asyncio.get_running_loop().call_soon(self._play)  # What has been read is answered on the loop.

    def delay(self, seconds: float) -> None:
        """Nothing can be read for so long, and then all of it at once: the machine was busy."""
        self._late_until = asyncio.get_running_loop().time() + seconds

    def _give(self) -> None:
        while self.unread > MOST_UNREAD:  # Nobody reads: what is old is lost.
            os.read(self._in, FRAME_BYTES)
        for recorded in self._late:
            os.write(self._in, recorded)
        self._late.clear()
        for after in list(self.after_tick):
            after()

    def _play(self) -> None:
        self._take_played()
        sent = self._played.popleft() if self._played else np.zeros((FRAME_SAMPLES, 2), dtype=np.int16)
        came = [self._pass("left", sent[:, 0]), self._pass("right", sent[:, 1])]
        self._recorded = np.column_stack(came).astype("<i2").tobytes()

    def close(self) -> None:
        self._unplug()

    def _pass(self, side: Side, sent: Frame) -> Frame:
        chip = self.chips.get(side)
        came = SILENCE if chip is None else chip.pass_frame(np.ascontiguousarray(sent) if sent.any() else None)
        if self.behaviour == "noise":
            return self._rng.normal(0, NOISE_RMS, FRAME_SAMPLES).clip(-32768, 32767).astype(np.int16)
        return came

    def _take_played(self) -> None:
        if self._out < 0:  # It was unplugged meanwhile.
            return
        try:
            self._rest += os.read(self._out, 64 * FRAME_BYTES)
        except BlockingIOError:
            return
        while len(self._rest) >= FRAME_BYTES:
            frame, self._rest = self._rest[:FRAME_BYTES], self._rest[FRAME_BYTES:]
            self._played.append(np.frombuffer(frame, dtype="<i2").reshape(FRAME_SAMPLES, 2))

    def _plug(self) -> None:
        ends = []
        for end in ("in", "out"):
            path = self._folder / f"{self.name}.{end}"
            os.mkfifo(path)
            ends.append(os.open(path, os.O_RDWR | os.O_NONBLOCK))
        self._in, self._out = ends

    def _unplug(self) -> None:
        for descriptor, end in ((self._in, "in"), (self._out, "out")):
            if descriptor >= 0:
                os.close(descriptor)
                (self._folder / f"{self.name}.{end}").unlink()
        self._in = self._out = -1
        self._played.clear()
        self._late.clear()
        self._rest = b""

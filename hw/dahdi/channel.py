"""One channel's device file: the system calls on it, and nothing that waits.

The file is opened without blocking. One thread reads it (`reader.py`); everything else is done by the event loop. No
call takes longer than the kernel needs for it, some microseconds.
"""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

import numpy as np

from hw.audio import FRAME_SAMPLES, Frame
from hw.dahdi.abi import (
    BUFFERS,
    CADENCE,
    ELAST,
    HWGAIN,
    INTEGER,
    STATS,
    ChannelEvent,
    ChannelParams,
    HookRequest,
    Ioctl,
    LampBy,
)

T = TypeVar("T")

DEVICES = Path("/dev/dahdi")
"""Where the kernel's device files are."""

BUFFERS_HELD = 32
"""Frames that the kernel keeps in each direction while nobody reads: 640 ms, as many as it can. A unit that is busy for
so long loses nothing. It makes no delay, as each frame is read when it is there."""

FRAME_BYTES = 2 * FRAME_SAMPLES
MOST_EVENTS = 64
"""The kernel's queue holds no more. It bounds how long one reading can take."""
TRIES = 8
"""How often a call is made again that a signal has interrupted."""

CLOSED = -1
"""In place of the number of a file that was closed."""

EchoTaps = int
"""Samples of the kernel's echo canceller, a power of two from 32 to 1024; 0: off."""


class ChannelFile:
    """An open channel. OSError from `open` and from every request where the card is gone or refuses it.

    A card that is unplugged gives ENODEV (its file stays open until it is closed), a channel that another program has
    open EBUSY, one without configuration ENXIO.
    """

    def __init__(self, number: int, devices: Path = DEVICES) -> None:
        self.number = number
        self._rest = b""
        self._fd = os.open(devices / "channel", os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            self._tell(Ioctl.SPECIFY, number)
            self._request(Ioctl.SET_BUFINFO, BUFFERS.pack(0, 0, BUFFERS_HELD, FRAME_SAMPLES, 0, 0))
            self._tell(Ioctl.SETLINEAR, 1)
        except OSError:
            os.close(self._fd)
            raise

    def fileno(self) -> int:
        return self._fd

    def close(self) -> None:
        """The kernel hangs the channel up, and ends its ringing. A card that is gone may say so even now.

        Every later request fails with EBADF: the file's number may be another file's by then.
        """
        descriptor, self._fd = self._fd, CLOSED
        with suppress(OSError):
            os.close(descriptor)

    def read(self) -> tuple[list[Frame], list[int]]:
        """The frame and the events that wait; of sound, at most a frame. Only one thread may call this."""
        try:
            data = again(lambda: os.read(self._fd, FRAME_BYTES))
        except OSError as error:
            if error.errno == errno.EAGAIN:
                return [], []
            if error.errno == ELAST:
                return [], self._events()
            raise
        if self._rest:
            data, self._rest = self._rest + data, b""
        whole = len(data) // FRAME_BYTES * FRAME_BYTES
        self._rest = data[whole:]
        frames = np.frombuffer(data[:whole], dtype="<i2").astype(np.int16, copy=False).reshape(-1, FRAME_SAMPLES)
        return list(frames), []

    def write(self, sound: Frame) -> bool:
        """Send at most a frame. False where the kernel takes nothing now, as an event waits or its buffers are full."""
        try:
            again(lambda: os.write(self._fd, sound.tobytes()))
        except OSError as error:
            if error.errno in (errno.EAGAIN, ELAST):
                return False
            raise
        return True

    def unplayed(self) -> int:
        """How many samples that were written are not played yet, at the most: all buffers that are not empty."""
        _, _, _, block, _, filled = BUFFERS.unpack(self._ask(Ioctl.GET_BUFINFO, BUFFERS.size))
        return int(block * filled)

    def params(self) -> ChannelParams:
        """What the channel is, and what it sees on its line now."""
        return ChannelParams.unpack(self._ask(Ioctl.GET_PARAMS, ChannelParams.LAYOUT.size))

    def set_params(self, params: ChannelParams) -> None:
        """Only its times are taken."""
        self._request(Ioctl.SET_PARAMS, params.pack())

    def millivolts(self) -> int | None:
        """The voltage of the line; its sign is its polarity. None where the card does not measure it."""
        try:
            return int(STATS.unpack(self._ask(Ioctl.WCTDM_GET_STATS, STATS.size))[2])
        except OSError as error:
            if error.errno == errno.ENODEV:
                raise
            return None

    def hook(self, request: HookRequest) -> None:
        """EBUSY where the channel cannot do that now. What takes time, as a flash does, has only begun."""
        try:
            self._tell(Ioctl.HOOK, request)
        except OSError as error:
            if error.errno != errno.EINPROGRESS:
                raise

    def ring_for(self, milliseconds: int, pause: int) -> None:
        """The cadence of the next ringing: one burst of so long at the most, and so long a pause behind it."""
        self._request(Ioctl.SETCADENCE, CADENCE.pack(milliseconds, pause, *[0] * 14))

    def set_polarity(self, reversed: bool) -> None:
        """EINVAL while the telephone rings."""
        self._tell(Ioctl.SETPOLARITY, int(reversed))

    def listen_on_hook(self, milliseconds: int) -> None:
        """Let sound through to a telephone on hook for so long. A card that always does so need not know this."""
        self._offer(Ioctl.ONHOOKTRANSFER, milliseconds)

    def cancel_echo(self, taps: EchoTaps) -> None:
        """Have the canceller on the card or in the kernel work, or stop. Without one it does nothing."""
        self._offer(Ioctl.ECHOCANCEL, taps)

    def set_lamp_ways(self, ways: LampBy) -> None:
        """How `set_lamp` lights the lamp; nothing on a card that cannot."""
        self._offer(Ioctl.VMWI_CONFIG, ways)

    def set_lamp(self, lit: bool) -> None:
        """Light the lamp, or darken it, in the ways set; nothing on a card that cannot."""
        try:
            self._request(Ioctl.VMWI, bytearray(INTEGER.pack(int(lit))))
        except OSError as error:
            if error.errno == errno.ENODEV:
                raise

    def set_gains(self, received_db: float, sent_db: float) -> None:
        """Amplify on the card, to 0.1 dB; nothing on a card that cannot."""
        for sent, db in ((0, received_db), (1, sent_db)):
            try:
                self._request(Ioctl.SET_HWGAIN, HWGAIN.pack(round(10 * db), sent))
            except OSError as error:
                if error.errno == errno.ENODEV:
                    raise

    def _events(self) -> list[int]:
        """All that wait, in their order."""
        events = []
        for _ in range(MOST_EVENTS):
            event = INTEGER.unpack(self._ask(Ioctl.GETEVENT, INTEGER.size))[0]
            if event == ChannelEvent.NONE:
                break
            events.append(event)
        return events

    def _tell(self, request: Ioctl, number: int) -> None:
        self._request(request, INTEGER.pack(number))

    def _offer(self, request: Ioctl, number: int) -> None:
        """Tell a card what it may not know."""
        try:
            self._tell(request, number)
        except OSError as error:
            if error.errno == errno.ENODEV:
                raise

    def _ask(self, request: Ioctl, size: int) -> bytes:
        answer = bytearray(size)
        self._request(request, answer)
        return bytes(answer)

    def _request(self, request: Ioctl, argument: bytes | bytearray) -> None:
        again(lambda: fcntl.ioctl(self._fd, request, argument))


class ControlFile:
    """The file that answers about all channels, whether they are in use or not. OSError where there is none."""

    def __init__(self, devices: Path = DEVICES) -> None:
        self._fd = os.open(devices / "ctl", os.O_RDWR | os.O_CLOEXEC)

    def close(self) -> None:
        os.close(self._fd)

    def params(self, number: int) -> ChannelParams:
        """What a channel is, and what it sees on its line now. EINVAL where there is no such channel."""
        asked = bytearray(INTEGER.pack(number).ljust(ChannelParams.LAYOUT.size, b"\0"))
        again(lambda: fcntl.ioctl(self._fd, Ioctl.GET_PARAMS, asked))
        return ChannelParams.unpack(bytes(asked))


def again(call: Callable[[], T]) -> T:
    """Make a system call, and again where a signal has interrupted it; a storm of signals is an error at last."""
    for _ in range(TRIES):
        try:
            return call()
        except InterruptedError:
            continue
    return call()

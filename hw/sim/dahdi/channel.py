"""What every channel of the stand-in does: buffers, the queue of events, and the requests that all signallings take.

System calls come from the file system's thread and the line's changes from the event loop, so a channel's state is
under its lock. What a request does to the line is handed to the event loop (`post`), which does it at once.
"""

from __future__ import annotations

import asyncio
import errno
import threading
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable

import numpy as np

from hw.audio import FRAME_SAMPLES, SILENCE, Frame, Samples, decibels
from hw.dahdi.abi import (
    BUFFERS,
    ELAST,
    HWGAIN,
    INTEGER,
    ChannelEvent,
    ChannelParams,
    HookRequest,
    Ioctl,
    RxHook,
    Signalling,
)

EVENTS_HELD = 63
"""The kernel's queue has 64 places, of which one stays free. What comes when it is full is lost."""
RING_DEBOUNCE_S = 2.0
KERNEL_TIMES = {
    "prewink": 50,
    "preflash": 50,
    "wink": 150,
    "flash": 750,
    "start": 1500,
    "rx_wink": 300,
    "rx_flash": 1250,
    "debounce": 600,
    "pulse_break": 50,
    "pulse_make": 50,
    "pulse_after": 750,
}
"""The kernel's times after a channel is opened, in ms and in the order of `struct dahdi_params`."""


class CallRefused(OSError):
    """The kernel refuses a call, with this error."""

    def __init__(self, number: int) -> None:
        super().__init__(number, "refused")


class StandInChannel(ABC):
    """A channel, as it is for the program that has it open and for everybody else."""

    signalling: Signalling
    """The signalling that suits its port."""
    capable: int
    """All that its port could have."""

    def __init__(self, number: int, card_name: str) -> None:
        self.number = number
        """As device files name it."""
        self.card_name = card_name
        """What its card calls it, such as WCTDM/4/0."""
        self.configured = True
        """dahdi_cfg has given it its signalling."""
        self.zone_loaded = True
        """dahdi_cfg has loaded a tone zone, without which the kernel rings nobody."""
        self.canceller = ""
        """The echo canceller that dahdi_cfg has attached, such as MG2; empty for none."""
        self.echo_taps = 0
        """How long an echo is cancelled, as it was asked for last."""
        self.alarms = 0
        """See `Alarm`."""
        self.rx_hook = int(RxHook.INITIAL)
        """What it sees on its line: see `RxHook`."""
        self.open = False
        """A program has it open."""
        self.lost_frames = 0
        """Frames that nobody read in time."""
        self.gaps = 0
        """Frames in which a sound that went on was short of samples."""
        self.changed: Callable[[], None] = lambda: None
        """Called in the event loop when there is something new to read."""
        self.lock = threading.RLock()
        """Held by whoever changes or reads its state."""
        self._loop = asyncio.get_running_loop()
        self._times = dict(KERNEL_TIMES)
        self._events: deque[int] = deque()
        self._received: deque[bytes] = deque()
        self._held = 2
        self._sending: Samples = np.zeros(0, dtype=np.int16)
        self._sounding = False
        self._block = 1024
        self._gain = [np.float32(1), np.float32(1)]

    # What the file system calls.

    def opened(self) -> None:
        """A program opens it: all is as the kernel has it then. CallRefused where it is open, or not configured."""
        with self.lock:
            if not self.configured:
                raise CallRefused(errno.ENXIO)
            if self.open:
                raise CallRefused(errno.EBUSY)
            self.open = True
            self._times = dict(KERNEL_TIMES)
            self._gain = [np.float32(1), np.float32(1)]
            self._events.clear()
            self.clear()

    def closed(self) -> None:
        """The program has closed it, or has ended: the kernel hangs it up."""
        with self.lock:
            self.open = False
            self.hook(HookRequest.ONHOOK)

    @property
    def readable(self) -> bool:
        return bool(self._received)

    @property
    def has_event(self) -> bool:
        return bool(self._events)

    def read(self, size: int) -> bytes:
        with self.lock:
            if self._events:
                raise CallRefused(ELAST)
            if not self._received:
                raise CallRefused(errno.EAGAIN)
            return self._received.popleft()[:size]

    def unread(self, rest: bytes) -> None:
        """This is left for the next read."""
        with self.lock:
            if rest:
                self._received.appendleft(rest)

    def write(self, data: bytes) -> int:
        with self.lock:
            if self._events:
                raise CallRefused(ELAST)
            if len(self._sending) > (self._held - 1) * self._block:
                raise CallRefused(errno.EAGAIN)
            taken = data[: 2 * self._block]
            self._sending = np.concatenate([self._sending, np.frombuffer(taken, dtype="<i2")])
            return len(taken)

    def request(self, code: int, argument: bytes) -> bytes:
        """Do what an ioctl asks for, and return what it gives back. ENOTTY for one that is not known."""
        with self.lock:
            match code:
                case Ioctl.GET_PARAMS:
                    return self.params()
                case Ioctl.SET_PARAMS:
                    self._take_times(ChannelParams.unpack(argument))
                case Ioctl.GETEVENT:
                    return INTEGER.pack(self._events.popleft() if self._events else ChannelEvent.NONE)
                case Ioctl.HOOK:
                    self.hook(INTEGER.unpack(argument)[0])
                case Ioctl.GET_BUFINFO:
                    filled = -(-len(self._sending) // self._block)
                    return BUFFERS.pack(0, 0, self._held, self._block, len(self._received), filled)
                case Ioctl.SET_BUFINFO:
                    _, _, held, block, _, _ = BUFFERS.unpack(argument)
                    if not 16 <= block <= 8192 or not 2 <= held <= 32 or held * block > 32768:
                        raise CallRefused(errno.EINVAL)
                    self._held, self._block = held, block
                case Ioctl.SETLINEAR:
                    if INTEGER.unpack(argument)[0] != 1:
                        raise CallRefused(errno.EINVAL)  # The stand-in has no companded sound.
                case Ioctl.ECHOCANCEL:
                    self.echo_taps = INTEGER.unpack(argument)[0]
                case Ioctl.SET_HWGAIN:
                    tenths, sent = HWGAIN.unpack(argument)
                    self._gain[sent & 1] = np.float32(decibels(tenths / 10))
                case _:
                    return self.own_request(code, argument)
        return b""

    def params(self) -> bytes:
        """The channel's parameters, for everybody who asks, whether it is open or not."""
        signalling = self.signalling if self.configured else 0
        off_hook = int(self.rx_hook not in (RxHook.ONHOOK, RxHook.INITIAL))
        head = (self.number, 1, self.number, signalling, self.capable, off_hook, 0, 0, 0, self.rx_hook, 1, 0)
        return ChannelParams.LAYOUT.pack(*head, self.card_name.encode(), *self._times.values(), self.alarms)

    @abstractmethod
    def hook(self, request: int) -> None:
        """HOOK, with the lock held."""

    @abstractmethod
    def own_request(self, code: int, argument: bytes) -> bytes:
        """The requests that only this signalling, or its card, knows."""

    # What the card calls in the event loop.

    @abstractmethod
    def tick(self) -> None:
        """20 ms of the card's clock have passed."""

    def receive(self, frame: Frame) -> None:
        """The card has recorded this frame."""
        with self.lock:
            if not self.open:
                return
            if self._gain[0] != 1:
                frame = np.clip(frame * self._gain[0], -32768, 32767).astype(np.int16)
            if len(self._received) >= self._held:
                self.lost_frames += 1
                return
            self._received.append(frame.tobytes())

    def lose_frame(self) -> None:
        """What was recorded last is lost on the card."""
        with self.lock:
            if self._received:
                self._received.pop()

    def sent(self) -> Frame | None:
        """What the card plays in the next 20 ms; None for nothing."""
        with self.lock:
            sending, self._sending = self._sending[:FRAME_SAMPLES], self._sending[FRAME_SAMPLES:]
            short = FRAME_SAMPLES - len(sending)
            self.gaps += int(self._sounding and 0 < short < FRAME_SAMPLES)
            self._sounding = bool(len(sending))
            if not len(sending):
                return None
            played = np.concatenate([sending, SILENCE[:short]]) if short else sending
            if self._gain[1] != 1:
                played = np.clip(played * self._gain[1], -32768, 32767).astype(np.int16)
            return played

    def clear(self) -> None:
        """All buffers are emptied, with the lock held."""
        self._received.clear()
        self._sending = self._sending[:0]
        self._sounding = False

    def event(self, number: int) -> None:
        """Tell whoever has it open. An event that finds the queue full is lost, as in the kernel."""
        with self.lock:
            if self.open and len(self._events) < EVENTS_HELD:
                self._events.append(number)
        self.post(self.changed)

    def ms(self, name: str) -> float:
        """One of the kernel's times, in seconds."""
        return self._times[name] / 1000

    def post(self, action: Callable[[], None]) -> None:
        """Have the event loop do this to the line."""
        self._loop.call_soon_threadsafe(action)

    def _take_times(self, params: ChannelParams) -> None:
        self._times = dict(zip(self._times, params.fields[12:23], strict=True))


class KernelTimer:
    """A timer of the kernel's that is set by any thread and comes due in the event loop."""

    def __init__(self, channel: StandInChannel, due: Callable[[], None]) -> None:
        self._channel = channel
        self._due = due
        self._timer: asyncio.TimerHandle | None = None
        self._since = 0.0
        self._turn = 0
        self.running = False

    @property
    def passed(self) -> float:
        """Seconds since it was set."""
        return asyncio.get_running_loop().time() - self._since

    def set(self, seconds: float) -> None:
        self.running = True
        self._turn += 1
        turn = self._turn
        self._channel.post(lambda: self._start(seconds, turn))

    def stop(self) -> None:
        self.running = False
        self._turn += 1

    def _start(self, seconds: float, turn: int) -> None:
        if turn == self._turn:
            loop = asyncio.get_running_loop()
            self._since = loop.time()
            self._timer = loop.call_later(seconds, self._come_due, turn)

    def _come_due(self, turn: int) -> None:
        if turn == self._turn:
            with self._channel.lock:
                self.running = False
                self._due()

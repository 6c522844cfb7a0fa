"""The one thread that waits for all channels, and hands what comes to the event loop.

It waits by epoll for sound (EPOLLIN) and for events (EPOLLPRI), which asyncio's own selectors do not ask for. It does
no other work, so that a frame is in the loop's hands some 100 µs after the card has it. It reads no clock: whatever
has to be looked at now and then is done by the ports, with the frames as their clock.
"""

from __future__ import annotations

import asyncio
import os
import select
import threading
from collections.abc import Callable
from dataclasses import dataclass

from hw.audio import Frame
from hw.dahdi.channel import ChannelFile

CLOSING_S = 2.0
"""How long closing waits for the thread. It waits for nothing itself, so only a kernel that hangs lasts longer."""


@dataclass(frozen=True, slots=True)
class FromChannel:
    """What has come from one channel, in its order. failed: it is gone, and nothing more will come."""

    channel: ChannelFile
    frames: list[Frame]
    events: list[int]
    failed: OSError | None = None


class ChannelReader:
    """deliver: called in the event loop, with what came from the channels at about the same time."""

    def __init__(self, deliver: Callable[[list[FromChannel]], None]) -> None:
        self._deliver = deliver
        self._loop = asyncio.get_running_loop()
        self._epoll = select.epoll()
        self._woken = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._epoll.register(self._woken, select.EPOLLIN)
        self._channels: dict[int, ChannelFile] = {}
        self._leaving: list[ChannelFile] = []
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="dahdi reader", daemon=True)
        self._thread.start()

    def add(self, channel: ChannelFile) -> None:
        """Read this channel from now on. OSError, with nothing kept of it, where it cannot be waited for."""
        self._epoll.register(channel, select.EPOLLIN | select.EPOLLPRI)
        self._channels[channel.fileno()] = channel

    def remove(self, channel: ChannelFile) -> None:
        """Close this channel. The thread does it, which may be reading it. Nothing more is delivered of it."""
        self._leaving.append(channel)
        os.eventfd_write(self._woken, 1)

    def close(self) -> None:
        """Close all channels, and end the thread."""
        self._stopped = True
        os.eventfd_write(self._woken, 1)
        self._thread.join(CLOSING_S)
        for channel in self._channels.values():
            channel.close()
        self._channels.clear()
        self._epoll.close()
        os.close(self._woken)

    def _run(self) -> None:
        while not self._stopped:
            came = []
            for fd, _ in self._epoll.poll():
                if fd == self._woken:
                    os.eventfd_read(fd)
                    self._close_leaving()
                elif fd in self._channels and (one := self._read(fd)) is not None:
                    came.append(one)
            if came and not self._stopped:
                self._loop.call_soon_threadsafe(self._hand_over, came)

    def _read(self, fd: int) -> FromChannel | None:
        """What has come; None for nothing, as behind a wake-up for what was read already: the loop is not troubled."""
        channel = self._channels[fd]
        try:
            frames, events = channel.read()
        except OSError as error:
            self._epoll.unregister(fd)
            return FromChannel(channel, [], [], error)
        return FromChannel(channel, frames, events) if frames or events else None

    def _hand_over(self, came: list[FromChannel]) -> None:
        if not self._stopped:
            self._deliver(came)

    def _close_leaving(self) -> None:
        while self._leaving:
            channel = self._leaving.pop()
            del self._channels[channel.fileno()]
            channel.close()

"""The modem's serial port: a pseudo-terminal, whose other end a program opens as it opens /dev/ttyACM0.

A pseudo-terminal has no wires for DTR, RTS and CTS. That a program closes it is seen, as it is with a real modem, for
which DTR drops then. A pause is asked for by XOFF (`software`), or by reading no more (`hardware`).
"""

from __future__ import annotations

import asyncio
import errno
import os
import pty
import select
import termios
from collections.abc import Callable
from pathlib import Path

XON, XOFF = b"\x11", b"\x13"
AT_ONCE = 512
"""Bytes that are read at once."""
LOOKED_AT_EVERY_S = 0.05
"""How often it is looked whether a program has opened the port."""


class SerialPort:
    """The port, from plugging in to unplugging. received: each piece of what a program writes. closed: called when the
    last program has closed it."""

    def __init__(self, link: Path, received: Callable[[bytes], None], closed: Callable[[], None]) -> None:
        self.link = link
        """The name by which programs know it, as a symbolic link."""
        self.lost = 0
        """Octets that nobody fetched in time."""
        self._received = received
        self._closed = closed
        self._loop = asyncio.get_running_loop()
        self._used = False
        """A program has it open, as far as is known."""
        self._reading = False
        self._paused = False
        self._look: asyncio.TimerHandle | None = None
        self._master, slave = pty.openpty()
        os.set_blocking(self._master, False)
        path = os.ttyname(slave)
        _make_raw(slave)
        os.close(slave)
        link.parent.mkdir(parents=True, exist_ok=True)
        link.unlink(missing_ok=True)
        link.symlink_to(path)
        self._look_again()

    @property
    def open(self) -> bool:
        """A program has it open."""
        poll = select.poll()
        poll.register(self._master, select.POLLIN)
        return not any(events & select.POLLHUP for _, events in poll.poll(0))

    def write(self, data: bytes) -> None:
        """Send this to the program. What it does not fetch in time is lost, as with any serial line."""
        if not self.open:
            return
        try:
            written = os.write(self._master, data)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EIO):
                raise
            written = 0
        self.lost += len(data) - written

    def pause(self, asked: bool, *, software: bool) -> None:
        """Ask the program for a pause, or to go on."""
        self._paused = asked
        if software:
            self.write(XOFF if asked else XON)
        self._read_or_not()
        if self._look is None:
            self._look_again()

    def unplug(self) -> None:
        """The port is gone: who has it open gets an error from now on."""
        self._stop_reading()
        if self._look is not None:
            self._look.cancel()
        os.close(self._master)
        self.link.unlink(missing_ok=True)

    def _look_again(self) -> None:
        """Look whether a program has it open, while that is not told by reading it."""
        self._look = None
        opened = self.open
        if self._used and not opened:
            self._now_closed()
        elif opened:
            self._used = True
            self._read_or_not()
        if not self._reading:
            self._look = self._loop.call_later(LOOKED_AT_EVERY_S, self._look_again)

    def _now_closed(self) -> None:
        self._used = self._paused = False
        self._closed()

    def _read_or_not(self) -> None:
        wanted = self._used and not self._paused
        if wanted and not self._reading:
            self._loop.add_reader(self._master, self._readable)
            self._reading = True
        elif not wanted:
            self._stop_reading()

    def _stop_reading(self) -> None:
        if self._reading:
            self._loop.remove_reader(self._master)
            self._reading = False

    def _readable(self) -> None:
        try:
            data = os.read(self._master, AT_ONCE)
        except BlockingIOError:
            return
        except OSError:  # EIO: the last program has closed it.
            data = b""
        if data:
            self._received(data)
            return
        self._stop_reading()
        self._now_closed()
        self._look_again()


def _make_raw(terminal: int) -> None:
    """A serial port that sends back nothing by itself and changes nothing."""
    attributes = termios.tcgetattr(terminal)
    attributes[0] = attributes[1] = attributes[3] = 0
    attributes[2] |= termios.CS8 | termios.CREAD | termios.CLOCAL
    termios.tcsetattr(terminal, termios.TCSANOW, attributes)

"""A modem's serial port. pyserial is imported here and nowhere else, and where a port is opened: most units have none.

Opening, closing and the modem signals may hang where a modem or its USB driver does: closing a port waits for what was
written to be taken. They are done beside the loop. Reading and writing is done by the loop itself, on a file that does
not block.
"""

from __future__ import annotations

import asyncio
import os
import termios
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from hw.modem.besideloop import beside_loop

if TYPE_CHECKING:
    import serial

SPEED = 115200
"""bit/s, which a modem on USB ignores."""
OPENING_S = 10.0
_READ = 512
"""Bytes at a time. A modem that talks without end must not keep the loop: the worst there is, callers one behind the
other, take 3 ms for so many."""


class SerialLink:
    """An opened port; `open_serial` makes it. It is a `ModemLink`."""

    def __init__(self, port: serial.Serial, on_bytes: Callable[[bytes], None], on_gone: Callable[[], None]) -> None:
        self._port = port
        self._on_bytes = on_bytes
        self._on_gone = on_gone
        self._loop = asyncio.get_running_loop()
        self._reads = True
        self._closed = False
        self._loop.add_reader(port.fileno(), self._readable)

    def write(self, data: bytes) -> None:
        """Send these. What the port does not take at once is lost."""
        if self._reads:
            try:
                os.write(self._port.fileno(), data)
            except BlockingIOError:
                pass
            except OSError:
                self._gone()

    async def drop_dtr(self, seconds: float) -> None:
        """Take back the signal that a computer is there, and give it again."""
        if self._reads:
            await self._signal(False)
            await asyncio.sleep(seconds)
            await self._signal(True)

    async def close(self) -> None:
        """Close the port, which may take as long as its driver likes: nobody waits longer than a moment."""
        self._stop_reading()
        if not self._closed:
            self._closed = True
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(OPENING_S):
                    await beside_loop(self._shut)

    def _shut(self) -> None:
        """What a modem that hangs has not taken is thrown away first: closing would wait for it for half a minute."""
        with suppress(OSError, termios.error):
            self._port.reset_output_buffer()
        self._port.close()

    async def _signal(self, level: bool) -> None:
        def switch() -> None:
            self._port.dtr = level

        with suppress(OSError, TimeoutError):
            async with asyncio.timeout(OPENING_S):
                await beside_loop(switch)

    def _readable(self) -> None:
        try:
            data = os.read(self._port.fileno(), _READ)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self._on_bytes(data)
        else:
            self._gone()

    def _gone(self) -> None:
        """A port that has gone reads as ended, or fails, for ever."""
        if self._reads:
            self._stop_reading()
            self._on_gone()

    def _stop_reading(self) -> None:
        if self._reads:
            self._reads = False
            self._loop.remove_reader(self._port.fileno())


async def open_serial(path: str, on_bytes: Callable[[bytes], None], on_gone: Callable[[], None]) -> SerialLink:
    """Open a port, with DTR and RTS given. OSError where it fails or takes longer than `OPENING_S`.

    Nobody else may have it open: another program that reads it would take every second answer.
    """

    def opened() -> serial.Serial:
        import serial

        try:
            return serial.Serial(path, SPEED, timeout=0, write_timeout=0, exclusive=True)
        except termios.error as error:
            raise OSError(*error.args) from error

    try:
        async with asyncio.timeout(OPENING_S):
            port = await beside_loop(opened, late=lambda port: port.close())
    except TimeoutError:
        raise OSError(f"{path} does not open") from None
    return SerialLink(port, on_bytes, on_gone)

"""A modem on a pseudo-terminal, in real time: the scripted one, with the serial port between it and the driver."""

from __future__ import annotations

import asyncio
import os
import tty
from collections.abc import Callable, Sequence
from dataclasses import replace

from hw.modem.bus import FoundModem, ModemLink
from hw.modem.serialport import open_serial
from tests.hw.modemworld import FIRST, ScriptedModem


class PtyBus:
    """Where that modem is plugged in. It is a `ModemBus`."""

    def __init__(self) -> None:
        self.modem = ScriptedModem()
        self.modem.late_s = 0.001
        self._ends: list[int] = []
        self.plug()

    def plug(self) -> None:
        """Plug it in, under a name of its own."""
        outer, inner = os.openpty()
        tty.setraw(inner)
        self._ends = [outer, inner]
        self.outer = outer
        self.found: FoundModem | None = replace(FIRST, device=os.ttyname(inner))
        os.set_blocking(outer, False)
        self.modem.forgets()
        self.modem.on_bytes = lambda data: self._to_computer(outer, data)
        asyncio.get_running_loop().add_reader(outer, self._from_computer, outer)

    def unplug(self) -> None:
        """Take it out: its device file is gone, and whoever has it open reads its end."""
        self.found = None
        if self._ends:
            asyncio.get_running_loop().remove_reader(self._ends[0])
        while self._ends:
            os.close(self._ends.pop())

    async def find(self) -> Sequence[FoundModem]:
        return [self.found] if self.found is not None else []

    async def open(
        self, modem: FoundModem, on_bytes: Callable[[bytes], None], on_gone: Callable[[], None]
    ) -> ModemLink:
        return await open_serial(modem.device, on_bytes, on_gone)

    async def reset(self, modem: FoundModem) -> None:
        self.unplug()
        self.plug()

    def _from_computer(self, outer: int) -> None:
        for command in os.read(outer, 4096).decode().splitlines():
            self.modem.write(f"{command}\r".encode())

    def _to_computer(self, outer: int, data: bytes) -> None:
        if outer in self._ends:
            os.write(outer, data)

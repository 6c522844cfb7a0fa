"""The stand-in of a modem on a line of the exchange, for the driver, in virtual time: its port is in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from hw.modem.bus import FoundModem, ModemLink
from hw.sim.loop import SubscriberLoop
from hw.sim.modem.model import MODELS
from hw.sim.modem.standin import StandInModem
from hw.tones.toneplan import TonePlan


class _Port:
    """The port as the stand-in has it. read: gets what the modem says."""

    def __init__(self, received: Callable[[bytes], None], closed: Callable[[], None]) -> None:
        self.received = received
        self.closed = closed
        self.read: Callable[[bytes], None] = lambda _data: None
        self.gone: Callable[[], None] = lambda: None

    def write(self, data: bytes) -> None:
        asyncio.get_running_loop().call_soon(self.read, data)

    def pause(self, asked: bool, *, software: bool) -> None:
        """No fax is sent here."""

    def unplug(self) -> None:
        self.gone()


class _Link(ModemLink):
    """The port as the driver has it."""

    def __init__(self, port: _Port) -> None:
        self._port = port

    def write(self, data: bytes) -> None:
        self._port.received(data)

    async def drop_dtr(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        self._port.closed()

    async def close(self) -> None:
        self._port.read, self._port.gone = (lambda _data: None), (lambda: None)
        self._port.closed()


class MemoryBus:
    """One USB socket with that modem in it. It is a `ModemBus`. resets: how often it was reset."""

    def __init__(self, model: str, line: SubscriberLoop, plan: TonePlan) -> None:
        self.modem = StandInModem(MODELS[model], line, plan, Path("/dev/ttyACM0"), made=self._made)
        self.resets = 0
        self.modem.plug_in()

    async def find(self) -> list[FoundModem]:
        if self.modem.port is None:
            return []
        model = self.modem.model
        ids = f"{model.vendor:04x}", f"{model.product:04x}"
        return [FoundModem(str(self.modem.link), *ids, "0001", "1-1.3", model.name)]

    async def open(
        self, modem: FoundModem, on_bytes: Callable[[bytes], None], on_gone: Callable[[], None]
    ) -> ModemLink:
        self._port.read, self._port.gone = on_bytes, on_gone
        return _Link(self._port)

    async def reset(self, modem: FoundModem) -> None:
        self.resets += 1
        self.modem.faults.cure("reset")
        self.modem.unplug(cures=False)
        await asyncio.sleep(2)
        self.modem.plug_in(Path(f"/dev/ttyACM{self.resets}"))

    def _made(self, _link: Path, received: Callable[[bytes], None], closed: Callable[[], None]) -> _Port:
        self._port = _Port(received, closed)
        return self._port

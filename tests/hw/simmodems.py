"""Stand-ins of modems on the lines of a small exchange, with ports in memory, so that all of it is in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from hw.sim.modem.model import MODELS
from hw.sim.modem.standin import StandInModem
from tests.hw.simworld import NINE_THIRTY, World

HERE, THERE = "5550150", "5550151"


class MemoryPort:
    """A port that keeps what the modem says."""

    def __init__(self, link: Path, received: Callable[[bytes], None], closed: Callable[[], None]) -> None:
        self.link = link
        self.received = received
        self.closed = closed
        self.said = bytearray()
        self.pauses: list[bool] = []
        self.plugged = True
        self.changed = asyncio.Event()

    def write(self, data: bytes) -> None:
        self.said += data
        self.changed.set()

    def pause(self, asked: bool, *, software: bool) -> None:
        self.pauses.append(asked)
        if software:
            self.said += b"\x13" if asked else b"\x11"

    def unplug(self) -> None:
        self.plugged = False


class Desk:
    """Whoever has a modem."""

    def __init__(self, modem: StandInModem) -> None:
        self.modem = modem
        modem.plug_in()

    @property
    def port(self) -> MemoryPort:
        port = self.modem.port
        assert isinstance(port, MemoryPort)
        return port

    def writes(self, data: bytes) -> None:
        self.port.received(data)

    def asks(self, command: str) -> list[str]:
        """A command without echo, and what is answered at once."""
        self.port.said.clear()
        self.writes(command.encode() + b"\r")
        return self.lines()

    def lines(self) -> list[str]:
        """What was said since the last look, line by line."""
        lines = [line for line in self.port.said.decode("latin-1").split("\r\n") if line]
        self.port.said.clear()
        return lines

    async def told(self, word: str, within_s: float = 60.0) -> list[str]:
        """Wait until this is said, and give all that was said until then, line by line."""
        await self.heard(word.encode("latin-1"), within_s)
        return self.lines()

    async def heard(self, data: bytes, within_s: float = 60.0) -> bytes:
        """Wait until this is said, and give all that was said until then."""
        port = self.port
        async with asyncio.timeout(within_s):
            while data not in port.said:
                port.changed.clear()
                await port.changed.wait()
        return bytes(port.said)


class SimModemWorld(World):
    """Lines HERE and THERE with a modem each, and the people of `World`."""

    def __init__(self, here: str, there: str, **services: Any) -> None:
        super().__init__("us", 1, {})
        self.here = self._modem(here, HERE, services)
        self.there = self._modem(there, THERE, {})

    def _modem(self, model: str, number: str, services: dict[str, Any]) -> Desk:
        loop = self.exchange.wire_trunk(f"modem {number}", number, **services)
        link = Path(f"/dev/ttyACM{number}")
        return Desk(StandInModem(MODELS[model], loop, self.plan, link, made=MemoryPort))

    def fax_mode(self) -> None:
        for desk in (self.here, self.there):
            assert desk.asks("ATE0+FCLASS=1")[-1] == "OK"

    async def connected(self) -> None:
        """The modem HERE has called the other one, which has answered: a carrier each."""
        self.fax_mode()
        self.here.writes(f"ATDT{THERE}\r".encode())
        await self.there.told("RING\r\n")
        self.there.writes(b"ATA\r")
        await self.there.told("CONNECT\r\n")


@asynccontextmanager
async def modems(here: str = "usr5637", there: str = "cx93010", **services: Any) -> AsyncIterator[SimModemWorld]:
    world = SimModemWorld(here, there, **services)
    await world.exchange.start()
    try:
        yield world
    finally:
        world.here.modem.unplug()
        world.there.modem.unplug()
        await world.exchange.close()


WHEN = f"{NINE_THIRTY:%m%d}", f"{NINE_THIRTY:%H%M}"

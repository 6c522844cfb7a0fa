"""Two modems on two lines of the exchange in real time, each with a fax engine, and a telephone with a fax terminal."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from appliance.fax.efaxcommand import ModemWays
from appliance.fax.job import FaxProgress, FaxResult, Receiving, Sending
from appliance.fax.modemfax import ModemFax
from hw.sim.exchange import Exchange
from hw.sim.loop import LineQuality
from hw.sim.modem.model import MODELS
from hw.sim.modem.standin import StandInModem
from hw.tones.toneplan import tone_plan

OURS, THEIRS, TELEPHONE = "10", "20", "30"
"""Short numbers: what is dialled takes its time."""


class FaxModem:
    """A modem with its engine. It lends its port to whoever wants it."""

    def __init__(self, modem: StandInModem, ways: ModemWays) -> None:
        self.modem = modem
        self.engine = ModemFax(self, ways, datetime.now)
        self.told: list[FaxProgress] = []

    @asynccontextmanager
    async def lent(self) -> AsyncIterator[str]:
        yield str(self.modem.link)

    async def sends(self, number: str, job: Sending) -> FaxResult:
        return await self.engine.send(number, job, self.told.append)

    async def answers(self, job: Receiving) -> FaxResult:
        """Wait until it rings, and receive."""
        rang = asyncio.Event()
        loop = self.modem.loop

        def look() -> None:
            if loop.rings:
                rang.set()

        loop.terminal_watchers.append(look)
        await rang.wait()
        loop.terminal_watchers.remove(look)
        return await self.engine.receive(job, self.told.append)


class ModemLines:
    """Both modems, and the exchange."""

    def __init__(self, folder: Path, quality: LineQuality | None) -> None:
        plan = tone_plan("us")
        self.exchange = Exchange(plan, datetime.now, quality=quality)
        self.telephone = self.exchange.subscriber(TELEPHONE)
        self.ours = self._modem(folder, "usr5637", OURS, ModemWays("1"))
        self.theirs = self._modem(folder, "cx93010", THEIRS, ModemWays("1", hardware_flow=True))

    def beside(self, folder: Path, number: str) -> FaxModem:
        """Another modem, beside what is on the line of this number."""
        return self._on_line(folder, "usr5637", number, ModemWays("1"))

    def _modem(self, folder: Path, model: str, number: str, ways: ModemWays) -> FaxModem:
        self.exchange.wire_trunk(f"modem {number}", number)
        return self._on_line(folder, model, number, ways)

    def _on_line(self, folder: Path, model: str, number: str, ways: ModemWays) -> FaxModem:
        loop = self.exchange.lines[number].loop
        modem = StandInModem(MODELS[model], loop, self.exchange.plan, folder / f"ttyACM{number}")
        modem.plug_in()
        return FaxModem(modem, ways)

    def later(self, seconds: float, what: Callable[[], None]) -> None:
        asyncio.get_running_loop().call_later(seconds, what)


@asynccontextmanager
async def modem_lines(folder: Path, quality: LineQuality | None = None) -> AsyncIterator[ModemLines]:
    lines = ModemLines(folder, quality)
    await lines.exchange.start()
    try:
        yield lines
    finally:
        lines.ours.modem.unplug()
        lines.theirs.modem.unplug()
        await lines.exchange.close()

"""The simulated line card obeys the contract of line cards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import numpy as np
import pytest

from hw.audio import SILENCE, Frame, Samples
from hw.callerid.coding import CallerId
from hw.linecard import LineCard
from hw.port.wires import Battery
from hw.sim.circuit import Shown
from hw.sim.exchange import Exchange
from hw.sim.loop import SubscriberLoop, limited
from hw.sim.telephone import Telephone
from hw.tones.toneplan import tone_plan
from tests.hw.linecard_bench import Bench, Maker
from tests.hw.linecard_contract import RULES

TRUNK, NOBODY = "5550100", "5550188"


class SimBench:
    """The simulated exchange and a subscriber of it, who calls the trunk; a telephone on the FXS port."""

    card: LineCard

    def __init__(self, exchange: Exchange, card: LineCard, trunk: SubscriberLoop, station: Telephone) -> None:
        self.card = card
        self._exchange = exchange
        self._caller: Telephone | None = None
        self._station = station
        self._trunk = trunk
        self._rung = asyncio.Event()
        self._trunk.terminal_watchers.append(lambda: self._rung.set() if self._trunk.ringing else None)
        self._collect = self._trunk.collect
        setattr(self._trunk, "collect", self._collect_and_hear)  # noqa: B010 - a wire tap
        self._station_heard: list[Frame] = []
        self._said: list[str] = []
        self._heard: list[Frame] = []
        station.listeners.append(self._station_heard.append)
        station.observers.append(self._said.append)

    async def exchange_rings(self, caller_id: CallerId | None) -> None:
        number, name = (NOBODY, "") if caller_id is None else (caller_id.number, caller_id.name)
        shown: Shown = "none" if caller_id is None else "shown"
        self._caller = caller = self._exchange.subscriber(number, name, caller_id=shown)
        caller.lift()
        await asyncio.sleep(0.5)
        await caller.press(TRUNK)
        await asyncio.wait_for(self._rung.wait(), 10)

    async def exchange_stops_ringing(self) -> None:
        assert self._caller is not None
        self._caller.hang_up()
        await asyncio.sleep(1)

    async def exchange_reverses(self, reversed: bool) -> None:
        self._trunk.feed(Battery.REVERSED if reversed else Battery.NORMAL)

    async def exchange_opens_loop(self, milliseconds: int) -> None:
        self._trunk.open_for(milliseconds / 1000)
        await asyncio.sleep(milliseconds / 1000)

    async def exchange_says(self, samples: Samples) -> None:
        assert self._caller is not None
        await self._caller.send(samples)

    def exchange_heard(self) -> Samples:
        return taken(self._heard)

    def _collect_and_hear(self) -> None:
        self._collect()
        if self._trunk.up is not None:
            self._heard.append(limited(self._trunk.up))

    def exchange_sees_loop_closed(self) -> bool:
        return self._trunk.closed

    async def cut_trunk(self, cut: bool) -> None:
        self._exchange.fault(self._trunk.name, "cut" if cut else "restore")

    async def extension_lifts(self, lifted: bool) -> None:
        self._exchange.fault(self._trunk.name, "in-use" if lifted else "free")

    async def telephone_lifts(self) -> None:
        self._station.lift()

    async def telephone_hangs_up(self) -> None:
        self._station.hang_up()

    async def telephone_flashes(self, milliseconds: int) -> None:
        self._station.flash(milliseconds)

    async def telephone_pulses(self, digits: str) -> None:
        await self._station.pulse(digits)

    async def telephone_says(self, samples: Samples) -> None:
        await self._station.send(samples)

    def telephone_heard(self) -> Samples:
        return taken(self._station_heard)

    def telephone_rings(self) -> bool:
        return self._station.loop.ringing

    def telephone_shows(self) -> CallerId | None:
        return self._station.caller_id

    def telephone_lamp(self) -> bool:
        return self._station.lamp

    def telephone_saw_loop_break(self) -> bool:
        return "loop-break" in self._said


def taken(frames: list[Frame]) -> Samples:
    samples = np.concatenate(frames) if frames else SILENCE
    frames.clear()
    return samples


@asynccontextmanager
async def simulated(country: str = "us") -> AsyncIterator[Bench]:
    exchange = Exchange(tone_plan(country), lambda: datetime(2026, 3, 4, 9, 30, tzinfo=UTC))
    exchange.add_trunk("fxo-1", TRUNK)
    station = exchange.add_station("fxs-1")
    bench = SimBench(exchange, exchange.card, exchange.card.fxo[0].loop, station)
    await exchange.start()
    yield bench
    await exchange.close()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
async def test_the_simulated_card(rule: Callable[[Maker], Awaitable[None]]) -> None:
    await rule(simulated)

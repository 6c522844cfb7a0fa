"""The simulated line card obeys the contract of line cards."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest

from hw.sim.exchange import Exchange
from hw.tones.toneplan import tone_plan
from tests.hw.linecard_bench import Bench, Maker
from tests.hw.linecard_contract import RULES
from tests.hw.simbench import TRUNK, SimBench


@asynccontextmanager
async def simulated(country: str = "us") -> AsyncIterator[Bench]:
    exchange = Exchange(tone_plan(country), lambda: datetime(2026, 3, 4, 9, 30, tzinfo=UTC))
    exchange.add_trunk("fxo-1", TRUNK)
    station = exchange.add_station("fxs-1")
    bench = SimBench(exchange, station, exchange.card.fxo[0].loop, exchange.card)
    await exchange.start()
    yield bench
    await exchange.close()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
async def test_the_simulated_card(rule: Callable[[Maker], Awaitable[None]]) -> None:
    await rule(simulated)
